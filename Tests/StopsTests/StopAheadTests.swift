import Client
import Contracts
import Core
import Foundation
import ModuleHarness
import XCTest

@testable import Queue
@testable import Stops

/// What is told of a stop before it begins, so that no one comes in vain.
final class StopAheadTests: XCTestCase {
  private static let monday = OfficeZone.wib.date(of: StopHall.morning)

  func testStopsAheadAreToldInOrderWithoutThoseThatTakeNothingAway() async throws {
    let hall = try await StopHall(at: StopHall.morning, openings: ShippedDays())
    // Thursday and Friday, early today, within that, Saturday, this evening, and one that has begun.
    let later = try await stop(hall, StopHall.passport, .staff, on: 3, until: 4)
    let early = try await stop(hall, nil, .ceremony, from: "14:00")
    try await stop(hall, StopHall.passport, .system, from: "14:30")
    try await stop(hall, nil, .water, on: 5)
    try await stop(hall, nil, .power, from: "18:00")
    try await stop(hall, ServiceCode("izin"), .system, from: "08:00", to: "09:00")
    let told = try await hall.queue.queue.availability().ahead
    XCTAssertEqual(told.map(\.period), [early.period, later.period])
    XCTAssertEqual(told.map(\.isToday), [true, false])
    XCTAssertEqual(told.map(\.service), [nil, StopHall.passport])
    try await hall.stops.lift(early.id, by: .officer(OfficerID(8), .supervisor))
    let within = try await hall.queue.queue.availability().ahead
    XCTAssertEqual(within.first?.reason.cause, .system, "what lay within the one that was taken back")
    await hall.close()
  }

  func testEachKindOfStopIsSaidAsASentence() throws {
    let name = LocalizedText([.indonesian: "Paspor hilang", .english: "Lost passport"])
    let day = Self.monday.adding(days: 3)
    for (service, period, isToday, indonesian, english) in [
      (
        nil, try period(Self.monday, "14:00", Self.monday, nil), true,
        "Kantor tidak melayani hari ini mulai pukul 14.00 WIB. Alasan: acara kedinasan.",
        "The office does not serve people today from 14.00 WIB. Reason: official ceremony."
      ),
      (
        nil, try period(Self.monday, "10:00", Self.monday, "11:30"), true,
        "Kantor tidak melayani hari ini pukul 10.00–11.30 WIB. Alasan: acara kedinasan.",
        "The office does not serve people today 10.00–11.30 WIB. Reason: official ceremony."
      ),
      (
        name, try period(day, "00:00", day, nil), false,
        "Paspor hilang tidak dilayani pada Kamis, 26 November 2026. Alasan: acara kedinasan.",
        "Lost passport: no service on Thursday, 26 November 2026. Reason: official ceremony."
      ),
      (
        name, try period(day, "14:00", day, nil), false,
        "Paspor hilang tidak dilayani pada Kamis, 26 November 2026, mulai pukul 14.00 WIB. Alasan: acara kedinasan.",
        "Lost passport: no service on Thursday, 26 November 2026, from 14.00 WIB. Reason: official ceremony."
      ),
      (
        name, try period(day, "00:00", day, "10:00"), false,
        "Paspor hilang tidak dilayani pada Kamis, 26 November 2026, sampai pukul 10.00 WIB. Alasan: acara kedinasan.",
        "Lost passport: no service on Thursday, 26 November 2026, until 10.00 WIB. Reason: official ceremony."
      ),
      (
        nil, try period(day, "09:00", day, "10:00"), false,
        "Kantor tidak melayani pada Kamis, 26 November 2026, pukul 09.00–10.00 WIB. Alasan: acara kedinasan.",
        "The office does not serve people on Thursday, 26 November 2026, 09.00–10.00 WIB. Reason: official ceremony."
      ),
      (
        name, try period(day, "00:00", day.adding(days: 1), nil), false,
        "Paspor hilang tidak dilayani pada Kamis–Jumat, 26–27 November 2026. Alasan: acara kedinasan.",
        "Lost passport: no service on Thursday–Friday, 26–27 November 2026. Reason: official ceremony."
      ),
      (
        name, try period(day, "14:00", day.adding(days: 1), nil), false,
        "Paspor hilang tidak dilayani dari Kamis, 26 November 2026 pukul 14.00 WIB "
          + "sampai akhir hari Jumat, 27 November 2026. Alasan: acara kedinasan.",
        "Lost passport: no service from Thursday, 26 November 2026 at 14.00 WIB "
          + "to the end of Friday, 27 November 2026. Reason: official ceremony."
      ),
    ] as [(LocalizedText?, StopPeriod, Bool, String, String)] {
      let stop = StopAhead(
        service: service.map { _ in StopHall.passport }, name: service, period: period,
        reason: StopReason(cause: .ceremony), isToday: isToday)
      let locales = try StopHall.locales()
      XCTAssertEqual(stop.sentence(locales.words(.indonesian), in: .wib), indonesian)
      XCTAssertEqual(stop.sentence(locales.words(.english), in: .wib), english)
    }
  }

