import Client
import Core
import Foundation
import XCTest

/// An auditor reads what their rights show, for as long as they have them, and changes nothing.
final class AuditorTests: XCTestCase {
  /// What each officer does for themselves, whatever their rights.
  private static let own: Set<String> = ["/petugas/masuk", "/petugas/keluar", "/petugas/sandi"]

  /// The pages that the auditor's rights show, as shipped, which lead to no single case.
  private static let shown = [
    "/petugas", "/petugas/berkas", "/petugas/ruang", "/petugas/ruang/henti", "/petugas/janji", "/petugas/laporan",
    "/petugas/survei", "/petugas/pengaduan", "/petugas/hak-data", "/petugas/hak-data/pembukaan", "/petugas/akun",
    "/petugas/akun/hak", "/petugas/akun/2", "/petugas/pemeriksaan",
  ]

  func testAnAuditorReadsEveryPageOfTheirRightsAndEveryFormIsRefused() throws {
    let office = try closedOffice()
    try office.liftRates()
    try office.start()
    _ = try HallVisitor(port: office.port).applyAndTakeNumber(person: 1)
    let supervisor = try office.seatOfficer("budi", role: "supervisor", at: nil)
    let password = try office.addOfficer("pemeriksa", role: "front-desk")
    try give("auditor", to: 2, by: supervisor, office, days: 30)
    try endFirstRole(of: 2, by: supervisor, office)
    let auditor = Browser(port: office.port)
    _ = try auditor.visit("/petugas/masuk")
    let entered = try auditor.post("/petugas/masuk", ["nama": "pemeriksa", "sandi": password])
    XCTAssertEqual(entered.status, 303)

    for path in Self.shown { XCTAssertEqual(try auditor.visit(path).status, 200, path) }
    for path in ["/petugas/loket", "/petugas/permohonan", "/petugas/hak-data/darurat", "/petugas/permintaan-data"] {
      XCTAssertEqual(try auditor.get(path).status, 403, path)
    }

    let routes = try WritePaths.routes().filter { $0.hasPrefix("/petugas") && !Self.own.contains($0) }
    XCTAssertGreaterThan(routes.count, 35, "the routes were not found in the sources")
    let before = try changes(office)
    for route in routes.sorted() {
      let path = route.split(separator: "/").map { $0.hasPrefix(":") ? "1" : String($0) }.joined(separator: "/")
      let answer = try auditor.post("/\(path)", ["_yakin": "ya"])
      XCTAssertEqual(answer.status, 403, route)
      XCTAssertTrue(answer.text.contains("Akun Anda tidak berwenang untuk ini"), route)
    }
    XCTAssertEqual(try changes(office), before, "something was changed all the same")

    try office.clock.set("2027-03-01 09:00")
    let over = Browser(port: office.port)
    _ = try over.visit("/petugas/masuk")
    _ = try over.post("/petugas/masuk", ["nama": "pemeriksa", "sandi": password])
    XCTAssertEqual(try over.get("/petugas/laporan").status, 403, "the time for which it was given is over")
  }

  /// How much the journal and the ledger have, which every change is told to.
  private func changes(_ office: OfficeProcess) throws -> String {
    try office.query("SELECT (SELECT max(sequence) FROM store_events), (SELECT count(*) FROM ledger_entries)")
  }

  private func give(
    _ role: String, to account: Int, by supervisor: Browser, _ office: OfficeProcess, days: Int
  ) throws {
    let path = "/petugas/akun/\(account)"
    let last = office.clock.today.adding(days: days)
    let form = try XCTUnwrap(supervisor.visit(path).form(to: "\(path)/peran")).filled([
      "peran": role, "sampai--hari": String(last.day), "sampai--bulan": String(last.month),
      "sampai--tahun": String(last.year), "alasan": "Pemeriksaan tahunan",
    ])
    try sure(supervisor.submit(form), supervisor)
  }

  private func endFirstRole(of account: Int, by supervisor: Browser, _ office: OfficeProcess) throws {
    let path = "/petugas/akun/\(account)"
    let first = try office.query("SELECT min(id) FROM officers_grant WHERE account = \(account)")
    let form = try XCTUnwrap(supervisor.visit(path).form(to: "\(path)/akhiri"))
    try sure(supervisor.submit(form.filled(["hak": first, "akhir-alasan": "Hanya memeriksa"])), supervisor)
  }

  private func sure(_ asked: Answer, _ supervisor: Browser) throws {
    let question = try XCTUnwrap(asked.forms.first { $0["_yakin"] != nil }, asked.heading ?? "")
    let answer = try supervisor.submit(question)
    XCTAssertEqual(answer.status, 303, answer.heading ?? "")
  }
}
