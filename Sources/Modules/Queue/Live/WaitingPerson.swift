import Contracts
import Core

/// A person who waits, as boards and forecasts need to know them.
struct WaitingPerson: Sendable {
  let id: TicketID
  let number: String
  let line: WaitingLine
  /// The only counter or officer that may call it.
  let target: TicketTarget?
  /// The moment from which it counts as waiting.
  let waitsFrom: Instant
  /// Minutes by which it may overtake others.
  let headStart: Int
  var isPriority = false

  /// When the person came, less the head start: in a forecast the earlier turn goes first.
  var turn: Int64 { waitsFrom.milliseconds - Int64(headStart) * 60_000 }

  func comesBefore(_ other: WaitingPerson) -> Bool { (turn, id) < (other.turn, other.id) }
}

/// People who wait for the same.
struct WaitingLine: Hashable, Sendable {
  let service: ServiceCode
  let step: Int
}
