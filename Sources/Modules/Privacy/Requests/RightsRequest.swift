import Contracts
import Core
import Store

/// What a person may ask for (UU 27/2022, articles 5 to 13).
enum RequestKind: String, Sendable, CaseIterable, SQLValue {
  /// A copy of their data (articles 7 and 13).
  case access
  /// A correction (article 6).
  case rectification
  /// Their data shall not be used for the time being (article 11).
  case restriction
  /// Their data may be used again.
  case lifting
  /// Their data shall be erased (article 8).
  case erasure
  /// A consent is taken back (article 9): carried out at once.
  case withdrawal

  /// The kinds that an officer decides.
  static let decided: [RequestKind] = [.access, .rectification, .restriction, .lifting, .erasure]

  /// Whether it reaches what the person has sent apart from the application. What they wrote there is not
  /// corrected: they write again.
  var reachesHoldings: Bool { [.access, .restriction, .lifting, .erasure].contains(self) }
}

/// Where a request stands.
enum RequestState: String, Sendable, CaseIterable, SQLValue {
  case open
  case carriedOut = "carried-out"
  case refused
  /// The person's data went before it was decided: there is nothing left to do it to.
  case lapsed
}

/// How the officer made sure that it is the person who asks: number and date of birth alone give nothing away and change
/// nothing.
enum IdentityCheck: String, Sendable, CaseIterable, SQLValue {
  /// Shown with an identity document at the counter.
  case inPerson = "in-person"
  /// Shown by calling the telephone number that stands in the application.
  case callBack = "call-back"
}

/// Why a request is refused (UU 27/2022, articles 15 and 33).
enum RefusalGround: String, Sendable, CaseIterable, SQLValue {
  /// It could not be shown that the person concerned asks.
  case unproven
  /// The law obliges the office to keep the data for longer.
  case legalDuty = "legal-duty"
  /// The application is being decided; what it stands on cannot go or change yet.
  case underWay = "under-way"
  /// The data is right as it is.
  case unfounded
  /// It would endanger the safety or the privacy of another person.
  case endangersOthers = "endangers-others"
}

/// A request and what has become of it. Nothing in it is personal.
struct RightsRequest: Sendable, Equatable {
  /// The law's time: 3 × 24 hours, by the clock, weekends included.
  static let term = Duration.hours(72)
  /// How long a copy can be fetched once it was released.
  static let copyTerm = Duration.hours(24 * 7)
  /// The time before the deadline from which the supervisors are warned.
  static let warningTerm = Duration.hours(24)

  /// The secret of its page's address.
  let code: PublicCode
  /// The number by which it is found again, together with its PIN.
  let number: DataRequestNumber
  let kind: RequestKind
  let application: ApplicationNumber
  let subject: SubjectID
  let receivedAt: Instant
  let dueAt: Instant
  /// The principal who received it, as `Principal` describes itself.
  let receivedBy: String
  var state = RequestState.open
  var identity: IdentityCheck?
  var refusal: RefusalGround?
  var decidedAt: Instant?
  var decidedBy: String?
  /// The day from which not even a backup of the keys is left, for an erasure.
  var goneBy: CivilDate?

  func isOverdue(at now: Instant) -> Bool { state == .open && (now > dueAt || isOfWrongDate(at: now)) }

  /// Received on a date that is still to come: how long it has waited is not known, and no warning would come for years.
  func isOfWrongDate(at now: Instant) -> Bool { receivedAt.isYetToCome(at: now) }

  func isNear(at now: Instant) -> Bool { state == .open && !isOverdue(at: now) && dueAt - now <= Self.warningTerm }

  /// The moment until which the copy can be fetched; nil when there is none.
  var copyEnd: Instant? {
    kind == .access && state == .carriedOut ? decidedAt.map { $0 + Self.copyTerm } : nil
  }
}
