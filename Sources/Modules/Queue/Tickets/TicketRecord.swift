import Contracts
import Core
import Forecast
import Store

/// A ticket as its table keeps it.
struct TicketRecord: Sendable, Equatable {
  let id: TicketID
  let code: PublicCode
  let reference: TicketNumber
  let day: CivilDate
  let letter: String
  let sequence: Int
  var service: ServiceCode
  let application: ApplicationNumber?
  let isPriority: Bool
  let channel: Channel
  let language: Language
  /// When it was taken, or its holder came with an appointment.
  let issuedAt: Instant
  let appointedAt: Instant?

  var state: TicketState
  /// When it came into that state.
  var since: Instant
  var counter: Int?
  var officer: OfficerID?
  var calls: Int
  /// The step of the visit, counted from 0.
  var step: Int
  /// The moment from which it counts as waiting, which orders its line. Ahead of time for an early appointment.
  var waitsFrom: Instant
  /// How often a ticket with a later position was called while this one stood at the head of its line.
  var passedOver: Int
  /// Only this counter, or only this officer, calls it.
  var target: TicketTarget?
  var holdUntil: Instant?
  /// Why it is on hold, was sent on or was closed.
  var reason: String?
  var calledAt: Instant?
  var startedAt: Instant?
  var endedAt: Instant?

  /// The number as it is printed and called: `A-012`.
  var number: String { Self.number(letter: letter, sequence: sequence) }

  static func number(letter: String, sequence: Int) -> String {
    let digits = String(sequence)
    return "\(letter)-" + String(repeating: "0", count: max(0, 3 - digits.count)) + digits
  }

  /// The line in which it waits. Within a line the earliest position is always the next one, so that choosing
  /// needs only the head of each line, however many wait.
  var line: String {
    Self.line(
      service: service, step: step, isPriority: isPriority, isAppointment: appointedAt != nil, language: language,
      target: target)
  }

  static func line(
    service: ServiceCode, step: Int, isPriority: Bool, isAppointment: Bool, language: Language, target: TicketTarget?
  ) -> String {
    let rights = (isPriority ? "p" : "-") + (isAppointment ? "a" : "-")
    return "\(service.rawValue)/\(step)/\(rights)/\(language.rawValue)/\(target?.text ?? "")"
  }

  static let columns: SQL =
    """
    id, code, day, letter, number, service, application, priority, channel, language, issued_at, appointed_at,
    state, since, counter, officer, calls, step, waits_from, passed_over, target, hold_until, reason,
    called_at, started_at, ended_at, reference
    """

  init(_ row: borrowing Row) throws {
    id = try row.get(0)
    code = try row.get(1)
    day = try row.get(2)
    letter = try row.get(3)
    sequence = try row.get(4)
    service = try row.get(5)
    application = try row.get(6)
    isPriority = try row.get(7)
    channel = try row.get(8)
    language = try row.get(9)
    issuedAt = try row.get(10)
    appointedAt = try row.get(11)
    state = try row.get(12)
    since = try row.get(13)
    counter = try row.get(14)
    officer = try row.get(15)
    calls = try row.get(16)
    step = try row.get(17)
    waitsFrom = try row.get(18)
    passedOver = try row.get(19)
    target = (try row.get(20) as String?).flatMap(TicketTarget.init(text:))
    holdUntil = try row.get(21)
    reason = try row.get(22)
    calledAt = try row.get(23)
    startedAt = try row.get(24)
    endedAt = try row.get(25)
    reference = try row.get(26)
  }

  /// A new ticket as its row has it.
  init(_ fresh: TicketTable.Fresh, id: TicketID) {
    self.id = id
    code = fresh.code
    reference = fresh.reference
    day = fresh.day
    letter = fresh.letter
    sequence = fresh.sequence
    service = fresh.service
    application = fresh.application
    isPriority = fresh.isPriority
    channel = fresh.channel
    language = fresh.language
    issuedAt = fresh.issuedAt
    appointedAt = fresh.appointedAt
    state = .waiting
    since = fresh.issuedAt
    calls = 0
    step = 0
    waitsFrom = fresh.waitsFrom
    passedOver = 0
  }
}
