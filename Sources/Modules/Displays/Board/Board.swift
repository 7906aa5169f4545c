import Contracts
import Core

/// What a call display shows: numbers and counters, nothing else.
struct Board: Sendable, Equatable {
  /// How the priority line stands.
  struct Priority: Sendable, Equatable {
    let waiting: Int
    /// Places of today that are still free.
    let free: Int
    /// Places that were given back and can be had again in a while.
    let returning: Int
  }

  /// Calls shown at once: what can be read at ten metres.
  static let callCountMax = 9
  /// Numbers that should get ready.
  static let nextCountMax = 4

  /// The latest calls, newest first.
  let calls: [QueueSnapshot.Call]
  /// Open calls for which there is no room any more.
  let openBeyondCount: Int
  /// The numbers that are likely to be called next.
  let next: [String]
  /// How many people wait: for the counters of the zone only, where the board is a zone's.
  let waiting: Int
  /// nil where no places are planned today.
  let priority: Priority?
  /// Whether it is a zone's, not the whole hall's.
  let isZone: Bool
  /// Whether the office is open and any counter is.
  let office: Availability
  /// The services that a supervisor has stopped, by name.
  let stopped: [QueueSnapshot.StoppedService]
  /// The stops later today, in the order in which they begin.
  let ahead: [StopAhead]

  init(
    calls: [QueueSnapshot.Call], openBeyondCount: Int = 0, next: [String] = [], waiting: Int, priority: Priority? = nil,
    isZone: Bool = false, office: Availability = .open(counters: [], until: nil),
    stopped: [QueueSnapshot.StoppedService] = [], ahead: [StopAhead] = []
  ) {
    self.ahead = ahead
    self.stopped = stopped
    self.office = office
    self.calls = calls
    self.openBeyondCount = openBeyondCount
    self.next = next
    self.waiting = waiting
    self.priority = priority
    self.isZone = isZone
  }

  /// Whether no visitor is expected any more today.
  var isClosed: Bool { office.isClosedForToday && !calls.contains(where: \.isOpen) }

  /// Whether lines that invite people to get ready would be wrong, since no call will follow.
  var isQuiet: Bool { isClosed || office.isStopped }

  /// What says how many people wait, and for what.
  static func waitingMessage(isZone: Bool) -> MessageKey {
    isZone ? "queue.display.waiting-here" : "queue.display.waiting"
  }
}
