import Contracts
import Core

/// How appointments are given out, as `appointments.json5` says it.
struct AppointmentRules: Sendable, Equatable {
  /// The least stretch of time for which slots are counted.
  static let halfHourMinutes = 30
  /// Express slots a day at most, in percent of all (SE IMI-1635.GR.01.01/2019).
  static let expressPercentMax = 30

  /// What a service takes and gets of a counter's time.
  struct Service: Sendable, Equatable {
    let code: ServiceCode
    /// How long one visit takes at the counter.
    let minutes: Int
    /// Against the other services of the same counter.
    let weight: Int
    let takesExpress: Bool
  }

  /// The counters that work in a stretch of the week.
  struct CounterHours: Sendable, Equatable {
    /// 1 for Monday.
    let weekdays: Set<Int>
    let span: OpeningSpan
    let counters: Set<Int>
  }

  /// Parts of a day's slots, in percent; the rest is booked on the web.
  struct Shares: Sendable, Equatable {
    var walkIn = 20
    var priority = 15
    var express = 10
  }

  /// When slots can be booked from.
  struct Release: Sendable, Equatable {
    /// The weekday, 1 for Monday, on which a whole week is released; nil for a day each day.
    var weekday: Int?
    var at = CivilTime(minuteOfDay: 8 * 60)
    var daysAhead = 14
    var parts = 1
    var partMinutes = 10
  }

  /// The room in front of a release.
  struct WaitingRoom: Sendable, Equatable {
    var admitPerMinute = 300
    var opensMinutesBefore = 30
    var lastsMinutes = 60
    var admissionMinutes = 15
  }

  var services: [Service] = []
  var counterHours: [CounterHours] = []
  var shares = Shares()
  var expressUntil = CivilTime(minuteOfDay: 10 * 60)
  var release = Release()
  var holdMinutes = 10
  /// Times that are kept for one person without being confirmed, within so many minutes.
  var holdsMax = 10
  var holdsWithinMinutes = 60
  var partyMax = 6
  var spreadMinutes = 60
  var movesMax = 1
  var moveDaysBefore = 1
  var earlyMinutes = 30
  var lateMinutes = 15
  var coolingMinutes = 5...120
  var waitingRoom: WaitingRoom?
  var keepPersonDays = 30

  /// No appointments: nothing can be booked.
  static let none = AppointmentRules()

  var isOffered: Bool { !services.isEmpty }

  func service(_ code: ServiceCode) -> Service? { services.first { $0.code == code } }

  /// Whether a counter works at a time; it does where nothing is said about the time.
  func works(_ counter: Int, on day: CivilDate, at time: CivilTime) -> Bool {
    let said = counterHours.filter { hours in
      hours.weekdays.contains(day.weekday) && hours.span.from <= time && time < hours.span.to
    }
    return said.isEmpty || said.contains { $0.counters.contains(counter) }
  }

  /// The last day whose slots are planned: what the next releases will bring is known beforehand.
  func lastPlannedDay(on today: CivilDate) -> CivilDate { today.adding(days: release.daysAhead + 8) }
}
