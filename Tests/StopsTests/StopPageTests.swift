import Client
import Contracts
import Core
import Foundation
import ModuleHarness
import Web
import XCTest

@testable import Queue
@testable import Stops

/// The supervisors' page of stops, and what a counter says of what is stopped.
final class StopPageTests: XCTestCase {
  func testACounterSaysWhatIsStoppedWhyAndUntilWhen() async throws {
    try await serving(counterCount: 2) { _, served in
      let clerk = await served.visitor("id", as: "CLERK")
      let supervisor = await served.visitor("id", as: "SUPERVISOR")
      _ = try await clerk.visit("/petugas/loket/1")
      _ = try await clerk.post("/petugas/loket/1/buka", [])
      let stops: [KeyValuePairs<String, String>] = [
        ["layanan": "paspor", "sebab": "system", "keterangan": "Jaringan diperbaiki"],
        ["layanan": "seluruh-kantor", "sebab": "weather", "mulai": "23.50"],
      ]
      for form in stops {
        let page = try await supervisor.visit("/petugas/ruang/henti")
        let asked = try await supervisor.submit(XCTUnwrap(page.form(to: "/petugas/ruang/henti")).filled(form))
        let stopped = try await supervisor.confirm(asked)
        XCTAssertEqual(stopped.status, 303)
      }
      let page = try await clerk.visit("/petugas/loket/1")
      assertSound(page)
      for expected in [
        "Sedang dihentikan: paspor", "gangguan sistem (Jaringan diperbaiki)",
        "Akan dihentikan hari ini: Seluruh kantor",
        "cuaca buruk", "23.50 sampai akhir hari",
      ] { XCTAssertTrue(page.text.contains(expected), expected) }
      let live = try await clerk.with { try $0.get("/petugas/loket/1", ["X-Gapura-Live": "1"]) }
      XCTAssertTrue(live.text.contains("Sedang dihentikan: paspor"))
      _ = try await supervisor.visit("/petugas/loket/1")
      _ = try await supervisor.post("/petugas/loket/1/ambil-alih", [("dari", "7")])
      let lost = try await clerk.visit("/petugas/loket/1")
      XCTAssertTrue(lost.text.contains("Sedang dihentikan: paspor"), "also where a colleague sits")
    }
  }

  func testThePageOfStopsIsSoundKeepsWhatWasTypedAndTakesAStopBack() async throws {
    try await serving { hall, served in
      for language in ["id", "en"] {
        let supervisor = await served.visitor(language, as: "SUPERVISOR")
        _ = try await hall.take()
        let page = try await supervisor.visit("/petugas/ruang/henti")
        assertSound(page)
        let form = try XCTUnwrap(page.form(to: "/petugas/ruang/henti"))
        let wrong = try await supervisor.submit(
          form.filled(["layanan": "seluruh-kantor", "sampai": "25.99", "sebab": "power", "keterangan": "Gardu rusak."]))
        XCTAssertEqual(wrong.status, 422)
        XCTAssertTrue(wrong.text.contains("Gardu rusak."), "what was typed is lost")
        assertSound(wrong)
        let nothing = try await supervisor.submit(form.filled(["sebab": "power"]))
        XCTAssertEqual(nothing.status, 422, "nobody said what to stop")
        let unexplained = try await supervisor.submit(form.filled(["layanan": "seluruh-kantor", "sebab": "other"]))
        XCTAssertEqual(unexplained.status, 422)
        assertSound(unexplained)
        let whole = form.filled(["layanan": "seluruh-kantor", "sebab": "power", "keterangan": "Gardu rusak."])
        let asked = try await supervisor.submit(whole)
        XCTAssertEqual(asked.status, 200, "the whole office stops at one press")
        assertSound(asked)
        XCTAssertTrue(asked.forms.contains { $0["_yakin"] != nil })
        let stopped = try await supervisor.confirm(asked)
        XCTAssertEqual(stopped.status, 303)
        let list = try await supervisor.visit("/petugas/ruang/henti")
        assertSound(list)
        XCTAssertTrue(list.text.contains("A-00"), "whom it hits is not listed")
        let overview = try await supervisor.visit("/petugas/ruang")
        assertSound(overview)
        XCTAssertTrue(overview.links.contains("/petugas/ruang/henti"), "the way to stops")
        assertSound(try await supervisor.visit("/antrean"))
        let lift = try XCTUnwrap(list.forms.first { $0.action.hasSuffix("/lanjut") })
        let lifted = try await supervisor.submit(lift)
        XCTAssertEqual(lifted.status, 303)
        let again = try await supervisor.submit(lift)
        XCTAssertEqual(again.status, 409)
      }
    }
  }

