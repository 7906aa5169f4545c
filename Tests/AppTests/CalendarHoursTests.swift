import Contracts
import Core
import Foundation
import Web
import XCTest

@testable import gapura

/// What the foot of every page says of the opening hours.
final class CalendarHoursTests: XCTestCase {
  private static let locales = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "share/locales").path()

  /// Open from Monday to Friday with a break, on Friday at other hours; closed on 25 December 2026, a Friday.
  private struct Calendar: OpeningTimesService {
    func openingTimes(on day: CivilDate) -> [OpeningSpan] {
      guard day.weekday <= 5, closure(on: day) == nil else { return [] }
      let friday = day.weekday == 5
      return [
        OpeningSpan(from: CivilTime(minuteOfDay: 480), to: CivilTime(minuteOfDay: friday ? 690 : 720)),
        OpeningSpan(from: CivilTime(minuteOfDay: 780), to: CivilTime(minuteOfDay: friday ? 990 : 960)),
      ]
    }

    func closure(on day: CivilDate) -> LocalizedText? {
      day == CivilDate(iso: "2026-12-25") ? LocalizedText([.indonesian: "Hari Natal", .english: "Christmas"]) : nil
    }

    func occasion(on day: CivilDate) -> LocalizedText? {
      day == CivilDate(iso: "2026-12-22") ? LocalizedText([.indonesian: "peragaan", .english: "demonstration"]) : nil
    }
  }

  private func hours(_ day: String, _ time: String) throws -> (today: String, week: [String], closures: [String]) {
    let words = try Locales.load(directory: Self.locales).words(.indonesian)
    let date = try XCTUnwrap(CivilDate(iso: day))
    let moment = OfficeZone.wib.instant(date, try XCTUnwrap(CivilTime(time)))
    let hours = CalendarHours(openings: Calendar(), zone: .wib).hours(moment, words)
    return (hours.today, hours.week.map { "\($0.days) \($0.hours)" }, hours.closures.map { "\($0.day): \($0.reason)" })
  }

  func testTodayIsSaidAtEveryEdge() throws {
    let open = "Hari ini buka 08.00–12.00 dan 13.00–16.00 WIB."
    for (day, time, said) in [
      ("2026-12-21", "05:30", "Sekarang tutup. Buka hari ini pukul 08.00 WIB."),
      ("2026-12-21", "07:59", "Sekarang tutup. Buka hari ini pukul 08.00 WIB."), ("2026-12-21", "08:00", open),
      ("2026-12-21", "11:59", open), ("2026-12-21", "12:00", "Sekarang tutup. Buka hari ini pukul 13.00 WIB."),
      ("2026-12-21", "15:59", open),
      ("2026-12-21", "16:00", "Sekarang tutup. Buka lagi Selasa, 22 Desember 2026, pukul 08.00 WIB."),
      (
        "2026-12-22", "10:00",
        "Hari ini buka 08.00–12.00 dan 13.00–16.00 WIB, lain dari jam biasa di bawah: peragaan."
      ),
      ("2026-12-20", "10:00", "Hari ini tutup. Buka lagi Senin, 21 Desember 2026, pukul 08.00 WIB."),
      ("2026-12-24", "23:58", "Sekarang tutup. Buka lagi Senin, 28 Desember 2026, pukul 08.00 WIB."),
      ("2026-12-25", "10:00", "Hari ini tutup: Hari Natal. Buka lagi Senin, 28 Desember 2026, pukul 08.00 WIB."),
    ] {
      XCTAssertEqual(try hours(day, time).today, said, "\(day) \(time)")
    }
  }

  func testTodayIsSaidAsASupervisorHasIt() throws {
    let words = try Locales.load(directory: Self.locales).words(.indonesian)
    let moment = OfficeZone.wib.instant(try XCTUnwrap(CivilDate(iso: "2026-12-21")), try XCTUnwrap(CivilTime("10:00")))
    for (office, said) in [
      (Availability.open(counters: [1], until: CivilTime("14:00")), "Hari ini buka 08.00–12.00 dan 13.00–14.00 WIB."),
      (.unattended(until: CivilTime("11:00")), "Hari ini buka 08.00–11.00 WIB."),
      (
        .stopped(reason: StopReason(cause: .power), resumesAt: CivilTime("13:00"), next: nil),
        "Pelayanan di kantor ini sedang dihentikan. Alasan: listrik padam. Dilanjutkan pukul 13.00 WIB."
      ),
    ] {
      let hours = CalendarHours(openings: Calendar(), zone: .wib, office: { office }).hours(moment, words)
      XCTAssertEqual(hours.today, said)
    }
  }

  func testTodaysHoursHaveTheReasonOfTheStopThatCutThemAndNotTheCalendars() throws {
    let locales = try Locales.load(directory: Self.locales)
    // The calendar opens this day for a demonstration.
    let day = try XCTUnwrap(CivilDate(iso: "2026-12-22"))
    let moment = OfficeZone.wib.instant(day, try XCTUnwrap(CivilTime("10:00")))
    let stop = PlannedClosure(
      day: day,
      hours: [
        OpeningSpan(from: CivilTime(minuteOfDay: 480), to: CivilTime(minuteOfDay: 720)),
        OpeningSpan(from: CivilTime(minuteOfDay: 780), to: CivilTime(minuteOfDay: 840)),
      ], reason: StopReason(cause: .ceremony))
    for (language, said) in [
      (
        Language.indonesian,
        "Hari ini buka 08.00–12.00 dan 13.00–14.00 WIB, lain dari jam biasa di bawah: acara kedinasan."
      ),
      (.english, "Open today 08.00–12.00 and 13.00–14.00 WIB, not the usual hours below: official ceremony."),
    ] {
      for office in [Availability.open(counters: [1], until: CivilTime("14:00")), nil] {
        let hours = CalendarHours(openings: Calendar(), zone: .wib, office: { office }, stops: { [stop] })
          .hours(moment, locales.words(language))
        XCTAssertEqual(hours.today, said)
        XCTAssertFalse(hours.closures.contains { $0.reason.contains("14.00") }, "today is said once")
      }
    }
    let words = locales.words(.indonesian)
    let cut = CalendarHours(
      openings: Calendar(), zone: .wib, office: { .open(counters: [1], until: CivilTime("14:00")) }
    ).hours(moment, words)
    XCTAssertEqual(cut.today, "Hari ini buka 08.00–12.00 dan 13.00–14.00 WIB.", "no reason that is another's")
    let closed = CalendarHours(openings: Calendar(), zone: .wib, office: { .over(next: nil) }).hours(moment, words)
    XCTAssertEqual(closed.today, "Sekarang tutup. Buka lagi Rabu, 23 Desember 2026, pukul 08.00 WIB.")
  }

  func testADayThatASupervisorHasClosedAheadIsAmongTheClosuresAndOpensNothing() throws {
    let words = try Locales.load(directory: Self.locales).words(.indonesian)
    let monday = try XCTUnwrap(CivilDate(iso: "2026-11-30"))
    let moment = OfficeZone.wib.instant(monday, try XCTUnwrap(CivilTime("17:00")))
    let morning = OpeningSpan(from: CivilTime(minuteOfDay: 480), to: CivilTime(minuteOfDay: 720))
    let hours = CalendarHours(
      openings: Calendar(), zone: .wib,
      stops: {
        [
          PlannedClosure(day: monday.adding(days: 1), hours: [], reason: StopReason(cause: .ceremony)),
          PlannedClosure(day: monday.adding(days: 2), hours: [morning], reason: StopReason(cause: .power)),
        ]
      }
    ).hours(moment, words)
    XCTAssertEqual(hours.today, "Sekarang tutup. Buka lagi Rabu, 2 Desember 2026, pukul 08.00 WIB.")
    XCTAssertEqual(
      hours.closures.map { "\($0.day): \($0.reason)" },
      [
        "Selasa, 1 Desember 2026: tutup – acara kedinasan",
        "Rabu, 2 Desember 2026: buka 08.00–12.00 WIB – listrik padam",
      ])
  }

  func testDaysThatOneStopClosesStandInOneLine() throws {
    let locales = try Locales.load(directory: Self.locales)
    let monday = try XCTUnwrap(CivilDate(iso: "2026-12-07"))
    let moment = OfficeZone.wib.instant(monday.adding(days: -4), try XCTUnwrap(CivilTime("09:00")))
    let morning = OpeningSpan(from: CivilTime(minuteOfDay: 480), to: CivilTime(minuteOfDay: 720))
    func said(_ closures: [PlannedClosure], _ language: Language = .indonesian) -> [String] {
      CalendarHours(openings: Calendar(), zone: .wib, stops: { closures }).hours(moment, locales.words(language))
        .closures.map { "\($0.day): \($0.reason)" }
    }
    func closed(_ day: Int, _ cause: StopReason.Cause = .water, _ hours: [OpeningSpan] = []) -> PlannedClosure {
      PlannedClosure(day: monday.adding(days: day), hours: hours, reason: StopReason(cause: cause))
    }
    let week = (0...4).map { closed($0) }
    XCTAssertEqual(said(week).first?.hasPrefix("Senin–Jumat, 7–11 Desember 2026: tutup – "), true, "\(said(week))")
    XCTAssertEqual(said(week).count, 1)
    XCTAssertEqual(said(week, .english).first?.hasPrefix("Monday–Friday, 7–11 December 2026: "), true)
    // A weekend between is closed anyway; a day that is open, another reason or other hours are not.
    XCTAssertEqual(
      said([closed(-3), closed(0)]).map { $0.prefix { $0 != ":" } }, ["Jumat–Senin, 4–7 Desember 2026"])
    XCTAssertEqual(said([closed(0), closed(2)]).count, 2)
    XCTAssertEqual(said([closed(0), closed(1, .power)]).count, 2)
    XCTAssertEqual(said([closed(0), closed(1, .water, [morning])]).count, 2)
    XCTAssertEqual(said([closed(-3, .water, [morning]), closed(0, .water, [morning])]).count, 2)
    XCTAssertEqual(
      said((-3...7).filter { ![-2, -1, 5, 6].contains($0) }.map { closed($0) }).map { $0.prefix { $0 != ":" } },
      ["Jumat, 4 Desember 2026 – Senin, 14 Desember 2026"])
  }

  func testWeekIsTheUsualOneThoughAHolidayFallsIntoIt() throws {
    let said = try hours("2026-12-21", "10:00")
    XCTAssertEqual(
      said.week,
      [
        "Senin–Kamis 08.00–12.00 dan 13.00–16.00 WIB", "Jumat 08.00–11.30 dan 13.00–16.30 WIB", "Sabtu–Minggu tutup",
      ])
    XCTAssertEqual(said.closures, ["Jumat, 25 Desember 2026: Hari Natal"])
  }
}
