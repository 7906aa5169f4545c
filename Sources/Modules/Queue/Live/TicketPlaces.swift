import Contracts

/// Where everybody stands, worked out once for the whole hall.
struct TicketPlaces: Sendable {
  private var places: [TicketID: Int] = [:]

  init(_ survey: HallSurvey) {
    var lengths: [HallSurvey.Line: Int] = [:]
    for ticket in survey.waiting {
      places[ticket.id] = lengths[ticket.line, default: 0]
      lengths[ticket.line, default: 0] += 1
    }
  }

  /// How many go before the ticket among those who wait for the same; nil for one that does not wait.
  func peopleAhead(of ticket: TicketID) -> Int? { places[ticket] }
}
