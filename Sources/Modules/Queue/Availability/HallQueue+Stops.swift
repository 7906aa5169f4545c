import Contracts
import Core
import Forecast
import Store

extension HallQueue {
  /// The stops of a day and of later ones, each as it is on its first day; none where no module keeps any.
  func stopsAhead<Database: Queryable & ~Copyable>(
    from day: CivilDate, in database: borrowing Database
  ) throws -> [ServiceStop] {
    try hooks.stops?.ahead(from: day, in: database) ?? []
  }

  func stops<Database: Queryable & ~Copyable>(
    on day: CivilDate, in database: borrowing Database
  ) throws -> [ServiceStop] {
    try stopsAhead(from: day, in: database).compactMap { $0.on(day) }
  }

  func tickets<Database: Queryable & ~Copyable>(
    hitBy stops: [ServiceStop], limit: Int, in database: borrowing Database
  ) throws -> [StoppedTicket] {
    let reading = try AvailabilityReading(self, in: database)
    let time = zone.time(of: reading.now)
    let today = stops.compactMap { $0.on(reading.day) }.filter { $0.span.to > time }
    guard !today.isEmpty else { return [] }
    // People on hold come back to be served, like those who wait.
    let expected =
      try TicketTable.waiting(on: reading.day, limit: limit, in: database)
      + TicketTable.held(in: database).filter { $0.day == reading.day }
    return try expected.compactMap { ticket in
      let concerning = today.filter { $0.concerns(ticket.service) }
      guard let stop = try decisiveStop(for: ticket, among: concerning, reading, in: database) else { return nil }
      return StoppedTicket(
        code: ticket.code, number: ticket.number, service: ticket.service, isOnHold: ticket.state == .hold, stop: stop,
        availability: reading.availability(of: ticket))
    }
  }

  /// The stop because of which a ticket is not called: one that holds now; else the first that begins before the latest
  /// time at which the call is expected. Where that is not known, as late as people would not be admitted any more.
  private func decisiveStop<Database: Queryable & ~Copyable>(
    for ticket: TicketRecord, among stops: [ServiceStop], _ reading: AvailabilityReading,
    in database: borrowing Database
  ) throws -> ServiceStop? {
    let time = zone.time(of: reading.now)
    if let running = ServiceStop.decisive(among: stops.filter { $0.covers(time) }) { return running }
    guard let first = stops.min(by: { ($0.span.from, $0.id) < ($1.span.from, $1.id) }) else { return nil }
    let wait = ticket.state == .waiting ? try estimate(of: ticket, reading, in: database) : nil
    let minutes = wait?.range.upperBound ?? rules.now.admission.lastMinutes
    return time.minuteOfDay + minutes > first.span.from.minuteOfDay ? first : nil
  }
}
