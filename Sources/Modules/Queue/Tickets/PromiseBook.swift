import Contracts
import Core
import Store

/// Writes down what becomes of promises: in the transaction in which a ticket leaves its line, and when the time of
/// one passes while its holder waits.
enum PromiseBook {
  /// Noticed in one transaction; more are left to the next.
  private static let noticedCountMax = 500

  /// What a ticket that leaves the state `waiting` means for the promise to its holder.
  ///
  /// The promise to a person who leaves in time is not broken; that to one who is sent home before the call is, also when
  /// the promised time lies ahead.
  static func settle(
    _ ticket: TicketRecord, by action: TicketAction, at now: Instant, in transaction: borrowing Transaction
  ) throws {
    guard ticket.state == .waiting, let promise = try PromiseTable.promise(to: ticket.id, in: transaction),
      promise.isAwaited
    else { return }
    let isInTime = PromiseRule.isKept(promise.calledBy, calledAt: now)
    if promise.isOpen, !isInTime || action == .settle { try notice(promise, of: ticket, at: now, in: transaction) }
    switch action {
    case .call, .callChosen: try PromiseTable.markCalled(ticket.id, at: now, in: transaction)
    case .cancel, .withdraw, .settle: try PromiseTable.markLeft(ticket.id, at: now, in: transaction)
    case .issue, .checkIn, .admit, .recall, .start, .finish, .finishStep, .hold, .resume, .release, .transfer,
      .giveBack, .noShow, .comeBack, .breakPromise, .undo:
      break
    }
  }

  /// Takes notice of every promise whose time has passed.
  ///
  /// - Returns: how many were broken.
  static func noticeBroken(at now: Instant, in transaction: borrowing Transaction) throws -> Int {
    let unnoticed = try PromiseTable.unnoticed(at: now, limit: noticedCountMax, in: transaction)
    for promise in unnoticed {
      guard let ticket = try TicketTable.ticket(promise.ticket, in: transaction) else { continue }
      try notice(promise, of: ticket, at: now, in: transaction)
    }
    return unnoticed.count
  }

  private static func notice(
    _ promise: PromiseTable.Promise, of ticket: TicketRecord, at now: Instant, in transaction: borrowing Transaction
  ) throws {
    try PromiseTable.markBroken(ticket.id, at: now, in: transaction)
    try TransitionTable.append(
      .breakPromise, from: ticket, to: ticket, at: max(now, ticket.since), by: .system("queue"), in: transaction)
    try transaction.append(QueueEvent.acted(.breakPromise, on: ticket, at: nil))
  }
}

extension TicketPromise {
  /// What a holder who waits is told; nil once they have been called for the first time.
  init?(_ promise: PromiseTable.Promise, at now: Instant, zone: OfficeZone) {
    guard promise.isAwaited else { return nil }
    let time = zone.time(of: promise.calledBy)
    let isBroken = promise.brokenAt != nil || !PromiseRule.isKept(promise.calledBy, calledAt: now)
    self = isBroken ? .broken(time) : .calledBy(time)
  }
}
