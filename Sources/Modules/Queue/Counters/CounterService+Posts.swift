import Contracts
import Core
import Forecast
import Store

extension CounterService {
  /// Opens the counter for an officer, who leaves the counter at which they sat before.
  ///
  /// - Throws: `Problem` `queue.still-at-counter` while a ticket is in the officer's hand elsewhere;
  ///   `queue.others-counter` while another officer sits there; `queue.counter-busy` while a ticket is in hand there;
  ///   `forbidden`.
  func open(
    _ counter: Office.Counter, by principal: Principal, named name: String?, languages: Set<Language> = []
  ) async throws {
    try await store.write { try open(counter, by: principal, named: name, languages: languages, in: $0) }
  }

  func open(
    _ counter: Office.Counter, by principal: Principal, named name: String?, languages: Set<Language> = [],
    in transaction: borrowing Transaction
  ) throws {
    let officer = try principal.requireOfficer(with: .serve)
    try seat(officer, at: counter, named: name, languages: languages, in: transaction)
  }

  private func seat(
    _ officer: OfficerID, at counter: Office.Counter, named name: String?, languages: Set<Language>,
    in transaction: borrowing Transaction
  ) throws {
    let present = try CounterPostTable.post(counter.number, in: transaction)
    try requireSeat(at: counter, for: officer, in: transaction)
    if let present, present.officer != officer,
      let busy = try TicketTable.inHand(of: counter.number, in: transaction)
    {
      throw Problem(.conflict, "queue.counter-busy", ["number": busy.number])
    }
    try leaveOthers(officer, for: counter, in: transaction)
    let post = CounterPost(
      number: counter.number, state: .open, since: clock.now, officer: officer, officerName: name,
      languages: languages, services: present?.services ?? [])
    try CounterPostTable.save(post, in: transaction)
    try CounterLossTable.forget(officer, in: transaction)
    try transaction.append(QueueEvent.counter(post))
  }

  /// Stops calling for a while; what is in hand is finished first.
  func pause(_ counter: Office.Counter, by principal: Principal, named name: String?, reason: String) async throws {
    try await store.write { try pause(counter, by: principal, named: name, reason: reason, in: $0) }
  }

  func pause(
    _ counter: Office.Counter, by principal: Principal, named name: String?, reason: String,
    in transaction: borrowing Transaction
  ) throws {
    let officer = try principal.requireOfficer(with: .serve)
    try requireSeat(at: counter, for: officer, in: transaction)
    guard !reason.isEmpty else { throw Problem(.invalid, "queue.reason-missing") }
    try refuseHand(of: counter, in: transaction)
    let present = try CounterPostTable.post(counter.number, in: transaction)
    let post = CounterPost(
      number: counter.number, state: .paused, since: clock.now,
      reason: String(reason.unicodeScalars.prefix(ActionDetail.reasonCharacterCountMax)),
      officer: present?.officer ?? officer, officerName: present?.officerName ?? name,
      languages: present?.languages ?? [], services: present?.services ?? [])
    try CounterPostTable.save(post, in: transaction)
    try transaction.append(QueueEvent.counter(post))
  }

  /// Closes the counter. Those who were sent to it alone may be called by others again.
  ///
  /// - Parameters:
  ///   - hand: what becomes of the ticket in hand.
  ///   - reason: why, for the others in the hall.
  /// - Throws: `Problem` `queue.hand-full` when there is one and `hand` is nil; `queue.close-unexplained` without a reason
  ///   while people wait whom only this counter can call; `queue.others-counter`.
  func close(
    _ counter: Office.Counter, by principal: Principal, hand: (action: TicketAction, detail: ActionDetail)? = nil,
    reason: CloseReason?
  ) async throws {
    try await store.write { try close(counter, by: principal, hand: hand, reason: reason, in: $0) }
  }

  /// A supervisor closes a counter from the hall, also one at which another officer sits.
  ///
  /// - Throws: `Problem` `queue.hand-full` while a ticket is in hand there; `queue.close-unexplained`.
  func closeFromHall(_ counter: Office.Counter, by principal: Principal, reason: CloseReason?) async throws {
    let supervisor = try principal.requireOfficer(with: .hall)
    try await store.write { transaction in
      try refuseHand(of: counter, in: transaction)
      try requireReason(reason, toClose: counter, in: transaction)
      let post = try post(orFresh: counter, in: transaction)
      try leave(
        post, losing: post.officer == supervisor ? nil : .closed, by: supervisor, reason: reason, in: transaction)
    }
  }

  /// Where people are hit, the others in the hall are told why.
  private func requireReason(
    _ reason: CloseReason?, toClose counter: Office.Counter, in transaction: borrowing Transaction
  ) throws {
    guard reason == nil else { return }
    let count = try hitByClosing(counter, in: transaction)
    if count > 0 { throw Problem(.invalid, "queue.close-unexplained", ["count": String(count)]) }
  }

  /// How many people only this counter can call: those sent to it, and those who wait for what no other counter serves.
  func hitByClosing<Database: Queryable & ~Copyable>(
    _ counter: Office.Counter, in database: borrowing Database
  ) throws -> Int {
    let seated = try CounterPostTable.seated(in: database)
    let all = office.counters.compactMap { counter in
      seated.first { $0.number == counter.number }.map { post in
        skills(of: counter, post: post, officer: post.officer ?? OfficerID(0))
      }
    }
    guard let own = all.first(where: { $0.counter == counter.number }) else { return 0 }
    let others = all.filter { $0.counter != counter.number }
    return try TicketTable.waiting(on: zone.date(of: clock.now), limit: HallSnapshot.waitingCountMax, in: database)
      .map(candidate).count { waiting in own.canCall(waiting) && !others.contains { $0.canCall(waiting) } }
  }

