import Contracts
import Core
import Forecast
import Store

extension HallQueue {
  /// The order in which these tickets are called.
  func positions(_ waiting: [TicketRecord], _ reading: AvailabilityReading) -> TicketPositions {
    let rules = rules.now
    return positions(waiting.map { Candidate($0, rules: rules) }, reading)
  }

  func positions(_ waiting: [Candidate], _ reading: AvailabilityReading) -> TicketPositions {
    TicketPositions(waiting, counters: reading.positioningSkills, rule: rules.now.next, at: reading.now)
  }

  /// How many are sure to be called before one who waits.
  func peopleAhead<Database: Queryable & ~Copyable>(
    of ticket: TicketRecord, _ reading: AvailabilityReading, in database: borrowing Database
  ) throws -> Int {
    guard let lines = reading.lines, lines.people.count <= HallSnapshot.waitingCountMax else {
      return try positions(reading, in: database).peopleAhead(of: ticket.id) ?? 0
    }
    let rules = rules.now
    return lines.people.peopleAhead(
      of: Candidate(ticket, rules: rules), counters: reading.positioningSkills, rules: rules, at: reading.now) ?? 0
  }

  /// The same, of all who wait today.
  func positions<Database: Queryable & ~Copyable>(
    _ reading: AvailabilityReading, in database: borrowing Database
  ) throws -> TicketPositions {
    let people = try TicketTable.people(
      on: reading.day, limit: HallSnapshot.waitingCountMax, rules: rules.now, in: database)
    return positions(people.map(\.candidate), reading)
  }
}
