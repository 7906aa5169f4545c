import Contracts
import Core
import Forecast
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

  /// An officer knows the person whom they have in hand: a colleague at another counter calls them, from where they stood in
  /// line, and the officer cannot take that back.
  ///
  /// - Throws: `Problem` `queue.no-colleague` where no other counter that calls serves it.
  func leave(_ known: Acquaintance, in transaction: borrowing Transaction) throws {
    let today = zone.date(of: clock.now)
    guard let ticket = try TicketTable.liveTicket(of: known.application, on: today, in: transaction),
      ticket.officer == known.officer, let number = ticket.counter,
      let own = office.counters.first(where: { $0.number == number })
    else { return }
    let others = try CounterPostTable.seated(in: transaction).filter { post in
      post.state == .open && post.officer != known.officer
    }
    let called = candidate(ticket)
    let next = others.first { post in
      guard let counter = office.counters.first(where: { $0.number == post.number }) else { return false }
      return skills(of: counter, post: post, officer: post.officer ?? OfficerID(0)).canCall(called)
    }
    guard let next else { throw Problem(.conflict, "queue.no-colleague") }
    try act(
      .transfer, on: ticket.id, at: own, by: known.principal, ActionDetail(target: .counter(next.number)),
      in: transaction)
    try UndoTable.forget(own.number, in: transaction)
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
