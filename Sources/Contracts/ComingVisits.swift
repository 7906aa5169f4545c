public import Core
import Synchronization

/// With what the holder of an application comes next: an appointment, today's queue number, or both.
public struct ComingVisit: Sendable, Equatable {
  /// An appointment that lies ahead.
  public struct Appointment: Sendable, Equatable {
    /// Opens it.
    public let code: PublicCode
    /// The day on which the holder comes.
    public let day: CivilDate
    /// The time at which the holder comes, by the office's clock.
    public let time: CivilTime
    /// Whether it was confirmed, so that it is kept.
    public let isConfirmed: Bool
    /// Whether the office does not serve it at its time, because of a stop or a closing.
    public let isCalledOff: Bool

    /// An appointment as it is booked; one that is served unless it is said otherwise.
    public init(code: PublicCode, day: CivilDate, time: CivilTime, isConfirmed: Bool, isCalledOff: Bool = false) {
      self.isCalledOff = isCalledOff
      self.code = code
      self.day = day
      self.time = time
      self.isConfirmed = isConfirmed
    }
  }

  /// A number of today that waits, is called or is served.
  public struct Number: Sendable, Equatable {
    /// Opens its ticket.
    public let code: PublicCode
    /// As it is called: `A-012`.
    public let number: String
    /// Why it is not called just now, as its ticket says; nil while it may be, and once it no longer waits.
    public let hindrance: Availability?

    /// A number of today.
    public init(code: PublicCode, number: String, hindrance: Availability? = nil) {
      self.code = code
      self.number = number
      self.hindrance = hindrance
    }

    /// The same in the reader's words: the headline and what stands below it.
    public func hindered(_ words: Words, in zone: OfficeZone) -> (title: String, text: String)? {
      hindrance.map { ($0.title(words, in: zone), $0.waitingText(words, in: zone)) }
    }
  }

  /// The next appointment; nil where there is none.
  public var appointment: Appointment?
  /// The number of today; nil where none was taken.
  public var number: Number?

  /// None of both.
  public init() {}

  /// An appointment alone.
  public init(_ appointment: Appointment) { self.appointment = appointment }

  /// Whether the holder comes with neither.
  public var isEmpty: Bool { appointment == nil && number == nil }

  /// What there is, in the reader's words: a sentence, what the link below it is called, and the path of its page.
  public func ways(_ words: Words, in zone: OfficeZone) -> [(title: String, label: String, path: String)] {
    let today = number.map {
      (words("coming.number", ["number": $0.number]), words("coming.open-number"), "/tiket/\($0.code)")
    }
    let ahead = appointment.map {
      ($0.sentence(words, in: zone), $0.label(words), "/janji/\($0.code)")
    }
    return [today, ahead].compactMap { $0 }
  }
}

extension ComingVisit.Appointment {
  /// `Janji temu Anda: Selasa, 24 November 2026, pukul 09.00 WIB.`, or that its holder should not come.
  public func sentence(_ words: Words, in zone: OfficeZone) -> String {
    let key: MessageKey =
      isCalledOff ? "coming.called-off" : isConfirmed ? "coming.appointment" : "coming.unconfirmed"
    return words(key, ["date": words.longDate(day), "time": "\(time.spoken) \(zone.rawValue)"])
  }

  /// What the link to its page is called.
  public func label(_ words: Words) -> String {
    words(isCalledOff ? "coming.open-called-off" : "coming.open-appointment")
  }
}

/// Tells holders with what they come. The Queue answers; a module that shows an application asks, also the modules that the
/// Queue stands on and that so cannot need it.
public final class ComingVisits: Sendable {
  /// Finds what the holder of an application comes with.
  public typealias Answer = @Sendable (OpenedApplication) async throws -> ComingVisit

  private let answer = Mutex<Answer?>(nil)

  /// Nothing answers yet: no visit is coming.
  public init() {}

  /// Has `body` answer. For the one module that knows, while it is made.
  public func whenAsked(_ body: @escaping Answer) { answer.withLock { $0 = body } }

  /// With what the holder of the application comes; nothing where no module knows.
  public func of(_ application: OpenedApplication) async throws -> ComingVisit {
    guard let answer = answer.withLock({ $0 }) else { return ComingVisit() }
    return try await answer(application)
  }
}
