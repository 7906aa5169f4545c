import Client
import Contracts
import Core
import ModuleHarness
import Store
import XCTest

@testable import Queue
@testable import Reports

/// Reports over a real server, of a real queue.
final class ReportPagesTests: XCTestCase {
  func testReportsAreForSupervisorsAndSound() async throws {
    let hall = try await ReportHall()
    let served = try hall.serve()
    for _ in 0..<5 { try await hall.take() }
    hall.house.clock.advance(by: .minutes(4))
    _ = try await hall.next(1)
    let chosen = try await hall.take()
    _ = try await hall.queue.hall.counters.callChosen(
      chosen.id, to: hall.counter(2), by: .officer(OfficerID(2), .clerk), reason: "Sakit, perlu duduk")
    let stranger = try await served.visitor().get("/petugas/laporan")
    XCTAssertEqual(stranger.status, 303)
    for language in ["id", "en"] {
      let visitor = served.visitor(language)
      await visitor.with { $0.setCookie("petugas", "SUPERVISOR") }
      for grouping in ReportQuestion.Grouping.allCases {
        let page = try await visitor.get("/petugas/laporan?jangka=minggu&menurut=\(grouping.rawValue)")
        XCTAssertEqual(page.status, 200)
        XCTAssertEqual(page.faults, [], "\(language) \(grouping)")
      }
      let nowhere = try await visitor.get("/petugas/laporan?tanggal=2026-02-30")
      XCTAssertTrue(
        nowhere.text.contains(language == "id" ? "Tanggal yang diminta tidak ada." : "There is no such date"))
      let file = try await visitor.get("/petugas/laporan.csv?menurut=layanan&tabel=ringkasan")
      XCTAssertEqual(file.header("content-type"), "text/csv; charset=utf-8; header=present")
      let workbook = try await visitor.get("/petugas/laporan.xlsx?menurut=layanan&tabel=ringkasan")
      XCTAssertEqual(
        workbook.header("content-type"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
      XCTAssertTrue(workbook.body.starts(with: Array("PK\u{3}\u{4}".utf8)), "a workbook is a ZIP archive")
      XCTAssertTrue(workbook.header("content-disposition")?.hasSuffix(".xlsx\"") == true)
      let unknown = try await visitor.get("/petugas/laporan.xlsx?tabel=tidak-ada")
      XCTAssertEqual(unknown.status, 404)
      let whole = try await visitor.get("/petugas/laporan?jangka=minggu")
      XCTAssertTrue(whole.text.contains("Sakit, perlu duduk"), "supervisors do not see who was called out of order")
      XCTAssertTrue(whole.text.contains("09.00–10.00"), "hours are written as everywhere else")
      let others = try await visitor.get("/petugas/laporan?jangka=minggu&petugas=1")
      XCTAssertFalse(others.text.contains("Sakit, perlu duduk"))
      let favours = try await visitor.get("/petugas/laporan.csv?tabel=luar-urutan")
      XCTAssertTrue(favours.text.contains(",A-006,2,"), favours.text)
      XCTAssertTrue(String(decoding: file.body, as: UTF8.self).contains("\r\npaspor,6,0,0.0,4.0,"))
    }
    let clerk = served.visitor()
    await clerk.with { $0.setCookie("petugas", "CLERK") }
    let refused = try await clerk.get("/petugas/laporan")
    XCTAssertEqual(refused.status, 403)
    await served.stop()
    await hall.close()
  }

  func testAFileOfNoSuchTableIsRefusedBeforeAnythingIsRead() async throws {
    let house = try ModuleOffice()
    let history = ChangingHistory([])
    var services = house.services()
    services.provide((any QueueHistory).self, history)
    try await house.store.migrate([ReportsModule.schema])
    let module = ReportsModule(services: services)
    let served = try ServedModule(
      module.routes(), navigation: module.navigation(), gatekeeper: StandingOfficers(), in: house)
    let visitor = await served.visitor("id", as: "SUPERVISOR")
    for address in ["csv", "csv?tabel=", "csv?jangka=bulan&tabel=tidak-ada", "xlsx?jangka=bulan&tabel=tidak-ada"] {
      let answer = try await visitor.get("/petugas/laporan.\(address)")
      XCTAssertEqual(answer.status, 404, address)
    }
    XCTAssertEqual(history.askedCount, 0)
    let known = try await visitor.get("/petugas/laporan.csv?jangka=bulan&tabel=ringkasan")
    XCTAssertEqual(known.status, 200)
    XCTAssertGreaterThan(history.askedCount, 0)
    await served.stop()
    await house.store.close()
  }

  func testAReportOfOneOfficerNamesThemInNoAddress() async throws {
    try await serving(officers: Staff()) { hall, served in
      for _ in 0..<2 { try await hall.take() }
      let clerk = await served.visitor("id", as: "CLERK")
      _ = try await clerk.visit("/petugas/loket/1")
      _ = try await clerk.post("/petugas/loket/1/panggil", [])
      let supervisor = await served.visitor("id", as: "SUPERVISOR")
      let all = try await supervisor.visit("/petugas/laporan?jangka=minggu")
      // As a browser has them, with scripts and without.
      let offered = Self.values(of: "petugas", sent: all)
      XCTAssertEqual(offered.count, 3)
      XCTAssertEqual(offered.first, "", "all officers")
      XCTAssertFalse(offered.contains("7"))
      // Of the two by their names, budi and sari.
      let sari = try XCTUnwrap(offered.last)
      let chosen = try await supervisor.visit("/petugas/laporan?jangka=minggu&menurut=petugas&petugas=\(sari)")
      assertSound(chosen)
      XCTAssertTrue(chosen.text.contains("<option value=\"7\" selected>sari</option>"), "the choice stands in the form")
      let links = Markup(chosen.sent?.body ?? chosen.body).links.filter { $0.hasPrefix("/petugas/laporan") }
      let files = links.filter { $0.contains("tabel=") }
      XCTAssertEqual(files.filter { $0.contains("petugas=\(sari)") }.count, files.count, "\(links)")
      XCTAssertGreaterThan(files.count, 1)
      XCTAssertTrue(links.contains { !$0.contains("tabel=") && $0.contains("petugas=\(sari)") }, "the week before")
      XCTAssertFalse(links.contains { $0.contains("&petugas=7") }, "\(links)")
      for file in files { try await assertFile(file, supervisor, names: "sari") }
      let english = try await supervisor.visit("/petugas/laporan?menurut=petugas&petugas=\(sari)&bahasa=en")
      XCTAssertTrue(english.text.contains("<option value=\"7\" selected>sari</option>"))
      // An address that was written out is taken out of the line; another browser's says nothing.
      let written = try await supervisor.visit("/petugas/laporan?petugas=7")
      XCTAssertTrue(written.text.contains("<option value=\"7\" selected>sari</option>"))
      let other = await served.visitor("id", as: "SUPERVISOR")
      _ = try await other.visit("/petugas/laporan")
      let foreign = try await other.visit("/petugas/laporan?petugas=\(sari)")
      XCTAssertEqual(foreign.status, 200)
      XCTAssertFalse(foreign.text.contains("selected>sari"))
    }
  }

  private func assertFile(_ address: String, _ visitor: Visitor, names name: String) async throws {
    let file = try await visitor.get(address)
    XCTAssertEqual(file.status, 200, address)
    guard address.hasPrefix("/petugas/laporan.csv"), address.contains("tabel=ringkasan") else { return }
    XCTAssertTrue(file.text.contains(name), file.text)
  }

  /// What a list offers, as it came over the wire.
  private static func values(of list: String, sent answer: Answer) -> [String] {
    var isInside = false
    var values: [String] = []
    for tag in Markup(answer.sent?.body ?? answer.body).tags {
      if tag.name == "select" { isInside = !tag.isEnd && tag.attributes["name"] == list }
      if tag.name == "option", !tag.isEnd, isInside { values.append(tag.attributes["value"] ?? "") }
    }
    return values
  }

  private func assertSound(_ answer: Answer, file: StaticString = #filePath, line: UInt = #line) {
    XCTAssertEqual(answer.faults, [], file: file, line: line)
    XCTAssertFalse(answer.text.contains("queue."), "a message without words", file: file, line: line)
  }

  private func serving(
    officers: any OfficerDirectory, _ body: (ReportHall, ServedModule) async throws -> Void
  ) async throws {
    let hall = try await ReportHall(counterCount: 1, officers: officers)
    let served = try hall.serve()
    do {
      try await body(hall, served)
    } catch {
      XCTFail("\(error)")
    }
    await served.stop()
    await hall.close()
  }
}
