import Contracts
import Core
import Store

extension QueueDesk {
  /// The whole hall as it is now.
  func survey() async throws -> HallSurvey {
    let day = zone.date(of: clock.now)
    let headStart = rules.now.next.headStart
    return try await store.read { try HallSurvey.read(on: day, headStart: headStart, in: $0) }
  }

  /// The tickets of these codes as their holders see them; one snapshot, and what the estimate rests on is read once
  /// for each line.
  func tickets(_ codes: Set<PublicCode>, places: TicketPlaces) async throws -> [PublicCode: Ticket] {
    try await store.read { database in
      var grounds: [HallSurvey.Line: WaitGrounds] = [:]
      var tickets: [PublicCode: Ticket] = [:]
      for code in codes {
        guard let record = try TicketTable.ticket(code: code, in: database) else { continue }
        guard record.state == .waiting, let ahead = places.peopleAhead(of: record.id) else {
          tickets[code] = try describe(record, in: database)
          continue
        }
        let line = HallSurvey.Line(service: record.service, step: record.step)
        let known = try grounds[line] ?? waitGrounds(of: record, in: database)
        grounds[line] = known
        tickets[code] = described(record, peopleAhead: ahead, waitMinutes: known.minutes(peopleAhead: ahead))
      }
      return tickets
    }
  }
}
