import Contracts
import Core
import Forecast
import Store

/// What officers do at their counters. Each action is one transaction: the ticket's state, its history, the
/// application's stage and the event become durable together.
struct CounterService: Sendable {
  let store: Store
  let clock: any WallClock
  let zone: OfficeZone
  let office: Office
  let rules: RulesInForce
  let tracking: (any TrackingService)?
  let ledger: (any LedgerService)?
  /// Tells whether a service can be had; nil where people are sent to one without asking.
  var availability: HallQueue?

  /// The counter of that number.
  ///
  /// - Throws: `Problem` `queue.unknown-counter`.
  func counter(_ text: String) throws -> Office.Counter {
    guard let number = Int(text), let counter = office.counters.first(where: { $0.number == number }) else {
      throw Problem(.notFound, "queue.unknown-counter", ["counter": text.count <= 4 ? text : "?"])
    }
    return counter
  }

  /// Calls the next person to the counter.
  ///
  /// - Returns: the ticket called; nil when no ticket waits for what this counter serves.
  /// - Throws: `Problem` `queue.counter-busy` while the counter has a ticket in hand, which also
  ///   is what a second press of the same key gets; `queue.still-at-counter` while the officer has one elsewhere;
  ///   `queue.others-counter`, `queue.counter-paused`, `queue.counter-closed`; `forbidden`.
  func callNext(
    to counter: Office.Counter, by principal: Principal, named name: String? = nil
  ) async throws -> TicketRecord? {
    try await store.write { try callNext(to: counter, by: principal, named: name, in: $0) }
  }

  /// The same, in the caller's transaction.
  func callNext(
    to counter: Office.Counter, by principal: Principal, named name: String? = nil,
    in transaction: borrowing Transaction
  ) throws -> TicketRecord? {
    let officer = try principal.requireOfficer(with: .serve)
    let now = clock.now
    let day = zone.date(of: now)
    let post = try ready(counter, for: officer, named: name, in: transaction)
    try releaseOverheld(at: now, in: transaction)
    let heads =
      try availability?.kept.heads(on: day, rules.now, in: transaction)
      ?? TicketTable.heads(on: day, in: transaction).map(candidate)
    guard let choice = rules.now.next.choose(among: heads, for: post, at: now),
      let next = try TicketTable.ticket(choice.ticket, in: transaction)
    else { return nil }
    try passOver(choice.passedOver, in: transaction)
    return try call(
      next, .call, for: choice, cause: choice.wasDue ? .due : .score, to: post, by: principal, in: transaction)
  }

  /// Calls a certain ticket out of order.
  ///
  /// - Parameter reason: why, in writing; supervisors see it.
  /// - Throws: `Problem` `queue.reason-missing`, `queue.moved-on` when the ticket no longer waits, and as `callNext`.
  func callChosen(
    _ id: TicketID, to counter: Office.Counter, by principal: Principal, named name: String? = nil, reason: String
  ) async throws -> TicketRecord {
    try await store.write { transaction in
      try callChosen(id, to: counter, by: principal, named: name, reason: reason, in: transaction)
    }
  }

  func callChosen(
    _ id: TicketID, to counter: Office.Counter, by principal: Principal, named name: String? = nil, reason: String,
    in transaction: borrowing Transaction
  ) throws -> TicketRecord {
    let officer = try principal.requireOfficer(with: .serve)
    guard reason.contains(where: \.isLetter) else { throw Problem(.invalid, "queue.reason-missing") }
    let post = try ready(counter, for: officer, named: name, in: transaction)
    guard let ticket = try TicketTable.ticket(id, in: transaction), ticket.state == .waiting else { throw movedOn(nil) }
    let heads = try TicketTable.heads(on: ticket.day, in: transaction).map(candidate).filter(post.canCall)
    let called = candidate(ticket)
    let choice = Choice(
      ticket: id, score: rules.now.next.score(of: called, for: post, at: clock.now), wasDue: false,
      runnerUp: rules.now.next.choose(among: heads.filter { $0.id != id }, for: post, at: clock.now).map {
        ($0.ticket, $0.score)
      }, passedOver: [])
    return try call(
      ticket, .callChosen, for: choice, cause: .chosen, reason: reason, to: post, by: principal, in: transaction)
  }

