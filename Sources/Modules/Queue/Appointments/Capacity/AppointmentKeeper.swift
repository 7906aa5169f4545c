import Contracts
import Core
import Store

/// Keeps the places in line with the calendar, and settles what has passed. Each step may be run at any time, by
/// several processes, and again.
struct AppointmentKeeper: Sendable {
  /// Settled in one transaction; more are left to the next round.
  private static let settledCountMax = 500

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

  /// Ends holds that were not confirmed and appointments whose day has passed.
  func settle() async throws {
    try await house.store.write { transaction in
      let now = house.clock.now
      let first = house.lastDayOver.adding(days: 1)
      try AppointmentTable.lapseHolds(at: now, limit: Self.settledCountMax, in: transaction)
      for missed in try AppointmentTable.past(before: first, limit: Self.settledCountMax, in: transaction) {
        try AppointmentTable.end(missed, as: .missed, at: now, in: transaction)
        try transaction.append(AppointmentEvent.ended(missed.id, .missed, on: missed.day))
      }
      try AppointmentTable.dropPastClaims(before: first, in: transaction)
    }
  }

  /// Deletes what links appointments to people once it is no longer needed.
  func forget() async throws {
    let keep = house.rules.now.keepPersonDays
    let today = house.today
    try await house.store.write { transaction in
      let last = today.adding(days: -keep)
      try AppointmentTable.forgetPeople(
        before: last, house.zone.instant(last, CivilTime(minuteOfDay: 0)), in: transaction)
      try DrawTable.forgetPeople(before: last, in: transaction)
      // Nobody asks for a room of the day before yesterday.
      let rooms = house.zone.instant(today.adding(days: -1), CivilTime(minuteOfDay: 0))
      try RoomTable.clear(before: rooms, in: transaction)
    }
  }
}
