import Contracts
import Core
import Expectations
import XCTest

@testable import Forecast

final class HallForecastTests: XCTestCase {
  private let now = Visits.morning

  func testOneCounterTakesOneAfterTheOther() {
    let forecast = forecast(waiting: [person(1), person(2), person(3)], counters: [counter(1)])
    XCTAssertEqual(calls(of: forecast), [1: 0, 2: 10, 3: 20])
  }

  func testWhoIsServedNowIsWaitedFor() {
    let forecast = forecast(
      waiting: [person(1), person(2)], counters: [counter(1, freeAfter: 4), counter(2, freeAfter: 6)])
    XCTAssertEqual(calls(of: forecast), [1: 4, 2: 6])
  }

  func testCountersTakeOnlyWhatTheyServe() {
    let forecast = forecast(
      waiting: [person(1, Visits.permit), person(2, Visits.permit), person(3)],
      counters: [counter(1, [Visits.permit]), counter(2, [Visits.passport])])
    XCTAssertEqual(calls(of: forecast), [1: 0, 2: 10, 3: 0])
  }

  func testWhomNoCounterMayCallHasNoForecast() {
    let forecast = forecast(waiting: [person(1, Visits.permit)], counters: [counter(1, [Visits.passport])])
    XCTAssertEqual(calls(of: forecast), [:])
  }

  func testAHeadStartGoesFirst() {
    let forecast = forecast(waiting: [person(1), person(2), person(3, headStart: 30)], counters: [counter(1)])
    XCTAssertEqual(calls(of: forecast), [3: 0, 1: 10, 2: 20])
  }

  func testWhoComesBackForTheNextStepIsAheadAgain() {
    var rules = QueueRules()
    rules.steps = [
      Visits.passport: ["berkas", "biometrik"].map {
        .init(code: $0, name: LocalizedText(inEveryLanguage: $0))
      }
    ]
    let forecast = forecast(waiting: [person(1), person(2), person(3)], counters: [counter(1)], rules: rules)
    // The first comes back at once for the second step, with the position of the arrival and a head start.
    XCTAssertEqual(calls(of: forecast), [1: 0, 2: 20, 3: 40])
  }

  func testNewcomersStandBehindEverybodyUnlessTheyMayOvertake() {
    let plain = HallForecast.Newcomer(service: Visits.passport, headStart: 0)
    let ahead = HallForecast.Newcomer(service: Visits.passport, headStart: 30)
    let other = HallForecast.Newcomer(service: Visits.permit, headStart: 0)
    let forecast = forecast(
      waiting: [person(1), person(2)], newcomers: [plain, ahead, other],
      counters: [counter(1, [Visits.passport], freeAfter: 5)])
    XCTAssertEqual(forecast.newcomers, [plain: 25, ahead: 5])
  }

  func testAThousandPeopleArePlayedThroughInOrder() {
    let people = (1...1000).map { person($0) }
    let forecast = forecast(waiting: people, counters: (1...10).map { counter($0) })
    for (place, person) in people.enumerated() {
      XCTAssertEqual(forecast.people[person.id], Double(place / 10) * 10)
    }
  }

  private func calls(of forecast: HallForecast) -> [Int64: Double] {
    Dictionary(uniqueKeysWithValues: forecast.people.map { ($0.key.rawValue, $0.value) })
  }

  private func person(_ number: Int, _ service: ServiceCode = Visits.passport, headStart: Int = 0)
    -> WaitingPerson
  {
    WaitingPerson(
      id: TicketID(Int64(number)), number: "A-\(number)", line: .init(service: service, step: 0), target: nil,
      waitsFrom: now - .minutes(10) + .milliseconds(number), headStart: headStart)
  }

  private func counter(_ number: Int, _ services: Set<ServiceCode> = [], freeAfter: Double = 0) -> HallForecast.Counter
  {
    HallForecast.Counter(
      skills: Skills(
        counter: number, officer: OfficerID(Int64(number)), services: services, steps: nil, languages: []),
      freeAfter: freeAfter, hand: nil)
  }

  private func forecast(
    waiting: [WaitingPerson], newcomers: [HallForecast.Newcomer] = [], counters: [HallForecast.Counter],
    rules: QueueRules = .shipped
  ) -> HallForecast {
    HallForecast(
      of: waiting, newcomers: newcomers, counters: counters, times: VisitTimes([:], assumedMinutes: 10), rules: rules,
      at: now)
  }
}

final class VisitTimesTests: XCTestCase {
  private let passports = WaitingLine(service: Visits.passport, step: 0)
  private let permits = WaitingLine(service: Visits.permit, step: 0)

  func testWithoutHistoryTheAssumedTimeHolds() {
    XCTAssertEqual(VisitTimes([:], assumedMinutes: 12).minutes(passports), 12)
  }

  func testMuchHistoryOutweighsTheAssumption() {
    let times = VisitTimes([passports: .init(calls: 1000, minutes: 6000)], assumedMinutes: 12)
    XCTAssertEqual(times.minutes(passports), 6, accuracy: 0.1)
    XCTAssertEqual(times.minutes(permits), 6, accuracy: 0.1, "a service never seen takes the mean of all")
  }

