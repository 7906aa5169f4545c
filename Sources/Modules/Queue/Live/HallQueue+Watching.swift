import Contracts
import Core
import Forecast
import Store

extension HallQueue {
  /// The whole hall as it is now.
  func snapshot() async throws -> HallSnapshot {
    try await store.read { database in
      let reading = try AvailabilityReading(self, in: database)
      let (now, day) = (reading.now, reading.day)
      var hall = try HallSnapshot.read(on: day, at: now, rules: rules.now, in: database) {
        positions($0, reading)
      }
      hall.at = now
      hall.sequence = try database.latestEvent()?.sequence ?? 0
      if let appointments = hooks.appointments, appointments.isOffered {
        // Where no numbers are given, nothing is left of the priority line's either.
        hall.prioritySlots = try appointments.prioritySlots(in: database)
          .filter { reading.availability(of: $0.key).takesNumbers }
      }
      hall.office = reading.availability(of: nil)
      hall.stopped = stopped(reading)
      hall.ahead = reading.ahead
      hall.closureToday = reading.closureToday
      hall.closures = reading.closures(dayCount: HallSnapshot.closureDayCount)
      hall.uncalled = uncalled(hall.waiting, reading)
      hall.unattended = Dictionary(grouping: hall.waiting, by: \.line.service).mapValues(\.count)
        .filter { reading.availability(of: $0.key).isAlarming }
      try play(hall.waiting, reading, in: database)
      return hall
    }
  }

  /// The tickets that no counter calls now: decided once for all who wait for the same, and for the same counter.
  private func uncalled(_ waiting: [WaitingPerson], _ reading: AvailabilityReading) -> Set<TicketID> {
    struct Need: Hashable {
      let line: WaitingLine
      let target: TicketTarget?
    }
    let needs = Dictionary(grouping: waiting) { Need(line: $0.line, target: $0.target) }
    return Set(
      needs.filter { need, _ in
        !reading.availability(ofWaiting: need.line.service, step: need.line.step, for: need.target).isServing
      }.values.joined().map(\.id))
  }

  /// The services that cannot be had because of a stop of their own; what the whole office says is said once.
  private func stopped(_ reading: AvailabilityReading) -> [QueueSnapshot.StoppedService] {
    guard reading.availability(of: nil).takesArrivals else { return [] }
    return (catalogue?.services(on: reading.day) ?? []).compactMap { service in
      let availability = reading.availability(of: service.code)
      guard case .stopped = availability else { return nil }
      return QueueSnapshot.StoppedService(name: service.name, availability: availability)
    }
  }

  /// The tickets of these codes as their holders see them, from one snapshot.
  func tickets(_ codes: Set<PublicCode>, positions: TicketPositions) async throws -> [PublicCode: Ticket] {
    try await store.read { database in
      var tickets: [PublicCode: Ticket] = [:]
      let reading = try AvailabilityReading(self, in: database)
      for code in codes {
        guard let record = try TicketTable.ticket(code: code, in: database) else { continue }
        let isPlaced = record.state == .waiting && positions.peopleAhead(of: record.id) != nil
        tickets[code] =
          try isPlaced ? describe(record, positions, reading, in: database) : describe(record, in: database)
      }
      return tickets
    }
  }
}
