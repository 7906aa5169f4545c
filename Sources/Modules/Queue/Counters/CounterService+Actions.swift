import Contracts
import Core
import Forecast
import Store

extension CounterService {
  /// Does `action` with the ticket, which the officer saw in hand, or on hold, at the counter.
  ///
  /// - Throws: `Problem` `queue.moved-on` when the ticket is no longer there or its state does not allow the
  ///   action: another officer, or another tab, was faster; `queue.call-again` before enough calls for a no-show;
  ///   `queue.too-late` after the time to come back; `queue.not-yours` for an officer who may not;
  ///   `queue.others-counter` at a counter where another officer sits.
  @discardableResult
  func act(
    _ action: TicketAction, on id: TicketID, at counter: Office.Counter?, by principal: Principal,
    _ detail: ActionDetail = ActionDetail()
  ) async throws -> TicketRecord {
    try await store.write { try act(action, on: id, at: counter, by: principal, detail, in: $0) }
  }

  /// The same, in the caller's transaction.
  @discardableResult
  func act(
    _ action: TicketAction, on id: TicketID, at counter: Office.Counter?, by principal: Principal,
    _ detail: ActionDetail = ActionDetail(), in transaction: borrowing Transaction
  ) throws -> TicketRecord {
    let parts = TicketActor.parts(of: principal)
    guard !parts.isEmpty else { throw Problem(.forbidden, "forbidden") }
    guard let ticket = try TicketTable.ticket(id, in: transaction) else { throw movedOn(nil) }
    let isInHand = ticket.state == .called || ticket.state == .serving
    if let counter { try requireSeat(at: counter, for: principal.officerID, in: transaction) }
    if isInHand, action != .settle, !parts.contains(.holder), ticket.counter != counter?.number {
      throw movedOn(ticket)
    }
    let action = resolved(action, on: ticket)
    guard action != .call, action != .callChosen, let transition = TicketLife.transition(action, in: ticket.state)
    else { throw movedOn(ticket) }
    guard !transition.by.isDisjoint(with: parts) else {
      throw Problem(.forbidden, "queue.not-yours")
    }
    try check(transition, on: ticket, at: counter, by: principal, detail, in: transaction)
    return try perform(transition, on: ticket, at: counter, by: principal, detail, in: transaction)
  }

  /// `finish` ends the step while there are more to come.
  private func resolved(_ action: TicketAction, on ticket: TicketRecord) -> TicketAction {
    action == .finish && ticket.step + 1 < rules.now.stepCount(of: ticket.service) ? .finishStep : action
  }

  // MARK: what must hold besides the table

  private func check(
    _ transition: TicketLife.Transition, on ticket: TicketRecord, at counter: Office.Counter?, by principal: Principal,
    _ detail: ActionDetail, in transaction: borrowing Transaction
  ) throws {
    switch transition.action {
    case .noShow where ticket.state == .called && ticket.calls < rules.now.callsBeforeNoShow:
      throw Problem(
        .conflict, "queue.call-again",
        ["calls": String(ticket.calls), "needed": String(rules.now.callsBeforeNoShow)])
    case .comeBack:
      guard ticket.mayComeBack(at: clock.now, rules: rules.now, zone: zone) else {
        throw Problem(.conflict, "queue.too-late", ["minutes": String(rules.now.comeBackMinutes)])
      }
      try refuseSecond(of: ticket, in: transaction)
    case .resume:
      guard let counter, let officer = principal.officerID else { throw movedOn(ticket) }
      _ = try ready(counter, for: officer, named: nil, in: transaction)
    case .hold where detail.reason == nil: throw Problem(.invalid, "queue.reason-missing")
    // A waiting ticket can be let go from where it was sent.
    case .transfer where detail.service == nil && detail.target == nil && ticket.state != .waiting:
      throw Problem(.invalid, "queue.target-missing")
    case .transfer: try checkTarget(of: detail, in: transaction)
    case .issue, .checkIn, .admit, .call, .callChosen, .recall, .start, .finish, .finishStep, .hold, .release,
      .giveBack, .noShow, .cancel, .withdraw, .settle, .breakPromise, .undo:
      break
    }
  }

  /// A person is sent where no officer serves only when the sender knows it.
  private func checkTarget(of detail: ActionDetail, in transaction: borrowing Transaction) throws {
    if case .counter(let number) = detail.target {
      _ = try self.counter(String(number))
      guard try detail.isConfirmed || CounterPostTable.isAttended(number, in: transaction) else {
        throw Problem(.conflict, "queue.target-unattended", ["counter": String(number)])
      }
    }
    guard let service = detail.service, detail.target == nil, !detail.isConfirmed, let availability else { return }
    let reading = try AvailabilityReading(availability, in: transaction)
    if reading.isStopped(service) { throw Problem(.conflict, "queue.target-stopped") }
    if !reading.isSeated(service) { throw Problem(.conflict, "queue.target-unserved") }
  }

