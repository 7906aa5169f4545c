import Contracts
import Core
import Expectations
import XCTest

@testable import Forecast

/// The decision at all its edges: no store, no clock, only what is handed in.
final class AvailabilityRuleTests: XCTestCase {
  private let rule = AvailabilityRule(admission: QueueRules.Admission())
  private let next = NextOpening(day: CivilDate(dayNumber: 20_781), time: CivilTime(minuteOfDay: 8 * 60))
  private let weekday = AvailabilityRule.Day(hours: [span("08:00", "12:00"), span("13:00", "16:00")], closure: nil)
  private let friday = AvailabilityRule.Day(hours: [span("08:00", "11:30"), span("13:00", "16:30")], closure: nil)
  private let attended = AvailabilityRule.Counters(isServable: true, seated: [2], calling: [2])
  private let pausing = AvailabilityRule.Counters(isServable: true, seated: [2], calling: [], pause: .prayer)
  private let empty = AvailabilityRule.Counters(isServable: true, seated: [], calling: [])

  private func decide(
    _ time: String, on day: AvailabilityRule.Day?, _ counters: AvailabilityRule.Counters, stops: [ServiceStop] = []
  ) -> Availability {
    rule.decide(at: clock(time), on: day, stops: stops, counters: counters) { next }
  }

  // MARK: the day

  func testBeforeTheDoorFillsNoNumbersAreGivenAndFromThenOnTheyAreWithoutAnEstimate() {
    let early = Availability.beforeOpening(at: clock("08:00"), numbersFrom: clock("07:30"))
    XCTAssertEqual(decide("05:30", on: weekday, empty), early)
    XCTAssertEqual(decide("07:29", on: weekday, empty), early)
    XCTAssertEqual(decide("07:29", on: weekday, attended), early)
    XCTAssertFalse(early.takesNumbers)
    let soon = decide("07:30", on: weekday, empty)
    XCTAssertEqual(soon, .openingSoon(at: clock("08:00")))
    XCTAssertTrue(soon.takesNumbers)
    XCTAssertFalse(soon.givesEstimates)
  }

  func testACounterThatCallsBeforeTheHourServes() {
    XCTAssertEqual(decide("07:59", on: weekday, attended), .open(counters: [2], until: clock("16:00")))
  }

  func testAMinuteBeforeOpeningIsSoonAndTheMinuteOfOpeningIsOpen() {
    XCTAssertEqual(decide("07:59", on: weekday, empty), .openingSoon(at: clock("08:00")))
    XCTAssertEqual(decide("08:00", on: weekday, empty), .unattended(until: clock("16:00")))
    XCTAssertEqual(decide("08:00", on: weekday, attended), .open(counters: [2], until: clock("16:00")))
    XCTAssertEqual(decide("08:01", on: weekday, attended), .open(counters: [2], until: clock("16:00")))
  }

  func testWithoutACounterNumbersAreGivenWithoutAnEstimateAndItAlarms() {
    let availability = decide("09:00", on: weekday, empty)
    XCTAssertTrue(availability.takesNumbers)
    XCTAssertFalse(availability.givesEstimates)
    XCTAssertFalse(availability.isServing)
    XCTAssertTrue(availability.isAlarming)
  }

  /// An officer who pauses calls no number: no person is told to get ready, and a number is given nevertheless.
  func testWhereAllCountersPauseNobodyIsCalled() {
    let pause = decide("09:00", on: weekday, pausing)
    XCTAssertEqual(pause, .paused(cause: .prayer, counters: [2], until: clock("16:00")))
    XCTAssertTrue(pause.takesNumbers && pause.takesArrivals && pause.givesEstimates)
    XCTAssertFalse(pause.isServing || pause.isAlarming)
    XCTAssertEqual(decide("07:40", on: weekday, pausing), .openingSoon(at: clock("08:00")))
    let told = { [rule, next, weekday] (counters: AvailabilityRule.Counters) in
      rule.decide(at: clock("15:50"), on: weekday, stops: [], counters: counters, isWaiting: true) { next }
    }
    XCTAssertEqual(told(pausing), pause, "who has a number is told of the pause, not of the last admission")
    XCTAssertEqual(told(empty), .unattended(until: clock("16:00")))
    XCTAssertEqual(told(attended), .pastAdmission(closesAt: clock("16:00"), cause: .time, next: next))
  }

  func testTheBreakAtNoonIsABreakAndNobodyIsAlarmed() {
    XCTAssertEqual(decide("11:59", on: weekday, attended), .open(counters: [2], until: clock("16:00")))
    let noon = decide("12:00", on: weekday, pausing)
    XCTAssertEqual(noon, .onBreak(resumesAt: clock("13:00"), counters: [2]))
    XCTAssertTrue(noon.takesNumbers && noon.givesEstimates && !noon.isAlarming)
    let deserted = decide("12:59", on: weekday, empty)
    XCTAssertEqual(deserted, .onBreak(resumesAt: clock("13:00"), counters: []))
    XCTAssertTrue(deserted.takesNumbers && !deserted.givesEstimates && !deserted.isAlarming)
    XCTAssertEqual(decide("13:00", on: weekday, attended), .open(counters: [2], until: clock("16:00")))
  }

