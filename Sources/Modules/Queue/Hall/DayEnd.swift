import Contracts
import Core
import Forecast

/// When a day of the hall is over: the one place that decides it, for tickets, appointments and counters alike.
///
/// A day ends some time after the office has closed, so that holders of a number at closing are still served; a day on
/// which the office does not open ends at midnight.
struct DayEnd: Sendable {
  /// What lies in an officer's hand when the day ends is finished there; so long after it came there, it will not be any
  /// more.
  private static let handMax = Duration.hours(4)

  /// nil without opening hours: then every day ends at midnight.
  let openings: (any OpeningTimesService)?
  let zone: OfficeZone
  let rules: RulesInForce

  /// The latest day that is over. Days before it are over too.
  func latest(at now: Instant) -> CivilDate {
    var day = zone.date(of: now)
    // Only a long grace reaches into the next day, and never beyond that.
    while now < end(of: day) { day = day.adding(days: -1) }
    return day
  }

  /// Whether the day on which something began is over for it. What begins after the end of its day, by an officer who
  /// works on, has until midnight. A day that is still to come was never there: it began while the date was wrong.
  func isOver(since begin: Instant, at now: Instant) -> Bool {
    let (day, today) = (zone.date(of: begin), zone.date(of: now))
    return day < today || day > today && begin.isYetToCome(at: now) || begin < end(of: day) && end(of: day) <= now
  }

  /// Whether an open ticket ends because its day is over. What an officer has called or serves is left to them for a
  /// while.
  func isLeft(_ ticket: TicketRecord, at now: Instant) -> Bool {
    let isInHand =
      (ticket.state == .called || ticket.state == .serving) && now - ticket.since < Self.handMax
      && !ticket.since.isYetToCome(at: now)
    return isOver(since: ticket.issuedAt, at: now) && !isInHand
  }

  /// When today will be over, once the office has closed; nil before, and afterwards.
  func comingEnd(at now: Instant) -> Instant? {
    let today = zone.date(of: now)
    guard let closing = openings?.openingTimes(on: today).last?.to else { return nil }
    let end = end(of: today)
    return zone.instant(today, closing) <= now && now < end ? end : nil
  }

  /// When `day` is, or was, over.
  func end(of day: CivilDate) -> Instant {
    let midnight = zone.instant(day.adding(days: 1), CivilTime(minuteOfDay: 0))
    guard let closing = openings?.openingTimes(on: day).last?.to else { return midnight }
    return min(midnight, zone.instant(day, closing) + .minutes(rules.now.closeGraceMinutes))
  }
}