  /// An application has one live ticket a day.
  func refuseSecond(of ticket: TicketRecord, in transaction: borrowing Transaction) throws {
    guard let application = ticket.application,
      let other = try TicketTable.liveTicket(of: application, on: ticket.day, in: transaction), other.id != ticket.id
    else { return }
    throw Problem(.conflict, "queue.has-another", ["number": other.number])
  }

  // MARK: doing it

  private func perform(
    _ transition: TicketLife.Transition, on ticket: TicketRecord, at counter: Office.Counter?, by principal: Principal,
    _ detail: ActionDetail, in transaction: borrowing Transaction
  ) throws -> TicketRecord {
    let moment = max(clock.now, ticket.since)
    var after = ticket.after(transition, detail, at: moment, rules: rules.now)
    if transition.action == .resume, let counter, let officer = principal.officerID {
      after = ticket.called(to: counter.number, by: officer, at: moment)
    }
    try PromiseBook.settle(ticket, by: transition.action, at: moment, in: transaction)
    try save(after, from: ticket, in: transaction)
    let row = try TransitionTable.append(
      transition.action, from: ticket, to: after, at: moment, by: principal, in: transaction)
    var entered: Stage?
    if transition.action == .finish {
      if let application = ticket.application {
        entered = try tracking?.finishVisit(of: application, by: principal, in: transaction)
      }
      try availability?.hooks.tellFinished(after, at: moment, in: transaction)
    }
    if let counter {
      if transition.undo == .restores || transition.undo == .unlessHandedOver && entered?.ending != Stage.Ending.none {
        try UndoTable.remember(
          transition.action, on: ticket, entering: entered?.code, transition: row, at: counter.number, clock.now,
          in: transaction)
      } else {
        try UndoTable.forget(counter.number, in: transaction)
      }
    }
    try transaction.append(QueueEvent.acted(transition.action, on: after, at: ticket.counter))
    return after
  }

  /// Puts people back into line who have been on hold for too long.
  func releaseOverheld(at now: Instant, in transaction: borrowing Transaction) throws {
    for ticket in try TicketTable.overheld(at: now, limit: 50, in: transaction) {
      try act(.release, on: ticket.id, at: nil, by: .system("queue"), in: transaction)
    }
  }

  // MARK: taking back

  /// Takes back the last action at the counter.
  ///
  /// - Parameter transition: the action that the officer saw; nil for the last one, whichever it is.
  /// - Throws: `Problem` `queue.nothing-to-undo` after the time for it, when another has gone on with the ticket or its
  ///   application meanwhile, or when the action cannot be undone; `queue.others-counter`.
  @discardableResult
  func undo(
    _ transition: Int64? = nil, at counter: Office.Counter, by principal: Principal
  ) async throws -> TicketRecord {
    try await store.write { try undo(transition, at: counter, by: principal, in: $0) }
  }

  @discardableResult
  func undo(
    _ transition: Int64? = nil, at counter: Office.Counter, by principal: Principal,
    in transaction: borrowing Transaction
  ) throws -> TicketRecord {
    try principal.require(.serve)
    try requireSeat(at: counter, for: principal.officerID, in: transaction)
    guard let (entry, ticket) = try undoable(at: counter.number, in: transaction),
      transition == nil || transition == entry.transition
    else { throw Problem(.conflict, "queue.nothing-to-undo") }
    let before = entry.restored(ticket)
    try refuseSecond(of: before, in: transaction)
    if before.state == .called || before.state == .serving, let place = before.counter,
      let busy = try TicketTable.inHand(of: place, in: transaction), busy.id != ticket.id
    {
      throw Problem(.conflict, "queue.counter-busy", ["number": busy.number])
    }
    if let application = ticket.application, let stage = entry.stage {
      guard
        try tracking?.takeBackVisit(of: application, entering: stage, by: principal, in: transaction) == true
      else { throw Problem(.conflict, "queue.nothing-to-undo") }
    }
    if before.state == .waiting, let calledAt = ticket.calledAt {
      try PromiseTable.takeBackCall(ticket.id, of: calledAt, in: transaction)
    }
    try save(before, from: ticket, in: transaction)
    try TransitionTable.append(
      .undo, from: ticket, to: before, at: max(clock.now, ticket.since), by: principal, in: transaction)
    try UndoTable.forget(counter.number, in: transaction)
    try transaction.append(QueueEvent.acted(.undo, on: before, at: counter.number))
    return before
  }

  /// What could be taken back now at a counter.
  func undoable<Database: Queryable & ~Copyable>(
    at counter: Int, in database: borrowing Database
  ) throws -> (UndoTable.Entry, TicketRecord)? {
    guard let entry = try UndoTable.entry(of: counter, in: database),
      clock.now - entry.at <= .seconds(rules.now.undoSeconds),
      try TransitionTable.latest(of: entry.ticket, in: database) == entry.transition,
      let ticket = try TicketTable.ticket(entry.ticket, in: database)
    else { return nil }
    return (entry, ticket)
  }
}
