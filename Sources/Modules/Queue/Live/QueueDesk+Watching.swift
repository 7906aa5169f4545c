import Contracts
import Core
import Store

extension QueueDesk {
  /// The whole hall as it is now.
  func survey() async throws -> HallSurvey {
    let day = zone.date(of: clock.now)
    let headStart = rules.now.next.headStart
    return try await store.read { database in
      var survey = try HallSurvey.read(on: day, headStart: headStart, in: database)
      if let appointments, appointments.isOffered {
        survey.priorityPlaces = try PlaceTable.unused(
          .priority, on: day, after: zone.time(of: clock.now), at: clock.now, in: database)
      }
      let reading = try AvailabilityReading(self, in: database)
      survey.office = reading.availability(of: nil)
      survey.stopped = stopped(reading)
      survey.closures = reading.closures(dayCount: HallSurvey.closureDayCount)
      survey.uncalled = Set(survey.waiting.map(\.line.service)).filter { !reading.availability(of: $0).isServing }
      survey.unattended = Dictionary(grouping: survey.waiting, by: \.line.service).mapValues(\.count)
        .filter { reading.availability(of: $0.key).isAlarming }
      try play(survey.waiting, reading, in: database)
      return survey
    }
  }

  /// The services that cannot be had because of a stop of their own; what the whole office says is said once.
  private func stopped(_ reading: AvailabilityReading) -> [Board.Stopped] {
    guard reading.availability(of: nil).takesArrivals else { return [] }
    return (catalogue?.services(on: reading.day) ?? []).compactMap { service in
      let availability = reading.availability(of: service.code)
      guard case .stopped = availability else { return nil }
      return Board.Stopped(service: service.name, availability: availability)
    }
  }

  /// The tickets of these codes as their holders see them, from one snapshot.
  func tickets(_ codes: Set<PublicCode>, places: TicketPlaces) async throws -> [PublicCode: Ticket] {
    try await store.read { database in
      var tickets: [PublicCode: Ticket] = [:]
      let reading = try AvailabilityReading(self, in: database)
      for code in codes {
        guard let record = try TicketTable.ticket(code: code, in: database) else { continue }
        guard record.state == .waiting, let ahead = places.peopleAhead(of: record.id) else {
          tickets[code] = try describe(record, in: database)
          continue
        }
        tickets[code] = described(
          record, peopleAhead: ahead, waitMinutes: try estimate(of: record, reading, in: database)?.range,
          promise: try PromiseTable.promise(to: record.id, in: database),
          sentTo: try address(of: record, in: database), availability: reading.availability(of: record))
      }
      return tickets
    }
  }
}
