import Contracts
import Core
import Store

/// A ticket as its table keeps it.
struct TicketRecord: Sendable {
  let id: TicketID
  let code: PublicCode
  let day: CivilDate
  let letter: String
  let sequence: Int
  let service: ServiceCode
  let application: ApplicationNumber?
  let isPriority: Bool
  let state: TicketState
  let counter: Int?
  let calls: Int
  let issuedAt: Instant
  let calledAt: Instant?
  let startedAt: Instant?
  let endedAt: Instant?

  /// As it is printed and called: `A-012`.
  var number: String { Self.number(letter: letter, sequence: sequence) }

  static func number(letter: String, sequence: Int) -> String {
    let digits = String(sequence)
    return "\(letter)-" + String(repeating: "0", count: max(0, 3 - digits.count)) + digits
  }

  static let columns: SQL =
    """
    id, code, day, letter, number, service, application, priority, state, counter, calls,
    issued_at, called_at, started_at, ended_at
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
    state = try row.get(8)
    counter = try row.get(9)
    calls = try row.get(10)
    issuedAt = try row.get(11)
    calledAt = try row.get(12)
    startedAt = try row.get(13)
    endedAt = try row.get(14)
  }
}
