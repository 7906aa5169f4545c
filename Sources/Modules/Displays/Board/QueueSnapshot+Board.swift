import Contracts
import Core

extension QueueSnapshot {
  /// What was called, or called again, since `earlier`; oldest first.
  func calls(since earlier: QueueSnapshot) -> [Call] {
    calls.filter { call in call.isOpen && !earlier.calls.contains(where: call.isSame) }.reversed()
  }

  /// What the displays of a zone show.
  func board(of zone: DisplayZone, in office: Office) -> Board {
    // Those who are still expected go before those who have come.
    // And once the office is closed or stopped, no one else is expected.
    let isOver = self.office.isClosedForToday || self.office.isStopped
    let inZone = calls.filter { zone.has($0.counter) && ($0.isOpen || !isOver) }
    let latest = inZone.prefix(1) + inZone.dropFirst().filter(\.isOpen) + inZone.dropFirst().filter { !$0.isOpen }
    let counters = office.counters.filter { zone.has($0.number) }
    let served = waiting.filter { ticket in counters.contains { $0.serves(ticket.service) } }
    return Board(
      calls: Array(latest.prefix(Board.callCountMax)),
      openBeyondCount: latest.dropFirst(Board.callCountMax).filter(\.isOpen).count,
      next: served.filter(\.isAttended).prefix(Board.nextCountMax).map(\.number),
      waiting: served.count,
      priority: priority(of: counters, waiting: served.count(where: \.isPriority)), isZone: zone.code != nil,
      office: self.office, stopped: stopped, ahead: stopsToday(at: counters))
  }

  /// The stops later today of the whole office, and those of what these counters serve.
  private func stopsToday(at counters: [Office.Counter]) -> [StopAhead] {
    ahead.filter { stop in
      guard stop.isToday, let service = stop.service else { return stop.isToday }
      return counters.contains { $0.serves(service) }
    }
  }

  private func priority(of counters: [Office.Counter], waiting: Int) -> Board.Priority? {
    let slots = prioritySlots.filter { service, _ in counters.contains { $0.serves(service) } }.values
    guard !slots.isEmpty else { return nil }
    return Board.Priority(
      waiting: waiting, free: slots.reduce(0) { $0 + $1.free }, returning: slots.reduce(0) { $0 + $1.returning })
  }
}

extension QueueSnapshot.Call {
  /// Whether it is the same call, open or over.
  func isSame(as other: Self) -> Bool { (number, counter, calls) == (other.number, other.counter, other.calls) }
}

extension QueueSnapshot.StoppedService {
  /// That the service cannot be had and why, in a sentence or two.
  func text(_ words: Words, in zone: OfficeZone) -> String {
    "\(words(name)): \(availability.title(words, in: zone)) \(availability.text(words, in: zone))"
  }
}
