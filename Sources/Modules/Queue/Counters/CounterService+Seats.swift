import Contracts
import Core
import Forecast
import Store

/// Who may act at a counter: the officer who sits there, at this counter alone. Another one first takes it over, in
/// so many words.
extension CounterService {
  /// The post of a counter at which another officer than this one sits; nil where the officer may act.
  func takenPost<Database: Queryable & ~Copyable>(
    of counter: Int, for officer: OfficerID, in database: borrowing Database
  ) throws -> CounterPost? {
    takenPost(try CounterPostTable.post(counter, in: database), for: officer)
  }

  /// The same of a post that has been read.
  func takenPost(_ post: CounterPost?, for officer: OfficerID) -> CounterPost? {
    guard let post, post.state != .closed, let seated = post.officer, seated != officer else { return nil }
    return post
  }

  /// - Throws: `Problem` `queue.others-counter` for an officer while another one sits there.
  func requireSeat(
    at counter: Office.Counter, for officer: OfficerID?, in transaction: borrowing Transaction
  ) throws {
    guard let officer, let post = try takenPost(of: counter.number, for: officer, in: transaction) else { return }
    throw Problem(
      .conflict, "queue.others-counter", ["counter": String(counter.number), "officer": post.officerName ?? "–"])
  }

  /// - Throws: `Problem` `queue.still-at-counter` while the officer has a ticket in hand at another counter. One that
  ///   a colleague has taken over is in the colleague's hand.
  func requireFreeHands(
    of officer: OfficerID, outside counter: Office.Counter, in transaction: borrowing Transaction
  ) throws {
    guard let other = try TicketTable.inHand(of: officer, outside: counter.number, in: transaction) else { return }
    throw Problem(.conflict, "queue.still-at-counter", ["counter": String(other)])
  }

  /// Leaves the other counters at which the officer sits.
  ///
  /// - Throws: `Problem` `queue.still-at-counter`.
  func leaveOthers(
    _ officer: OfficerID, for counter: Office.Counter, in transaction: borrowing Transaction
  ) throws {
    try requireFreeHands(of: officer, outside: counter, in: transaction)
    for other in try CounterPostTable.all(in: transaction)
    where other.officer == officer && other.number != counter.number && other.state != .closed {
      guard try TicketTable.inHand(of: other.number, in: transaction) == nil else {
        throw Problem(.conflict, "queue.still-at-counter", ["counter": String(other.number)])
      }
      try leave(other, in: transaction)
    }
  }

  /// An officer takes the place of another one, with the ticket that is in hand there. The journal and the ledger name
  /// the officer who did it.
  ///
  /// - Parameter expected: the officer who was seen to sit there.
  /// - Throws: `Problem` `queue.nobody-there` when that officer sits there no more; `queue.still-at-counter`;
  ///   `forbidden`.
  func takeOver(
    _ counter: Office.Counter, from expected: OfficerID?, by principal: Principal, named name: String?
  ) async throws {
    try await store.write { try takeOver(counter, from: expected, by: principal, named: name, in: $0) }
  }

  func takeOver(
    _ counter: Office.Counter, from expected: OfficerID?, by principal: Principal, named name: String?,
    in transaction: borrowing Transaction
  ) throws {
    let officer = try principal.requireOfficer(with: .serve)
    guard let former = try takenPost(of: counter.number, for: officer, in: transaction), former.officer == expected
    else {
      throw Problem(.conflict, "queue.nobody-there", ["counter": String(counter.number)])
    }
    try leaveOthers(officer, for: counter, in: transaction)
    if let ticket = try TicketTable.inHand(of: counter.number, in: transaction) {
      var taken = ticket
      taken.officer = officer
      try save(taken, from: ticket, in: transaction)
    }
    let post = CounterPost(
      number: counter.number, state: .open, since: clock.now, officer: officer, officerName: name,
      services: former.services)
    try CounterPostTable.save(post, in: transaction)
    try CounterLossTable.forget(officer, in: transaction)
    try noteLoss(of: former, .takenOver, by: officer, in: transaction)
    try UndoTable.forget(counter.number, in: transaction)
    try transaction.append(QueueEvent.takenOver(post))
    try ledger?.append(
      LedgerEntry(
        .counterTakeOver, by: principal,
        facts: [
          LedgerFact("counter", Int64(counter.number)), LedgerFact("former-officer", former.officer?.rawValue ?? 0),
        ]), in: transaction)
    if let gone = former.officer { try freeLines(in: transaction) { $0 == .officer(gone) } }
  }
}