  private func post(orFresh counter: Office.Counter, in transaction: borrowing Transaction) throws -> CounterPost {
    try CounterPostTable.post(counter.number, in: transaction)
      ?? CounterPost(number: counter.number, state: .open, since: clock.now)
  }

  func close(
    _ counter: Office.Counter, by principal: Principal, hand: (action: TicketAction, detail: ActionDetail)? = nil,
    reason: CloseReason?, in transaction: borrowing Transaction
  ) throws {
    try principal.require(.serve)
    try requireSeat(at: counter, for: principal.officerID, in: transaction)
    if let hand, let ticket = try TicketTable.inHand(of: counter.number, in: transaction) {
      try act(hand.action, on: ticket.id, at: counter, by: principal, hand.detail, in: transaction)
    }
    try refuseHand(of: counter, in: transaction)
    try requireReason(reason, toClose: counter, in: transaction)
    var post = try post(orFresh: counter, in: transaction)
    post.officer = post.officer ?? principal.officerID
    try leave(post, reason: reason, in: transaction)
  }

  /// A supervisor gives the counter other services for now; none for those of the configuration.
  func assign(_ counter: Office.Counter, services: [ServiceCode], by principal: Principal) async throws {
    try principal.require(.hall)
    try await store.write { transaction in
      var post =
        try CounterPostTable.post(counter.number, in: transaction)
        ?? CounterPost(number: counter.number, state: .closed, since: clock.now)
      post.services = services
      try CounterPostTable.save(post, in: transaction)
      try transaction.append(QueueEvent.counter(post))
    }
  }

  /// A supervisor moves the officer of one counter to another.
  ///
  /// - Throws: `Problem` as `open`; `queue.nobody-there` when no officer sits at the first.
  func move(from: Office.Counter, to: Office.Counter, by principal: Principal) async throws {
    let supervisor = try principal.requireOfficer(with: .hall)
    try await store.write { transaction in
      guard let post = try CounterPostTable.post(from.number, in: transaction), let officer = post.officer,
        post.state != .closed
      else { throw Problem(.conflict, "queue.nobody-there", ["counter": String(from.number)]) }
      try seat(officer, at: to, named: post.officerName, languages: post.languages, in: transaction)
      guard officer != supervisor, to.number != from.number else { return }
      try CounterLossTable.save(
        CounterLoss(
          officer: officer, counter: from.number, cause: .moved, by: supervisor, movedTo: to.number, at: clock.now),
        in: transaction)
    }
  }

  private func refuseHand(of counter: Office.Counter, in transaction: borrowing Transaction) throws {
    guard let busy = try TicketTable.inHand(of: counter.number, in: transaction) else { return }
    throw Problem(.conflict, "queue.hand-full", ["number": busy.number])
  }

  /// The day of an open counter is over: it is closed, and the next call opens it.
  func forget(_ post: CounterPost, in transaction: borrowing Transaction) throws {
    if post.state != .closed { try leave(post, losing: .dayEnded, in: transaction) }
    try CounterPostTable.remove(post.number, in: transaction)
  }

  /// The post becomes empty, and those who were sent to it alone may be called by others.
  ///
  /// - Parameters:
  ///   - cause: how its officer lost it; nil for an officer who left.
  ///   - reason: why it is closed; nil where no reason was asked for.
  func leave(
    _ post: CounterPost, losing cause: CounterLoss.Cause? = nil, by principal: OfficerID? = nil,
    reason: CloseReason? = nil, in transaction: borrowing Transaction
  ) throws {
    let officer = post.officer
    if let cause { try noteLoss(of: post, cause, by: principal, in: transaction) }
    let closed = CounterPost(
      number: post.number, state: .closed, since: clock.now, reason: reason?.rawValue, services: post.services)
    try CounterPostTable.save(closed, in: transaction)
    try UndoTable.forget(post.number, in: transaction)
    try transaction.append(QueueEvent.counter(closed))
    try freeLines(in: transaction) { $0 == .counter(post.number) || $0 == officer.map { .officer($0) } }
  }

  /// Keeps, for the officer who sits there, how they lost the counter.
  func noteLoss(
    of post: CounterPost, _ cause: CounterLoss.Cause, by principal: OfficerID?, in transaction: borrowing Transaction
  ) throws {
    guard let officer = post.officer, post.state != .closed else { return }
    try CounterLossTable.save(
      CounterLoss(officer: officer, counter: post.number, cause: cause, by: principal, at: clock.now), in: transaction)
  }

  /// Lets all who were sent to a counter or an officer that has gone be called by every counter.
  func freeLines(in transaction: borrowing Transaction, whereGone hasGone: (TicketTarget) -> Bool) throws {
    for head in try TicketTable.heads(on: zone.date(of: clock.now), in: transaction)
    where head.target.map(hasGone) == true {
      try freeLine(of: head, in: transaction)
    }
  }

  /// Lets all in the line of `head`, which only one counter or officer may call, be called by every counter.
  private func freeLine(of head: TicketRecord, in transaction: borrowing Transaction) throws {
    for ticket in try TicketTable.line(head.line, on: head.day, in: transaction) {
      try act(.transfer, on: ticket.id, at: nil, by: .system("queue"), in: transaction)
    }
  }
}