  func testTodaysHoursAreThoseThatTheStopsOfTheOfficeLeaveWithTheirReason() async throws {
    let hall = try await StopHall(at: StopHall.morning, openings: ShippedDays())
    let untouched = try await hall.queue.queue.availability().closureToday
    XCTAssertNil(untouched)
    try await stop(hall, StopHall.passport, .system, from: "10:00")
    try await stop(hall, nil, .water, from: "18:00")
    let others = try await hall.queue.queue.availability().closureToday
    XCTAssertNil(others, "neither a service's nor one of the evening")
    try await stop(hall, nil, .ceremony, from: "14:00")
    let left = try await hall.queue.queue.availability().closureToday
    XCTAssertEqual(left?.day, Self.monday)
    XCTAssertEqual(left?.hours.map(\.to.spoken), ["12.00", "14.00"])
    XCTAssertEqual(left?.reason.cause, .ceremony)
    let shown = try await hall.queue.queue.snapshot().closureToday
    XCTAssertEqual(shown, left, "at the foot of pages, too")
    await hall.close()
  }

  func testThePageOfNumbersSaysWhatIsStoppedOnALaterDay() async throws {
    let hall = try await StopHall(at: StopHall.morning, openings: ShippedDays())
    try await stop(hall, StopHall.passport, .staff, on: 3, until: 4)
    let served = try hall.serve()
    try await served.whileServing {
      for (language, said) in [
        ("id", "paspor tidak dilayani pada Kamis–Jumat, 26–27 November 2026. Alasan: petugas tidak mencukupi."),
        ("en", "paspor: no service on Thursday–Friday, 26–27 November 2026. Reason: not enough officers."),
      ] {
        let page = try await served.visitor(language).visit("/antrean")
        XCTAssertEqual(page.faults, [])
        XCTAssertTrue(page.text.contains(said), page.text)
      }
    }
    await hall.close()
  }

  // MARK: the hall

  private func period(_ first: CivilDate, _ from: String, _ last: CivilDate, _ to: String?) throws -> StopPeriod {
    StopPeriod(
      first: first, from: try XCTUnwrap(CivilTime(from)), last: last,
      to: try to.map { try XCTUnwrap(CivilTime($0)) } ?? StopPeriod.endOfDay)
  }

  @discardableResult
  private func stop(
    _ hall: StopHall, _ service: ServiceCode?, _ cause: StopReason.Cause, from: String = "00:00", to: String? = nil,
    on day: Int = 0, until last: Int? = nil
  ) async throws -> ServiceStop {
    let first = Self.monday.adding(days: day)
    return try await hall.stops.stop(
      StopOrder(
        service: service,
        span: OpeningSpan(
          from: try XCTUnwrap(CivilTime(from)), to: try to.map { try XCTUnwrap(CivilTime($0)) } ?? StopPeriod.endOfDay),
        firstDay: first, lastDay: Self.monday.adding(days: last ?? day), reason: StopReason(cause: cause),
        submission: UUID().uuidString), by: .officer(OfficerID(8), .supervisor))
  }
}
