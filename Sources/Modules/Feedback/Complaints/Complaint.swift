import Civil
internal import Contracts
internal import Core

/// A report as it stands in the database; what it says is in the Vault.
struct Complaint: Sendable, Equatable {
  let id: Int64
  let number: ComplaintNumber
  let kind: ComplaintClass
  let category: ComplaintCategory
  /// The state as it was written last; see `state(at:)`.
  let recordedState: ComplaintState
  let refusal: ComplaintRefusal?
  let subject: SubjectID
  let receivedAt: Instant
  let verifyBy: CivilDate
  let answerBy: CivilDate
  /// Calendar days in which the sender may answer.
  let replyDayCount: Int
  let answeredAt: Instant?

  /// Where it stands: an answered report closes by itself when its sender has not replied in time.
  func state(at now: Instant) -> ComplaintState {
    guard recordedState == .answered, let end = replyEnd, now >= end else { return recordedState }
    return .closed
  }

  /// The moment until which its sender may reopen it.
  var replyEnd: Instant? { answeredAt.map { $0 + .hours(24 * replyDayCount) } }

  /// The next day by which the office must act; nil when it need not.
  func dueDay(at now: Instant) -> CivilDate? {
    switch state(at: now) {
    case .received: verifyBy
    case .verified, .inProgress, .reopened: answerBy
    case .refused, .answered, .closed, .lapsed: nil
    }
  }
}

/// What a person sends.
struct ComplaintReport: Sendable {
  static let textCharacterCountMax = 4000
  static let contactCharacterCountMax = 200

  let kind: ComplaintClass
  let category: ComplaintCategory
  let text: Personal<String>
  /// A telephone number or mail address; nil for a report without a name.
  let contact: Personal<String>?
  /// The form's idempotency key.
  let submission: String
}

/// What a report says, and what was answered.
struct ComplaintContent: Sendable {
  private static let textName = "text"
  fileprivate static let contactName = "contact"
  private static let replyName = "reply"
  private static let objectionName = "objection"

  let text: Personal<String>
  let contact: Personal<String>?
  var reply: Personal<String>?
  /// What the sender says when reopening it.
  var objection: Personal<String>?

  init(_ report: ComplaintReport) {
    text = report.text
    contact = report.contact
  }

  init(_ record: Personal<Statement>) {
    let answers = record.exposed.answers
    text = Personal(answers[Self.textName] ?? "")
    contact = answers[Self.contactName].map { Personal($0) }
    reply = answers[Self.replyName].map { Personal($0) }
    objection = answers[Self.objectionName].map { Personal($0) }
  }

  var record: Personal<ComplaintRecord> {
    var answers = [Self.textName: text.exposed]
    answers[Self.contactName] = contact?.exposed
    answers[Self.replyName] = reply?.exposed
    answers[Self.objectionName] = objection?.exposed
    return Personal(ComplaintRecord(answers: answers))
  }
}

/// What a report says, as it is sealed: a `Statement` in every other respect, so that it is read as one, but filed under
/// the contact that was given, so that its sender can be found when they ask for their data.
struct ComplaintRecord: PersonalRecord {
  static var kind: RecordKind { Statement.kind }
  static var schemaVersion: Int { Statement.schemaVersion }

  var answers: [String: String]

  var identities: [IdentityField: Personal<String>] {
    answers[ComplaintContent.contactName].map { ComplaintContact(Personal($0)).identities } ?? [:]
  }

  func value(of field: Statement.Field) -> String? { answers[field.rawValue] }
}

/// What a person wrote to be reached by, in one line: a telephone number, a mail address, or both.
struct ComplaintContact: Sendable {
  let identities: [IdentityField: Personal<String>]

  init(_ line: Personal<String>) {
    let words = line.exposed.split { $0.isWhitespace || ",;()<>".contains($0) }
    var identities: [IdentityField: Personal<String>] = [:]
    identities[.email] = words.first { $0.contains("@") }.flatMap { try? EmailAddress(String($0)) }
      .map { Personal($0.text) }
    let rest = words.filter { !$0.contains("@") }.joined()
    let number = rest.filter { $0 == "+" || ($0.isASCII && $0.isNumber) }
    identities[.telephone] = (try? TelephoneNumber(number)).map { Personal($0.e164) }
    self.identities = identities
  }
}
