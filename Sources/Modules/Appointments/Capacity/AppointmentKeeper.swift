import Contracts
import Core
import Store

/// Keeps the slots in line with the calendar, and settles what has passed. Each step may be run at any time, by
/// several processes, and again.
struct AppointmentKeeper: Sendable {
  /// Settled in one transaction; more are left to the next round.
  private static let settledCountMax = 500
  /// More than an office has in a week: so many are looked at to tell whether they are much.
  private static let missedCountMax = 5_000

  let booking: BookingContext

  /// Plans every day that can be booked or is announced, and, unless the date is in doubt, settles days that have
  /// passed and draws what is due.
  func tidy(drawing draws: DrawService) async throws {
    try await plan()
    guard booking.clock.doubt == nil else { return }
    try await settle()
    try await forget()
    try await WaitingRoom(booking: booking).begin()
    try await draws.drawAllDue()
  }

  /// Plans the days from today on.
  func plan() async throws {
    let rules = booking.rules.now
    guard rules.isOffered else { return }
    let today = booking.today
    var day = today
    while day <= rules.lastPlannedDay(on: today) {
      let planned = day
      try await booking.store.write { try plan(planned, in: $0) }
      day = day.adding(days: 1)
    }
  }

  /// Plans one day.
  func plan(_ day: CivilDate, in transaction: borrowing Transaction) throws {
    let rules = booking.rules.now
    let now = booking.clock.now
    let times = ReleaseTimes(rules: rules, zone: booking.zone)
    let plan = DayPlan(
      day, spans: booking.openings?.openingTimes(on: day) ?? [], counters: booking.office.counters, rules: rules,
      changes: try PlanTable.changes(on: day, in: transaction)
        + booking.availability.stops(on: day, in: transaction).map(\.change)
        + (booking.availability.closing(of: day, in: transaction) == nil ? [] : [.wholeDay]))
    if try PlanTable.apply(plan, to: day, release: { times.release(of: day, $0) }, in: transaction) {
      try transaction.append(AppointmentEvent.planned(day, slots: plan.slots.count))
    }
    try PlanTable.moveReleases(on: day, at: now, release: { times.release(of: day, $0) }, in: transaction)
  }

  /// Ends holds that were not confirmed and appointments whose day has passed, unless that is so much of the day that
  /// a supervisor has to look first.
  func settle() async throws {
    let missed = try await booking.store.write { transaction -> MissedAppointments? in
      let now = booking.clock.now
      try AppointmentTable.lapseHolds(at: now, limit: Self.settledCountMax, in: transaction)
      guard try booking.queue.mayEndLeftover(in: transaction) else { return nil }
      let first = booking.lastDayOver.adding(days: 1)
      let missed = try AppointmentsInHall(booking: booking).missed(before: first, in: transaction)
      _ = try miss(before: first, in: transaction)
      try AppointmentTable.dropPastClaims(before: first, in: transaction)
      return missed
    }
    if let missed, missed.left > 0 {
      booking.log.notice(
        "appointments of days that are over end as missed",
        ["queue.appointments": String(missed.left), "queue.of": String(missed.all)])
    }
  }

  /// Ends missed appointments of days before `day`, as many as one transaction should.
  ///
  /// - Returns: how many; where it is not zero there may be more.
  func miss(before day: CivilDate, in transaction: borrowing Transaction) throws -> Int {
    let past = try AppointmentTable.past(before: day, limit: Self.settledCountMax, in: transaction)
    for missed in past {
      try AppointmentTable.end(missed, as: .missed, at: booking.clock.now, in: transaction)
      try transaction.append(AppointmentEvent.ended(missed.id, .missed, on: missed.day))
    }
    return past.count
  }

  /// The missed appointments of days before `day`. A person whose appointment the office called off has missed
  /// nothing.
  func missed<Database: Queryable & ~Copyable>(
    before day: CivilDate, in database: borrowing Database
  ) throws -> [Appointment] {
    let bookings = BookingService(booking: booking)
    return try AppointmentTable.past(before: day, limit: Self.missedCountMax, in: database).filter {
      try bookings.callOff(of: $0, in: database) == nil
    }
  }

  /// Deletes what links appointments to people once it is no longer needed.
  func forget() async throws {
    let keep = booking.rules.now.keepPersonDays
    let today = booking.today
    try await booking.store.write { transaction in
      let last = today.adding(days: -keep)
      try AppointmentTable.forgetPeople(
        before: last, booking.zone.instant(last, CivilTime(minuteOfDay: 0)), at: booking.clock.now, in: transaction)
      try DrawTable.forgetPeople(before: last, in: transaction)
      // No one asks for a room of the day before yesterday.
      let rooms = booking.zone.instant(today.adding(days: -1), CivilTime(minuteOfDay: 0))
      try RoomTable.clear(before: rooms, in: transaction)
    }
  }
}
