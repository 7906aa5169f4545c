import Contracts
import Core
import Store

/// Keeps the places in line with the calendar, and settles what has passed. Each step may be run at any time, by
/// several processes, and again.
struct AppointmentKeeper: Sendable {
  /// Settled in one transaction; more are left to the next round.
  private static let settledCountMax = 500
  /// More than an office has in a week: so many are looked at to tell whether they are much.
  private static let missedCountMax = 5_000

  let house: AppointmentHouse

  /// Plans every day that can be booked or is announced, and, where nobody doubts the date, settles days that have passed.
  func tidy() async throws {
    try await plan()
    guard house.clock.doubt == nil else { return }
    try await settle()
    try await forget()
    try await WaitingRoom(house: house).begin()
    try await DrawDesk(house: house).drawAllDue()
  }

  /// Plans the days from today on.
  func plan() async throws {
    let rules = house.rules.now
    guard rules.isOffered else { return }
    let today = house.today
    var day = today
    while day <= rules.lastPlannedDay(on: today) {
      let planned = day
      try await house.store.write { try plan(planned, in: $0) }
      day = day.adding(days: 1)
    }
  }

  /// Plans one day.
  func plan(_ day: CivilDate, in transaction: borrowing Transaction) throws {
    let rules = house.rules.now
    let now = house.clock.now
    let times = ReleaseTimes(rules: rules, zone: house.zone)
    let plan = DayPlan(
      day, spans: house.openings?.openingTimes(on: day) ?? [], counters: house.office.counters, rules: rules,
      changes: try PlanTable.changes(on: day, in: transaction)
        + StopTable.inForce(on: day, in: transaction).map(\.change)
        + (ClosedDayTable.closedAt(day, in: transaction) == nil ? [] : [.wholeDay]))
    if try PlanTable.apply(plan, to: day, release: { times.release(of: day, $0) }, in: transaction) {
      try transaction.append(AppointmentEvent.planned(day, places: plan.places.count))
    }
    try PlanTable.moveReleases(on: day, at: now, release: { times.release(of: day, $0) }, in: transaction)
  }

  /// Ends holds that were not confirmed and appointments whose day has passed, unless that is so much of the day that
  /// somebody has to look first.
  func settle() async throws {
    try await house.store.write { transaction in
      let now = house.clock.now
      try AppointmentTable.lapseHolds(at: now, limit: Self.settledCountMax, in: transaction)
      if let dayEnd = house.dayEnd {
        let leftover = try DayLeftover.read(dayEnd, house, at: now, in: transaction)
        guard !leftover.isMuch(by: dayEnd.rules.now) else { return }
        if leftover.appointments.left > 0 {
          house.log.notice(
            "appointments of days that are over will end as missed",
            ["queue.appointments": String(leftover.appointments.left), "queue.of": String(leftover.appointments.all)])
        }
      }
      let first = house.lastDayOver.adding(days: 1)
      _ = try miss(before: first, in: transaction)
      try AppointmentTable.dropPastClaims(before: first, in: transaction)
    }
  }

  /// Ends appointments of days before `day` that nobody came for, so many as one transaction should.
  ///
  /// - Returns: how many; where it is not zero there may be more.
  func miss(before day: CivilDate, in transaction: borrowing Transaction) throws -> Int {
    let past = try AppointmentTable.past(before: day, limit: Self.settledCountMax, in: transaction)
    for missed in past {
      try AppointmentTable.end(missed, as: .missed, at: house.clock.now, in: transaction)
      try transaction.append(AppointmentEvent.ended(missed.id, .missed, on: missed.day))
    }
    return past.count
  }

  /// The appointments of days before `day` that nobody came for. Whose appointment the office called off has missed
  /// nothing.
  func missed<Database: Queryable & ~Copyable>(
    before day: CivilDate, in database: borrowing Database
  ) throws -> [Appointment] {
    let desk = BookingDesk(house: house)
    return try AppointmentTable.past(before: day, limit: Self.missedCountMax, in: database).filter {
      try desk.callOff(of: $0, in: database) == nil
    }
  }

  /// Deletes what links appointments to people once it is no longer needed.
  func forget() async throws {
    let keep = house.rules.now.keepPersonDays
    let today = house.today
    try await house.store.write { transaction in
      let last = today.adding(days: -keep)
      try AppointmentTable.forgetPeople(
        before: last, house.zone.instant(last, CivilTime(minuteOfDay: 0)), at: house.clock.now, in: transaction)
      try DrawTable.forgetPeople(before: last, in: transaction)
      // Nobody asks for a room of the day before yesterday.
      let rooms = house.zone.instant(today.adding(days: -1), CivilTime(minuteOfDay: 0))
      try RoomTable.clear(before: rooms, in: transaction)
    }
  }
}
