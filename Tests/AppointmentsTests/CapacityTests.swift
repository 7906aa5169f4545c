import Contracts
import Core
import Foundation
import Store
import XCTest

@testable import Appointments

final class CapacityTests: XCTestCase {
  private func span(_ from: String, _ to: String) -> OpeningSpan {
    OpeningSpan(from: CivilTime(from) ?? CivilTime(minuteOfDay: 0), to: CivilTime(to) ?? CivilTime(minuteOfDay: 0))
  }

  private func plan(
    _ rules: AppointmentRules, counters: [Office.Counter] = [Office.Counter(number: 1, services: [])],
    spans: [OpeningSpan], changes: [DayPlan.Change] = []
  ) -> DayPlan {
    DayPlan(BookingOffice.monday, spans: spans, counters: counters, rules: rules, changes: changes)
  }

  func testACounterDividesItsTimeByWeightAndWhatIsLeftOverIsNotLost() {
    var rules = BookingOffice.plainRules
    rules.services = [
      AppointmentRules.Service(code: BookingOffice.passport, minutes: 12, weight: 3, takesExpress: false),
      AppointmentRules.Service(code: BookingOffice.permit, minutes: 20, weight: 1, takesExpress: false),
    ]
    let slots = plan(rules, spans: [span("08:00", "12:00")]).slots
    // 8 half-hours: 180 of 240 minutes for passports, 60 for permits.
    XCTAssertEqual(slots.filter { $0.service == BookingOffice.passport }.count, 15)
    XCTAssertEqual(slots.filter { $0.service == BookingOffice.permit }.count, 3)
  }

  func testAServiceThatNoCounterServesHasNoPlaces() {
    let counters = [Office.Counter(number: 1, services: [BookingOffice.permit])]
    let slots = plan(BookingOffice.plainRules, counters: counters, spans: [span("08:00", "09:00")]).slots
    XCTAssertEqual(Set(slots.map(\.service)), [BookingOffice.permit])
  }

  func testOnlyWholeHalfHoursCount() {
    XCTAssertEqual(
      DayPlan.halfHours(in: [span("08:00", "09:15"), span("13:10", "13:40")]).map(\.description),
      ["08:00", "08:30", "13:10"])
    XCTAssertEqual(DayPlan.halfHours(in: []), [])
  }

  func testCountersThatDoNotWorkGiveNoPlaces() {
    var rules = BookingOffice.plainRules
    rules.counterHours = [
      AppointmentRules.CounterHours(weekdays: [1], span: span("08:00", "09:00"), counters: [])
    ]
    let slots = plan(rules, spans: [span("08:00", "10:00")]).slots
    XCTAssertEqual(Set(slots.map(\.halfHour.description)), ["09:00", "09:30"])
  }

  func testAChangeHasTheLastWord() {
    let change = DayPlan.Change(service: BookingOffice.passport, span: span("08:30", "09:00"), slots: 7)
    let slots = plan(BookingOffice.plainRules, spans: [span("08:00", "09:00")], changes: [change]).slots
    let passports = slots.filter { $0.service == BookingOffice.passport && $0.halfHour.description == "08:30" }
    XCTAssertEqual(passports.count, 7)
  }

  func testEveryKindHasItsShareWhateverTheDayIsLike() {
    let seed = testSeed()
    let random = SeededRandom(seed: seed)
    for _ in 0..<2_000 {
      let shares = AppointmentRules.Shares(
        walkIn: random.below(40), priority: random.below(30), express: random.below(31))
      let until: CivilTime? = random.below(3) == 0 ? nil : CivilTime(minuteOfDay: 600)
      let counts = (0..<(1 + random.below(16))).map { index in
        (halfHour: CivilTime(minuteOfDay: 480 + index * 30), count: random.below(9))
      }
      let total = counts.reduce(0) { $0 + $1.count }
      var division = KindDivision(counts: counts, shares: shares, expressUntil: until)
      var found: [SlotKind: Int] = [:]
      for (halfHour, count) in counts {
        for _ in 0..<count {
          let kind = division.next(in: halfHour)
          found[kind, default: 0] += 1
          if kind == .express { XCTAssertLessThan(halfHour.minuteOfDay, 600, "seed \(seed)") }
        }
      }
      XCTAssertEqual(found.values.reduce(0, +), total, "seed \(seed)")
      XCTAssertEqual(found[.priority, default: 0], (total * shares.priority + 99) / 100, "seed \(seed)")
      XCTAssertEqual(found[.walkIn, default: 0], total * shares.walkIn / 100, "seed \(seed)")
      XCTAssertLessThanOrEqual(found[.express, default: 0] * 100, total * shares.express, "seed \(seed)")
    }
  }