  func testACounterThatCallsThroughTheBreakServes() {
    let working = AvailabilityRule.Counters(isServable: true, seated: [2, 3], calling: [3])
    XCTAssertEqual(decide("12:20", on: weekday, working), .open(counters: [2, 3], until: clock("16:00")))
  }

  func testOnFridayTheBreakIsLongerAndTheDayEndsLater() {
    XCTAssertEqual(decide("11:30", on: friday, pausing), .onBreak(resumesAt: clock("13:00"), counters: [2]))
    XCTAssertEqual(decide("16:14", on: friday, attended), .open(counters: [2], until: clock("16:30")))
    XCTAssertEqual(
      decide("16:15", on: friday, attended), .pastAdmission(closesAt: clock("16:30"), cause: .time, next: next))
  }

  func testTheLastAdmissionIsAQuarterOfAnHourBeforeClosing() {
    XCTAssertEqual(decide("15:44", on: weekday, attended), .open(counters: [2], until: clock("16:00")))
    for time in ["15:45", "15:46", "15:59"] {
      let late = decide(time, on: weekday, attended)
      XCTAssertEqual(late, .pastAdmission(closesAt: clock("16:00"), cause: .time, next: next), time)
      XCTAssertFalse(late.takesNumbers, time)
      XCTAssertTrue(late.takesArrivals, "an appointment is still kept at \(time)")
    }
    XCTAssertEqual(
      decide("15:50", on: weekday, empty), .pastAdmission(closesAt: clock("16:00"), cause: .time, next: next))
  }

  func testFromClosingOnItIsOver() {
    for time in ["16:00", "20:00", "23:59"] {
      XCTAssertEqual(decide(time, on: weekday, attended), .over(next: next), time)
      XCTAssertFalse(decide(time, on: weekday, attended).takesArrivals, time)
    }
  }

  // MARK: closed days

  func testADayOfTheWeekWithoutHoursIsClosedWithoutAReason() {
    let sunday = AvailabilityRule.Day(hours: [], closure: nil)
    for time in ["00:00", "09:00", "23:59"] {
      XCTAssertEqual(decide(time, on: sunday, attended), .closed(reason: nil, next: next), time)
    }
  }

  func testAHolidayAndACollectiveLeaveAreClosedByTheirNames() {
    for name in ["Kelahiran Yesus Kristus (Natal)", "Cuti bersama"] {
      let text = LocalizedText(inEveryLanguage: name)
      let day = AvailabilityRule.Day(hours: [], closure: text)
      XCTAssertEqual(decide("09:00", on: day, attended), .closed(reason: text, next: next))
    }
  }

  // MARK: the counters

  func testWhatNoCounterCanServeIsNotOffered() {
    let nobody = AvailabilityRule.Counters(isServable: false, seated: [], calling: [])
    XCTAssertEqual(decide("09:00", on: weekday, nobody), .unservable)
    XCTAssertFalse(Availability.unservable.takesNumbers)
  }

  func testWithoutACalendarTheCountersDecide() {
    XCTAssertEqual(decide("03:00", on: nil, attended), .open(counters: [2], until: nil))
    XCTAssertEqual(decide("03:00", on: nil, empty), .unattended(until: nil))
  }

  // MARK: stops

  func testClosingEarlyMovesTheLastAdmissionAndThenStops() {
    let early = [stop("14:00", "24:00")]
    XCTAssertEqual(decide("13:44", on: weekday, attended, stops: early), .open(counters: [2], until: clock("14:00")))
    XCTAssertEqual(
      decide("13:45", on: weekday, attended, stops: early),
      .pastAdmission(closesAt: clock("14:00"), cause: .time, next: next))
    for time in ["14:00", "15:59"] {
      XCTAssertEqual(
        decide(time, on: weekday, attended, stops: early), .stopped(reason: power, resumesAt: nil, next: next), time)
    }
    XCTAssertEqual(decide("16:00", on: weekday, attended, stops: early), .over(next: next))
  }

  func testOpeningLateIsSaidFromBeforeTheUsualHour() {
    let late = [stop("00:00", "10:00")]
    for time in ["05:30", "07:45", "08:00", "09:59"] {
      XCTAssertEqual(
        decide(time, on: weekday, attended, stops: late),
        .stopped(reason: power, resumesAt: clock("10:00"), next: nil), time)
    }
    XCTAssertEqual(decide("10:00", on: weekday, attended, stops: late), .open(counters: [2], until: clock("16:00")))
  }

  func testAStopForAWhileEndsAtItsMinute() {
    let pause = [stop("09:00", "09:30")]
    XCTAssertEqual(decide("08:59", on: weekday, attended, stops: pause), .open(counters: [2], until: clock("16:00")))
    XCTAssertEqual(
      decide("09:00", on: weekday, attended, stops: pause),
      .stopped(reason: power, resumesAt: clock("09:30"), next: nil))
    XCTAssertEqual(decide("09:30", on: weekday, attended, stops: pause), .open(counters: [2], until: clock("16:00")))
  }