  // MARK: the steps of a call

  private func call(
    _ ticket: TicketRecord, _ action: TicketAction, for choice: Choice, cause: CallTable.Cause, reason: String? = nil,
    to post: Skills, by principal: Principal, in transaction: borrowing Transaction
  ) throws -> TicketRecord {
    let moment = max(clock.now, ticket.since)
    var called = ticket.called(to: post.counter, by: post.officer, at: moment)
    called.reason = reason
    try PromiseBook.settle(ticket, by: action, at: moment, in: transaction)
    try save(called, from: ticket, in: transaction)
    let row = try TransitionTable.append(
      action, from: ticket, to: called, at: moment, by: principal, in: transaction)
    try UndoTable.remember(action, on: ticket, transition: row, at: post.counter, clock.now, in: transaction)
    try CallTable.record(
      choice, cause: cause, reason: reason, ticket: called, by: post, at: moment, in: transaction)
    try transaction.append(QueueEvent.called(called, to: post.counter))
    if cause == .chosen { try noteOutOfOrder(called, at: post.counter, by: principal, in: transaction) }
    return called
  }

  /// The ledger's entry cannot be taken back, neither by the person who asked for the favour nor by the officer who did it.
  private func noteOutOfOrder(
    _ called: TicketRecord, at counter: Int, by principal: Principal, in transaction: borrowing Transaction
  ) throws {
    try transaction.append(QueueEvent.calledOutOfOrder(called))
    try ledger?.append(
      LedgerEntry(
        .outOfOrderCall, by: principal,
        facts: [LedgerFact("ticket", called.id.rawValue), LedgerFact("counter", Int64(counter))]),
      in: transaction)
  }

  /// What the counter can do, once it is sure that it may call.
  func ready(
    _ counter: Office.Counter, for officer: OfficerID, named name: String?, in transaction: borrowing Transaction
  ) throws -> Skills {
    try requireSeat(at: counter, for: officer, in: transaction)
    if let busy = try TicketTable.inHand(of: counter.number, in: transaction) {
      throw Problem(.conflict, "queue.counter-busy", ["number": busy.number])
    }
    try requireFreeHands(of: officer, outside: counter, in: transaction)
    let post = try post(of: counter, for: officer, named: name, in: transaction)
    let number = String(counter.number)
    switch post.state {
    case .open: return skills(of: counter, post: post, officer: officer)
    case .paused: throw Problem(.conflict, "queue.counter-paused", ["counter": number])
    case .closed: throw Problem(.conflict, "queue.counter-closed", ["counter": number])
    }
  }

  /// The counter's post with the officer on it, who leaves any other; the first call of a day opens the counter.
  private func post(
    of counter: Office.Counter, for officer: OfficerID, named name: String?, in transaction: borrowing Transaction
  ) throws -> CounterPost {
    let now = clock.now
    var post =
      try CounterPostTable.post(counter.number, in: transaction)
      ?? CounterPost(number: counter.number, state: .open, since: now)
    if post.officer != officer, post.state == .open {
      try leaveOthers(officer, for: counter, in: transaction)
      post.officer = officer
      post.officerName = name
      post.languages = []
      try CounterPostTable.save(post, in: transaction)
      try CounterLossTable.forget(officer, in: transaction)
    }
    return post
  }

  func skills(of counter: Office.Counter, post: CounterPost?, officer: OfficerID) -> Skills {
    Skills(counter, post: post, officer: officer, rules: rules.now)
  }

  func candidate(_ ticket: TicketRecord) -> Candidate {
    Candidate(ticket, rules: rules.now)
  }

  /// What an action from a stale page gets: with the present state, so that a program can mend itself too.
  func movedOn(_ ticket: TicketRecord?) -> Problem {
    Problem(
      .conflict, "queue.moved-on",
      ticket.map { ["number": $0.number, "state": $0.state.rawValue] } ?? [:])
  }
}