  func testLongVisitsAreExpectedToLastAThirdOfTheMeanLonger() {
    let times = VisitTimes([:], assumedMinutes: 12)
    XCTAssertEqual(times.minutesLeft(passports, elapsed: 3), 9)
    XCTAssertEqual(times.minutesLeft(passports, elapsed: 40), 4)
    XCTAssertEqual(times.minutesLeft(passports, elapsed: -5), 12, "a clock that was moved back")
  }
}

final class ServingHoursTests: XCTestCase {
  private let day = [
    OpeningSpan(from: CivilTime(minuteOfDay: 480), to: CivilTime(minuteOfDay: 720)),
    OpeningSpan(from: CivilTime(minuteOfDay: 780), to: CivilTime(minuteOfDay: 960)),
  ]

  func testBeforeTheOpeningTheWaitBeginsThere() {
    XCTAssertEqual(ServingHours(day, now: 450, isServing: false).clockMinutes(10), 40)
  }

  func testTheMiddayBreakIsAddedToWhoIsNotCalledBeforeIt() {
    let hours = ServingHours(day, now: 700, isServing: true)
    XCTAssertEqual(hours.clockMinutes(15), 15)
    XCTAssertEqual(hours.clockMinutes(25), 85)
    XCTAssertFalse(hours.isBreak)
  }

  func testInTheBreakTheWaitBeginsAtItsEnd() {
    let hours = ServingHours(day, now: 730, isServing: false)
    XCTAssertTrue(hours.isBreak)
    XCTAssertEqual(hours.clockMinutes(5), 55)
  }

  func testCountersThatWorkThroughTheBreakAreBelieved() {
    let hours = ServingHours(day, now: 730, isServing: true)
    XCTAssertFalse(hours.isBreak)
    XCTAssertEqual(hours.clockMinutes(5), 5)
  }

  func testAfterClosingAndWithoutHoursTheClockJustRuns() {
    XCTAssertEqual(ServingHours(day, now: 950, isServing: true).clockMinutes(30), 30)
    XCTAssertEqual(ServingHours(day, now: 1000, isServing: true).clockMinutes(30), 30)
    XCTAssertEqual(ServingHours([], now: 600, isServing: false).clockMinutes(30), 30)
  }
}

final class ForecastErrorsTests: XCTestCase {
  func testWithoutExperienceAThirdToEitherSideIsTold() {
    let outlook = ForecastErrors([], coveragePercent: 80).outlook(forecast: 30, hasHeadStart: false)
    XCTAssertEqual(outlook.lower, 20, accuracy: 0.01)
    XCTAssertEqual(outlook.expected, 30, accuracy: 0.01)
    XCTAssertEqual(outlook.upper, 40, accuracy: 0.01)
  }

  func testTheRangeHoldsForAsManyAsConfigured() {
    let seed = TestSeed.drawn()
    let random = SeededRandom(seed: seed)
    // What happens is between half and one and a half times the forecast.
    let samples = (0..<8000).map { _ in
      let forecast = Double(random.below(12_000)) / 100
      return ForecastErrors.Sample(
        forecast: forecast, waited: forecast * (0.5 + Double(random.below(1000)) / 1000), hasHeadStart: false)
    }
    let errors = ForecastErrors(Array(samples.prefix(4000)), coveragePercent: 80)
    let held = samples.suffix(4000).count { sample in
      let outlook = errors.outlook(forecast: sample.forecast, hasHeadStart: false)
      return outlook.lower <= sample.waited && sample.waited <= outlook.upper
    }
    XCTAssertEqual(Double(held) / 4000, 0.8, accuracy: 0.04, "seed \(seed)")
  }

  func testABiasIsTakenOut() {
    let samples = (0..<2000).map {
      ForecastErrors.Sample(forecast: Double($0 % 60), waited: Double($0 % 60) * 1.5, hasHeadStart: false)
    }
    let errors = ForecastErrors(samples, coveragePercent: 80)
    XCTAssertEqual(errors.outlook(forecast: 40, hasHeadStart: false).expected, 60, accuracy: 6)
    XCTAssertEqual(
      errors.outlook(forecast: 40, hasHeadStart: true).expected, 40, accuracy: 0.01,
      "nothing was learned of those with a head start")
  }

  func testFarBeyondAllExperienceTheLastOneIsStretched() {
    let outlook = ForecastErrors([], coveragePercent: 80).outlook(forecast: 480, hasHeadStart: false)
    XCTAssertEqual(outlook.expected, 480, accuracy: 0.01)
  }
}

final class WaitEstimateTests: XCTestCase {
  func testTheRangeIsRoundedOutwardsAndNeverEmpty() {
    let told = { (lower: Double, upper: Double) in
      WaitEstimate(
        forecast: lower, outlook: .init(lower: lower, expected: lower, upper: upper), roundedTo: 5
      ).range
    }
    XCTAssertEqual(told(0, 0), 0...5)
    XCTAssertEqual(told(12, 28), 10...30)
    XCTAssertEqual(told(10, 10), 10...15)
  }
}