  func testPriorityPlacesAreNeverUsedUpByOthers() async throws {
    let seed = testSeed()
    let random = SeededRandom(seed: seed)
    var rules = BookingOffice.plainRules
    rules.shares = AppointmentRules.Shares(walkIn: 10, priority: 20, express: 20)
    let office = try await BookingOffice(rules: rules, counterCount: 2, seed: seed)
    let tuesday = BookingOffice.monday.adding(days: 1)
    let kept = try await office.free(.priority)
    XCTAssertGreaterThan(kept, 0)
    let offered = try await office.free(.web)
    var booked: [PublicCode] = []
    var (tries, left) = (0, offered)
    // Until half of the slots are gone: how many tries that takes is chance, so it is not a number here.
    while tries < 120 || left >= offered / 2 {
      tries += 1
      if tries > 5_000 { return XCTFail("seed \(seed): the crowd never took half of the slots") }
      // Everybody but the entitled, for as long as they like, with cancellations in between.
      let kind: SlotKind = random.below(3) == 0 ? .express : .web
      let time = ["08:00", "08:30", "09:00", "09:30"][random.below(4)]
      let service = kind == .web && random.below(2) == 0 ? BookingOffice.permit : BookingOffice.passport
      let number = try await office.apply(service)
      if let code = try? await office.book([number], kind: kind, on: tuesday, at: time).code {
        booked.append(code)
      }
      if random.below(6) == 0, let code = booked.popLast() { try await office.bookings.cancel(code) }
      office.clock.advance(by: .minutes(random.below(7)))
      let free = try await office.free(.priority)
      XCTAssertEqual(free, kept, "seed \(seed)")
      left = try await office.free(.web)
    }
    _ = try await office.book([try await office.apply()], kind: .priority, on: tuesday, at: "09:30")
    try await office.assertSound(seed)
    await office.close()
  }

  func testTheShippedRulesLoadAndGiveAnOfficesDay() throws {
    let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "etc/gapura/appointments.json5").path
    let rules = try ConfigurationFile.load(AppointmentFile.self, from: path).rules
    let counters = [
      Office.Counter(number: 1, services: ["paspor-elektronik-10", "paspor-penggantian"].map { ServiceCode($0) }),
      Office.Counter(number: 4, services: []),
    ]
    let slots = plan(rules, counters: counters, spans: [span("08:00", "12:00"), span("13:00", "16:00")]).slots
    XCTAssertGreaterThan(slots.count, 40)
    XCTAssertLessThanOrEqual(slots.filter { $0.kind == .express }.count * 100, slots.count * 30)
  }

  func testABrokenRuleIsAnsweredWithItsPlaceAndAWayToMendIt() {
    let cases = [
      ("{ services: [{ code: 'a', minutes: 0 }] }", "minutes"),
      ("{ services: [{ code: 'a', minutes: 5 }], shares: { express: 31 } }", "express"),
      ("{ services: [{ code: 'a', minutes: 5 }], shares: { walkIn: 60, priority: 60 } }", "130"),
      ("{ services: [{ code: 'a', minutes: 5 }], realease: {} }", "release"),
      ("{ services: [{ code: 'a', minutes: 5 }], release: { every: 'fryday' } }", "fryday"),
      ("{ services: [] }", "services"),
      ("{ services: [{ code: 'a', minutes: 5 }, { code: 'a', minutes: 5 }] }", "already"),
      ("{ services: [{ code: 'a', minutes: 5 }], waitingRoom: 'on' }", "waiting room"),
      ("{ services: [{ code: 'a', minutes: 5 }], coolingMinutes: { from: 9, to: 3 } }", "from"),
    ]
    for (text, hint) in cases {
      XCTAssertThrowsError(
        try ConfigurationFile(path: "appointments.json5", bytes: Array(text.utf8)).decode(AppointmentFile.self), text
      ) { error in
        XCTAssertTrue("\(error)".contains(hint), "\(error)")
      }
    }
  }

  func testAReleaseComesWhenTheRulesSayIt() {
    var rules = BookingOffice.plainRules
    let slip = PlanTable.Slip(kind: .web, halfHour: CivilTime(minuteOfDay: 480), number: 1)
    func release(_ day: CivilDate, _ slip: PlanTable.Slip = slip) -> Instant {
      ReleaseTimes(rules: rules, zone: .wib).release(of: day, slip)
    }
    let day = BookingOffice.monday.adding(days: 17)
    XCTAssertEqual(release(day), OfficeZone.wib.instant(day.adding(days: -14), CivilTime(minuteOfDay: 480)))
    // A whole week at once, on a Friday at 14.00: each of its days at the same moment, early enough for its Monday.
    rules.release = AppointmentRules.Release(
      weekday: 5, at: CivilTime(minuteOfDay: 840), daysAhead: 7, parts: 2, partMinutes: 10)
    let week = (14..<21).map { release(BookingOffice.monday.adding(days: $0)) }
    let friday = OfficeZone.wib.instant(BookingOffice.monday.adding(days: 4), CivilTime(minuteOfDay: 840))
    XCTAssertEqual(Set(week), [friday + .minutes(10)])
    XCTAssertEqual(release(day, PlanTable.Slip(kind: .web, halfHour: slip.halfHour, number: 2)), friday)
    let walkIn = PlanTable.Slip(kind: .walkIn, halfHour: slip.halfHour, number: 1)
    XCTAssertEqual(release(day, walkIn), OfficeZone.wib.instant(day, CivilTime(minuteOfDay: 0)))
  }
}
