import Contracts
import Core

/// A person who waits, as boards and forecasts need to know them.
struct WaitingPerson: Sendable {
  /// Their ticket.
  let id: TicketID
  /// Its number, as it is called: `A-012`.
  let number: String
  /// What they wait for.
  let line: WaitingLine
  /// The only counter or officer that may call it.
  let target: TicketTarget?
  /// The moment from which it counts as waiting.
  let waitsFrom: Instant
  /// Minutes by which it may overtake others.
  let headStart: Int
  /// Whether it stands in the priority line.
  let isPriority: Bool

  /// A person of whom all of that is known.
  init(
    id: TicketID, number: String, line: WaitingLine, target: TicketTarget?, waitsFrom: Instant, headStart: Int,
    isPriority: Bool = false
  ) {
    self.id = id
    self.number = number
    self.line = line
    self.target = target
    self.waitsFrom = waitsFrom
    self.headStart = headStart
    self.isPriority = isPriority
  }

  /// When the person came, less the head start: in a forecast the earlier turn goes first.
  var turn: Int64 { waitsFrom.milliseconds - Int64(headStart) * 60_000 }

  /// Whether a counter that may call both calls this person first.
  func comesBefore(_ other: WaitingPerson) -> Bool { (turn, id) < (other.turn, other.id) }
}

/// People who wait for the same.
struct WaitingLine: Hashable, Sendable {
  /// The service for which they came.
  let service: ServiceCode
  /// The step of the visit, counted from 0.
  let step: Int

  /// The line of that step of a service.
  init(service: ServiceCode, step: Int) {
    self.service = service
    self.step = step
  }
}
