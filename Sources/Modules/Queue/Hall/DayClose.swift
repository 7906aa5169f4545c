import Contracts
import Core
import Forecast
import Store

/// Settles what is still open when a day ends, so that no ticket hangs in the air. Done twice it does nothing more.
struct DayClose: Sendable {
  /// How many tickets were settled, and how.
  struct Settlement: Sendable, Equatable {
    var cancelled = 0
    var noShow = 0
    /// Appointments to which the person did not come.
    var missed = 0
    /// What was too much of its days to end by itself (`QueueRules.closeSharePercent`): then nothing was settled.
    var waiting: DayLeftover?
    /// The tickets.
    var total: Int { cancelled + noShow }
  }

  let counters: CounterService

  /// Settles every open ticket of `day` and of the days before it, and closes the counters. From then on the day is over
  /// for every face: no page invites to take a number.
  @discardableResult
  func close(_ day: CivilDate, by principal: Principal) async throws -> Settlement {
    try await counters.store.write { try close(day, by: principal, in: $0) }
  }

  @discardableResult
  func close(_ day: CivilDate, by principal: Principal, in transaction: borrowing Transaction) throws -> Settlement {
    try principal.require(.hall)
    let settlement = try settle(upTo: day, by: principal, in: transaction) { _ in true }
    let isNew = try hasBegun(day) && ClosedDayTable.close(day, at: counters.clock.now, in: transaction)
    let seated = try CounterPostTable.seated(in: transaction)
    for post in seated {
      if let officer = principal.officerID {
        if post.officer != officer { try counters.noteLoss(of: post, .dayClosed, by: officer, in: transaction) }
      } else {
        try counters.noteLoss(of: post, .dayEnded, by: nil, in: transaction)
      }
    }
    try CounterPostTable.clear(in: transaction)
    if isNew || settlement.total > 0 || !seated.isEmpty {
      try transaction.append(QueueEvent.dayEnded(day, settled: settlement.total))
    }
    // What is left of a closed day cannot be booked.
    if isNew { try counters.availability?.hooks.tellHours(of: day, in: transaction) }
    return settlement
  }

  /// What `close` would settle now: a mistyped command is no better than a mistyped closing time.
  func open(upTo day: CivilDate) async throws -> DayLeftover {
    let today = counters.zone.date(of: counters.clock.now)
    return try await counters.store.read { database in
      let days = try TicketTable.open(upTo: day, orAfter: today, in: database).map(\.day)
      return DayLeftover(
        day: days.max(),
        numbers: DayLeftover.Part(left: days.count, all: try TicketTable.count(on: Set(days), in: database)))
    }
  }

  /// Takes the close of a day back: it is open again as the calendar says. What was settled stays settled.
  func reopen(_ day: CivilDate, by principal: Principal) async throws {
    try principal.require(.hall)
    try await counters.store.write { transaction in
      guard try ClosedDayTable.reopen(day, in: transaction) else { return }
      try transaction.append(QueueEvent.dayReopened(day))
      try counters.availability?.hooks.tellHours(of: day, in: transaction)
    }
  }

  /// A supervisor who tidies up before the office opens ends the day before; the one to come stays open.
  private func hasBegun(_ day: CivilDate) -> Bool {
    guard let first = counters.availability?.openings?.openingTimes(on: day).first else { return true }
    return counters.zone.instant(day, first.from) <= counters.clock.now
  }

  /// Settles what the days that are over have left behind, also where they were not closed at the time, and closes
  /// the counters that were left open; what is in an officer's hand is left to them for a while.
  /// What is too much of its days is left alone.
  ///
  /// - Parameter say: is told what will be settled, before it is.
  @discardableResult
  func catchUp(_ dayEnd: DayEnd, say: @Sendable (DayLeftover) -> Void = { _ in }) async throws -> Settlement {
    let now = counters.clock.now
    let appointments = counters.availability?.hooks.appointments
    let isPostLeft = { @Sendable (post: CounterPost) in dayEnd.isOver(since: post.since, at: now) }
    let (leftover, isPostOpen) = try await counters.store.read { database in
      (
        try DayLeftover.read(dayEnd, appointments, at: now, in: database),
        try CounterPostTable.all(in: database).contains(where: isPostLeft)
      )
    }
    guard !leftover.isMuch(by: dayEnd.rules.now) else {
      return Settlement(waiting: leftover)
    }
    guard leftover.numbers.left > 0 || isPostOpen else { return Settlement() }
    if leftover.numbers.left > 0 { say(leftover) }
    return try await counters.store.write { transaction in
      let settlement = try settleLeft(dayEnd, at: now, by: .system("queue"), in: transaction)
      for post in try CounterPostTable.all(in: transaction) where isPostLeft(post) {
        guard try TicketTable.inHand(of: post.number, in: transaction) == nil else { continue }
        try counters.forget(post, in: transaction)
      }
      return settlement
    }
  }

  /// Ends what was too much to end by itself, now that a supervisor has looked. The counters stay as they are. A second one
  /// finds nothing left.
  @discardableResult
  func endLeftover(_ dayEnd: DayEnd, by principal: Principal) async throws -> Settlement {
    try principal.require(.hall)
    let now = counters.clock.now
    let appointments = counters.availability?.hooks.appointments
    return try await counters.store.write { transaction in
      var settlement = try settleLeft(dayEnd, at: now, by: principal, in: transaction)
      if let appointments {
        let first = dayEnd.latest(at: now).adding(days: 1)
        var missed = try appointments.endMissed(before: first, in: transaction)
        while missed > 0 {
          settlement.missed += missed
          missed = try appointments.endMissed(before: first, in: transaction)
        }
      }
      return settlement
    }
  }

  private func settleLeft(
    _ dayEnd: DayEnd, at now: Instant, by principal: Principal, in transaction: borrowing Transaction
  ) throws -> Settlement {
    let day = dayEnd.latest(at: now)
    let settlement = try settle(upTo: day, by: principal, in: transaction) { dayEnd.isLeft($0, at: now) }
    if settlement.total > 0 { try transaction.append(QueueEvent.dayEnded(day, settled: settlement.total)) }
    return settlement
  }

  private func settle(
    upTo day: CivilDate, by principal: Principal, in transaction: borrowing Transaction,
    where isWanted: (TicketRecord) -> Bool
  ) throws -> Settlement {
    var settlement = Settlement()
    let today = counters.zone.date(of: counters.clock.now)
    for ticket in try TicketTable.open(upTo: day, orAfter: today, in: transaction) where isWanted(ticket) {
      let settled = try counters.act(
        .settle, on: ticket.id, at: nil, by: principal, ActionDetail(reason: TicketEnding.dayEnded.rawValue),
        in: transaction)
      if settled.state == .noShow { settlement.noShow += 1 } else { settlement.cancelled += 1 }
    }
    return settlement
  }
}
