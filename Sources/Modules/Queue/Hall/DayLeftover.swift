import Contracts
import Core
import Forecast
import Store

/// What the end of the days that are over would end: the numbers that are still open on them, and the appointments
/// to which the person did not come.
///
/// A mistyped closing time, or a wrong date that was not noticed, makes it a large part of a day. Then
/// nothing ends by itself: a supervisor looks first (`QueueRules.closeSharePercent`, `QueueRules.closeAlways`).
struct DayLeftover: Sendable, Equatable {
  /// How many are left, of how many there were on the same days.
  struct Part: Sendable, Equatable {
    var left = 0
    var all = 0

    func isMuch(by rules: QueueRules) -> Bool {
      left > rules.closeAlways && left * 100 > all * rules.closeSharePercent
    }
  }

  /// The latest of its days; nil where nothing is left.
  var day: CivilDate?
  var numbers = Part()
  var appointments = Part()

  /// Whether a supervisor has to look before it ends.
  func isMuch(by rules: QueueRules) -> Bool { numbers.isMuch(by: rules) || appointments.isMuch(by: rules) }

  /// What a sysadmin is told.
  var sentence: String {
    """
    \(numbers.left) of \(numbers.all) numbers and \(appointments.left) of \(appointments.all) appointments of the \
    days up to \(day.map { "\($0)" } ?? "now") are still open: check the opening hours and the machine's date; then a \
    supervisor ends them in the console, or `gapura queue close-day --left` does
    """
  }

  /// What is left at that moment.
  ///
  /// - Parameter appointments: nil where none are kept.
  static func read<Database: Queryable & ~Copyable>(
    _ dayEnd: DayEnd, _ appointments: (any HallAppointments)?, at now: Instant, in database: borrowing Database
  ) throws -> DayLeftover {
    let last = dayEnd.latest(at: now)
    let tickets = try TicketTable.open(upTo: last, orAfter: dayEnd.zone.date(of: now), in: database).filter {
      dayEnd.isLeft($0, at: now)
    }
    let missed = try appointments?.missed(before: last.adding(days: 1), in: database) ?? MissedAppointments()
    return DayLeftover(
      day: (tickets.map(\.day) + [missed.day].compactMap { $0 }).max(),
      numbers: Part(left: tickets.count, all: try TicketTable.count(on: Set(tickets.map(\.day)), in: database)),
      appointments: Part(left: missed.left, all: missed.all))
  }
}
