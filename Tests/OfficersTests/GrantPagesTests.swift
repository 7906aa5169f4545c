import Client
import Contracts
import Core
import ModuleHarness
import Web
import XCTest

@testable import Officers

/// The page of one account, and who gave which right to whom.
final class GrantPagesTests: XCTestCase {
  private static let own = StaffedOffice.password.exposed

  func testEveryPageOfRightsIsSoundInBothLanguagesForSupervisorsAndAuditors() async throws {
    try await serving { office, served in
      let account = try await office.add("siti", role: .supervisor)
      let other = try await office.add("budi")
      let now = office.base.clock.now
      let order = GrantOrder(
        role: "auditor", kind: .own, since: now, until: now + .hours(240), reason: "Pemeriksaan tahunan")
      let reader = try await office.add("rina", role: .frontDesk)
      try await office.grants.give(order, to: reader.id, by: .officer(account.id, .supervisor))
      let first = try XCTUnwrap(reader.grants.first).id
      try await office.grants.end(
        first, of: reader.id, because: "Hanya memeriksa", by: .officer(account.id, .supervisor))
      for (name, mayChange) in [("siti", true), ("rina", false)] {
        for language in ["id", "en"] {
          let visitor = served.visitor(language)
          try await signIn(visitor, name)
          for path in ["/petugas", "/petugas/akun", "/petugas/akun/hak", "/petugas/akun/\(reader.id)"] {
            let page = try await visitor.visit(path)
            XCTAssertEqual(page.status, 200, "\(path) as \(name)")
            XCTAssertEqual(page.faults, [], path)
          }
          let page = try await visitor.visit("/petugas/akun/\(other.id)")
          XCTAssertEqual(page.forms.contains { $0.action.hasSuffix("/peran") }, mayChange)
        }
      }
    }
  }

  func testGivingAndEndingARoleAsksFirstForAReasonAndAFreshProof() async throws {
    try await serving { office, served in
      try await office.add("siti", role: .supervisor)
      let account = try await office.add("budi")
      let visitor = served.visitor()
      try await signIn(visitor, "siti")
      let path = "/petugas/akun/\(account.id)"
      let page = try await visitor.visit(path)
      let bare = try await visitor.submit(XCTUnwrap(page.form(to: "\(path)/peran")).filled(["peran": "photo"]))
      XCTAssertEqual(bare.status, 422, "a reason is missing")
      XCTAssertEqual(bare.faults, [])
      let asked = try await visitor.submit(
        XCTUnwrap(page.form(to: "\(path)/peran")).filled(["peran": "photo", "alasan": "Surat perintah 12"]))
      let question = try XCTUnwrap(asked.forms.first { $0["_yakin"] != nil }, asked.heading ?? "")
      XCTAssertEqual(asked.faults, [])
      office.base.clock.advance(by: .minutes(6))
      let late = try await visitor.submit(question)
      XCTAssertEqual(late.status, 200, "who it is, is asked again")
      let none = try await office.grants.account(account.id).one.grants.count
      XCTAssertEqual(none, 1)
      let proof = try XCTUnwrap(late.form(to: "\(path)/peran"), late.heading ?? "")
      let given = try await visitor.submit(proof.filled(["_bukti-sandi": Self.own]))
      XCTAssertEqual(given.status, 303)
      let shown = try await visitor.visit(path)
      XCTAssertTrue(shown.text.contains("Surat perintah 12"))
      let grant = try await office.grants.account(account.id).one.grants.first { $0.role == "photo" }
      let end = try await visitor.submit(
        XCTUnwrap(shown.form(to: "\(path)/akhiri")).filled([
          "hak": String(try XCTUnwrap(grant).id), "akhir-alasan": "Pindah tugas",
        ]))
      let sure = try XCTUnwrap(end.forms.first { $0["_yakin"] != nil })
      let ended = try await visitor.submit(sure)
      XCTAssertEqual(ended.status, 303)
      let history = try await visitor.visit("/petugas/akun/hak")
      for text in ["Surat perintah 12", "Pindah tugas", "Petugas foto"] {
        XCTAssertTrue(history.text.contains(text), text)
      }
    }
  }

  func testAStandInIsAppointedForDaysAndWrongDaysAreSaidBesideTheirField() async throws {
    try await serving { office, served in
      try await office.add("siti", role: .supervisor)
      let head = try await office.add("budi", role: .head)
      let account = try await office.add("rina")
      let visitor = served.visitor()
      try await signIn(visitor, "siti")
      let path = "/petugas/akun/\(account.id)"
      let page = try await visitor.visit(path)
      let form = try XCTUnwrap(page.form(to: "\(path)/pengganti"))
      let wanted = form.filled(["digantikan": head.id.description, "plh-alasan": "Cuti tahunan"])
      let past = try await visitor.submit(
        wanted.filled(["plh-sampai--hari": "1", "plh-sampai--bulan": "1", "plh-sampai--tahun": "2020"]))
      XCTAssertEqual(past.status, 422)
      XCTAssertEqual(past.faults, [])
      let asked = try await visitor.submit(
        wanted.filled(["plh-sampai--hari": "30", "plh-sampai--bulan": "11", "plh-sampai--tahun": "2026"]))
      let question = try XCTUnwrap(asked.forms.first { $0["_yakin"] != nil }, asked.heading ?? "")
      let given = try await visitor.submit(question)
      XCTAssertEqual(given.status, 303)
      let grant = try await office.grants.account(account.id).one.grants.first
      XCTAssertEqual(grant?.kind, .standIn)
      let end = try XCTUnwrap(CivilDate(iso: "2026-12-01"))
      XCTAssertEqual(
        grant?.until, OfficeZone.wib.instant(end, CivilTime(minuteOfDay: 0)), "the last day is a whole one")
    }
  }

  func testAnAuditorChangesNothingHere() async throws {
    try await serving { office, served in
      let account = try await office.add("siti", role: .supervisor)
      let auditor = try await office.add("rina", role: .frontDesk)
      let now = office.base.clock.now
      try await office.grants.give(
        GrantOrder(role: "auditor", kind: .own, since: now, until: now + .hours(240), reason: "Pemeriksaan tahunan"),
        to: auditor.id, by: .system("test"))
      let visitor = served.visitor()
      try await signIn(visitor, "rina")
      _ = try await visitor.visit("/petugas/akun")
      for path in ["", "/\(account.id)/tutup", "/\(account.id)/sandi", "/\(account.id)/peran", "/\(account.id)/akhiri"]
      {
        let answer = try await visitor.post("/petugas/akun" + path, [("_yakin", "ya")])
        XCTAssertEqual(answer.status, 403, path)
      }
    }
  }

  private func signIn(_ visitor: Visitor, _ name: String) async throws {
    _ = try await visitor.visit("/petugas/masuk")
    let answer = try await visitor.post("/petugas/masuk", [("nama", name), ("sandi", Self.own)])
    XCTAssertEqual(answer.status, 303)
  }

  private func serving(_ body: (StaffedOffice, ServedModule) async throws -> Void) async throws {
    let office = try await StaffedOffice()
    let served = try ServedModule(
      office.module.routes(), navigation: office.module.navigation(), gatekeeper: office.gatekeeper, in: office.base)
    try await served.whileServing { try await body(office, served) }
  }
}
