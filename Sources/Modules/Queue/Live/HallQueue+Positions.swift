import Contracts
import Core
import Forecast
import Store

extension HallQueue {
  /// The order in which these tickets are called.
  func positions(_ waiting: [TicketRecord], _ reading: AvailabilityReading) -> TicketPositions {
    let calling = reading.callingSkills
    let rules = rules.now
    return TicketPositions(
      waiting.map { Candidate($0, rules: rules) }, counters: calling.isEmpty ? reading.skills : calling,
      rule: rules.next, at: reading.now)
  }

  /// The same, of all who wait today.
  func positions<Database: Queryable & ~Copyable>(
    _ reading: AvailabilityReading, in database: borrowing Database
  ) throws -> TicketPositions {
    positions(try TicketTable.waiting(on: reading.day, limit: HallSnapshot.waitingCountMax, in: database), reading)
  }
}