  func testAStopIntoTheBreakResumesAfterTheBreak() {
    XCTAssertEqual(
      decide("11:45", on: weekday, attended, stops: [stop("11:00", "12:30")]),
      .stopped(reason: power, resumesAt: clock("13:00"), next: nil))
    XCTAssertEqual(
      decide("12:15", on: weekday, pausing, stops: [stop("11:00", "12:30")]),
      .onBreak(resumesAt: clock("13:00"), counters: [2]))
  }

  func testAStopOnAClosedDayLeavesTheHolidayItsName() {
    let name = LocalizedText([.indonesian: "Natal", .english: "Christmas"])
    XCTAssertEqual(
      decide("09:00", on: AvailabilityRule.Day(hours: [], closure: name), attended, stops: [stop("00:00", "24:00")]),
      .closed(reason: name, next: next))
  }

  func testOfStopsThatOverlapTheOneThatEndsLastGivesTheReason() {
    let flood = StopReason(cause: .weather)
    let short = stop("09:00", "10:00")
    let long = stop(minutes: 9 * 60 + 30, 11 * 60, id: 2, flood)
    for stops in [[short, long], [long, short]] {
      for time in ["09:00", "09:45", "10:30"] {
        XCTAssertEqual(
          decide(time, on: weekday, attended, stops: stops),
          .stopped(reason: flood, resumesAt: clock("11:00"), next: nil), time)
      }
      XCTAssertEqual(
        decide("09:45", on: nil, attended, stops: stops),
        .stopped(reason: flood, resumesAt: clock("11:00"), next: nil), "without a calendar")
    }
    let apart = stop(minutes: 15 * 60, 16 * 60, id: 3, flood)
    XCTAssertEqual(
      decide("09:15", on: weekday, attended, stops: [short, apart]),
      .stopped(reason: power, resumesAt: clock("10:00"), next: nil), "one that comes later says nothing of now")
    XCTAssertEqual(
      ServiceStop.decisive(among: [stop(minutes: 540, 660, id: 4, power), stop(minutes: 600, 660, id: 5, flood)])?
        .reason,
      flood, "of two that end together the later one was made knowing the first")
  }

  func testAStopThatLastsBeyondClosingTimeIsStillSaidThen() {
    let planned = NextOpening(day: CivilDate(dayNumber: 20_779), time: clock("08:00"))
    for day in [weekday, AvailabilityRule.Day(hours: [], closure: nil)] {
      let decided = { (opening: NextOpening?) in
        self.rule.decide(
          at: clock("20:00"), on: day, stops: [self.stop("00:00", "24:00")], counters: self.attended,
          tomorrow: { self.next }, planned: { opening })
      }
      XCTAssertEqual(decided(planned), .stopped(reason: power, resumesAt: nil, next: next))
      XCTAssertFalse(decided(next).isStopped, "one that is over by then has nothing to say")
    }
  }

  func testADayThatIsClosedIsOverWhateverItsHours() {
    for day in [weekday, nil] {
      let decided = rule.decide(
        at: clock("09:00"), on: day, isDayClosed: true, stops: [], counters: attended, tomorrow: { self.next })
      XCTAssertEqual(decided, .over(next: next))
    }
  }

  func testStretchesWithoutStopsNeverOverlapAStopNorLeaveTheHours() {
    let seed = TestSeed.drawn()
    let random = SeededRandom(seed: seed)
    for _ in 0..<500 {
      let stops = (0..<random.below(4)).map { _ -> ServiceStop in
        let from = random.below(1439)
        return stop(minutes: from, from + 1 + random.below(1440 - from))
      }
      let left = AvailabilityRule.open(weekday.hours, without: stops)
      for minute in 0..<1440 {
        let time = CivilTime(minuteOfDay: minute)
        let isOpen = left.contains { $0.from <= time && time < $0.to }
        let should = weekday.hours.contains { $0.from <= time && time < $0.to } && !stops.contains { $0.covers(time) }
        if isOpen != should { return XCTFail("minute \(minute), seed \(seed)") }
      }
    }
  }

  private let power = StopReason(cause: .power)

  private func stop(_ from: String, _ to: String) -> ServiceStop {
    stop(minutes: clock(from).minuteOfDay, to == "24:00" ? 1440 : clock(to).minuteOfDay)
  }

  private func stop(minutes from: Int, _ to: Int, id: Int64 = 1, _ reason: StopReason? = nil) -> ServiceStop {
    let day = CivilDate(dayNumber: 20_780)
    let span = OpeningSpan(from: CivilTime(minuteOfDay: from), to: CivilTime(minuteOfDay: to))
    return ServiceStop(
      id: ServiceStopID(id), day: day, service: nil, span: span,
      period: StopPeriod(first: day, from: span.from, last: day, to: span.to), reason: reason ?? power,
      officer: OfficerID(1),
      madeAt: Visits.morning)
  }
}

/// `08:30`, as tests write it.
private func clock(_ text: String) -> CivilTime { CivilTime(text) ?? CivilTime(minuteOfDay: 0) }

private func span(_ from: String, _ to: String) -> OpeningSpan { OpeningSpan(from: clock(from), to: clock(to)) }
