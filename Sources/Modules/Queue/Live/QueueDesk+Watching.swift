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
      try play(survey.waiting, in: database)
      return survey
    }
  }

  /// The tickets of these codes as their holders see them, from one snapshot.
  func tickets(_ codes: Set<PublicCode>, places: TicketPlaces) async throws -> [PublicCode: Ticket] {
    try await store.read { database in
      var tickets: [PublicCode: Ticket] = [:]
      for code in codes {
        guard let record = try TicketTable.ticket(code: code, in: database) else { continue }
        guard record.state == .waiting, let ahead = places.peopleAhead(of: record.id) else {
          tickets[code] = try describe(record, in: database)
          continue
        }
        tickets[code] = described(
          record, peopleAhead: ahead, waitMinutes: try estimate(of: record, in: database)?.range,
          promise: try PromiseTable.promise(to: record.id, in: database),
          sentTo: try address(of: record, in: database))
      }
      return tickets
    }
  }
}