  func testThePageOfNumbersSaysAboveItsFormWhatIsStopped() async throws {
    try await serving { hall, served in
      try await hall.stops.stop(
        StopOrder(
          service: StopHall.passport, span: OpeningSpan(from: CivilTime(minuteOfDay: 0), to: StopPeriod.endOfDay),
          reason: StopReason(cause: .system), submission: "henti"), by: .officer(OfficerID(8), .supervisor))
      for (language, title, said) in [
        ("id", "Sedang dihentikan:", "paspor – Alasan: gangguan sistem."),
        ("en", "Stopped for now:", "paspor – Reason: system failure."),
      ] {
        let page = try await served.visitor(language).visit("/antrean")
        assertSound(page)
        XCTAssertTrue(page.text.contains(title), page.text)
        let (told, form) = (page.text.range(of: said), page.text.range(of: "action=\"/antrean\""))
        XCTAssertLessThan(try XCTUnwrap(told?.lowerBound), try XCTUnwrap(form?.lowerBound), page.text)
      }
    }
  }

  func testTheListOfNumbersSaysWhichStopHitsThemAndWhatTheirHoldersRead() async throws {
    try await serving { hall, served in
      _ = try await hall.take()
      for (language, which, said) in [
        ("id", "Seluruh kantor, 09.10 sampai akhir hari", "Kantor tidak melayani hari ini mulai pukul 09.10 WIB."),
        (
          "en", "The whole office, 09.10 to the end of the day",
          "The office does not serve people today from 09.10 WIB."
        ),
      ] {
        let supervisor = await served.visitor(language, as: "SUPERVISOR")
        let page = try await supervisor.visit("/petugas/ruang/henti")
        let form = try XCTUnwrap(page.form(to: "/petugas/ruang/henti"))
        let asked = try await supervisor.submit(
          form.filled(["layanan": "seluruh-kantor", "mulai": "09.10", "sebab": "ceremony"]))
        _ = try await supervisor.confirm(asked)
        let list = try await supervisor.visit("/petugas/ruang/henti")
        assertSound(list)
        XCTAssertTrue(list.text.contains(which) && list.text.contains(said), list.text)
        _ = try await supervisor.submit(XCTUnwrap(list.forms.first { $0.action.hasSuffix("/lanjut") }))
      }
    }
  }

  func testTheConfirmationPromisesOnlyWhatIsToldOnThatDay() async throws {
    try await serving { _, served in
      let supervisor = await served.visitor("id", as: "SUPERVISOR")
      let page = try await supervisor.visit("/petugas/ruang/henti")
      let form = try XCTUnwrap(page.form(to: "/petugas/ruang/henti"))
      for (day, promised) in [
        ("2026-11-23", "sejak sekarang di situs, mesin antrean, layar panggilan, dan tiket."),
        ("2026-11-24", "sejak sekarang di situs, dan pada hari itu juga di mesin antrean, layar panggilan, dan tiket."),
      ] {
        let asked = try await supervisor.submit(
          form.filled(["layanan": "seluruh-kantor", "hari-pertama": day, "mulai": "14.00", "sebab": "ceremony"]))
        assertSound(asked)
        XCTAssertTrue(asked.text.contains(promised), asked.text)
      }
    }
  }

  func testClerkDoesNotStopServices() async throws {
    try await serving { _, served in
      let clerk = await served.visitor("id", as: "CLERK")
      let answer = try await clerk.get("/petugas/ruang/henti")
      XCTAssertEqual(answer.status, 403)
    }
  }

  // MARK: the hall

  private func assertSound(_ answer: Answer, file: StaticString = #filePath, line: UInt = #line) {
    XCTAssertEqual(answer.faults, [], file: file, line: line)
    XCTAssertFalse(answer.text.contains("queue."), "a message without words", file: file, line: line)
  }

  private func serving(
    counterCount: Int = 1, _ body: (StopHall, ServedModule) async throws -> Void
  ) async throws {
    let hall = try await StopHall(counterCount: counterCount)
    try await hall.queue.start()
    let served = try hall.serve()
    do {
      try await body(hall, served)
    } catch {
      XCTFail("\(error)")
    }
    await served.stop()
    await hall.queue.stop()
    await hall.close()
  }
}
