import Core

/// The moments from which a day's slots can be booked. Pure.
struct ReleaseTimes: Sendable {
  let rules: AppointmentRules
  let zone: OfficeZone

  /// When a slot can be booked from. The parts of a release follow each other after some minutes, and each has slots
  /// of the whole day. Slots for those who come without an appointment can be had on the day itself.
  func release(of day: CivilDate, _ slip: PlanTable.Slip) -> Instant {
    guard slip.kind != .walkIn else { return zone.instant(day, CivilTime(minuteOfDay: 0)) }
    let release = rules.release
    let part = (slip.halfHour.minuteOfDay / AppointmentRules.halfHourMinutes + slip.number) % release.parts
    let offset = Duration.minutes(part * release.partMinutes)
    return zone.instant(releaseDay(of: day), release.at) + offset
  }

  private func releaseDay(of day: CivilDate) -> CivilDate {
    let ahead = day.adding(days: -rules.release.daysAhead)
    guard let weekday = rules.release.weekday else { return ahead }
    // A whole week comes at once: on the last such weekday that is early enough for the week's Monday.
    let monday = day.adding(days: 1 - day.weekday - rules.release.daysAhead)
    return monday.adding(days: -((monday.weekday - weekday + 7) % 7))
  }
}
