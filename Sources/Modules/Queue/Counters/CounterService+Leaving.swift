import Contracts
import Core
import Store

extension CounterService {
  /// Where an officer sits, and the ticket in hand there, which is hit when the officer is not there any more.
  func seats(of officer: OfficerID) async throws -> [OfficerSeat] {
    try await store.read { database -> [OfficerSeat] in
      var seats: [OfficerSeat] = []
      for post in try CounterPostTable.seated(in: database) where post.officer == officer {
        let ticket = try TicketTable.inHand(of: post.number, in: database)
        seats.append(OfficerSeat(counter: post.number, number: ticket?.number))
      }
      return seats
    }
  }

  /// What follows in the hall when an officer is not there any more: the counter is closed, so that no person is told a time
  /// at which no call comes.
  ///
  /// An officer who signed out with a person in hand may have done so by mistake, and finds them again; one whose account
  /// was closed does not come back, and the person is called by others, from the position of their arrival.
  func follow(_ officer: OfficerID, _ ending: OfficerEnding, in transaction: borrowing Transaction) throws {
    for post in try CounterPostTable.seated(in: transaction) where post.officer == officer {
      if let ticket = try TicketTable.inHand(of: post.number, in: transaction) {
        guard ending == .closed, let counter = office.counters.first(where: { $0.number == post.number }) else {
          continue
        }
        try act(.giveBack, on: ticket.id, at: counter, by: .system("queue"), in: transaction)
      }
      try leave(post, losing: ending == .signedOut ? .signedOut : nil, in: transaction)
    }
    if ending == .closed { try CounterLossTable.forget(officer, in: transaction) }
  }
}
