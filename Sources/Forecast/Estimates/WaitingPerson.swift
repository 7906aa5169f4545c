public import Contracts
public import Core

/// A person who waits, as boards and forecasts need to know them.
public struct WaitingPerson: Sendable {
  /// Their ticket.
  public let id: TicketID
  /// Its number, as it is called: `A-012`.
  public let number: String
  /// What they wait for.
  public let line: WaitingLine
  /// The only counter or officer that may call them.
  public let target: TicketTarget?
  /// The moment from which they count as waiting.
  public let waitsFrom: Instant
  /// Minutes by which they may overtake others.
  public let headStart: Int
  /// Whether they stand in the priority line.
  public let isPriority: Bool

  /// A person of whom all of that is known.
  public init(
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
  @inlinable public var turn: Int64 { waitsFrom.milliseconds - Int64(headStart) * 60_000 }

  /// Whether a counter that may call both calls this person first.
  @inlinable public func comesBefore(_ other: WaitingPerson) -> Bool { (turn, id) < (other.turn, other.id) }
}

/// People who wait for the same.
public struct WaitingLine: Hashable, Sendable {
  /// The service for which they came.
  public let service: ServiceCode
  /// The step of the visit, counted from 0.
  public let step: Int

  /// The line of that step of a service.
  public init(service: ServiceCode, step: Int) {
    self.service = service
    self.step = step
  }
}
