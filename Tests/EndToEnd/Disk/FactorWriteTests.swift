import Client
import Core
import Foundation
import XCTest

/// Each act with a second factor on a disk of which one call fails (see `EveryWriteTests`).
final class FactorWriteTests: XCTestCase {
  static let acts: Set<String> = [
    "/petugas/faktor/baru", "/petugas/faktor/kode", "/petugas/faktor/cadangan", "/petugas/faktor/cadangan/baru",
    "/petugas/faktor/hapus", "/petugas/akun/:akun/faktor",
  ]

  func testEveryActWithASecondFactor() throws {
    let office = try closedOffice()
    try office.liftRates()
    let (password, chiefs) = (
      try office.addOfficer("sari", role: "clerk"), try office.addOfficer("budi", role: "supervisor")
    )
    let disk = try OfficeDisk(of: office)
    try office.start(environment: disk.environment(office.clock))
    let walk = WriteWalk(office, disk)
    let officer = try enter(office, "sari", password)
    let (app, paper) = try setUp(walk, officer, password)
    try signIn(walk, password, on: "/petugas/faktor/kode") { try self.code(app, office) }
    let held = try signIn(walk, password, on: "/petugas/faktor/cadangan") { paper[0] }
    try walk.take(
      "/petugas/faktor/cadangan/baru", "SELECT group_concat(hex(hash)) FROM officers_recovery_code"
    ) {
      try self.asked(held, on: "/petugas/faktor", by: "/petugas/faktor/cadangan/baru", password, app, office)
    }
    try walk.take("/petugas/faktor/hapus", "SELECT count(*) FROM officers_time_code") {
      try self.asked(held, on: "/petugas/faktor", by: "/petugas/faktor/hapus", password, app, office)
    }
    _ = try setUp(walk, held, password)
    let chief = try enter(office, "budi", chiefs)
    let path = try "/petugas/akun/\(office.query("SELECT id FROM officers_account WHERE username = 'sari'"))/faktor"
    try walk.take("/petugas/akun/:akun/faktor", "SELECT count(*) FROM officers_factor_reset") {
      try chief.prove(chiefs)
      let shown = try chief.visit("/petugas/akun")
      let asked = try chief.submit(XCTUnwrap(shown.form(to: path), shown.heading ?? ""))
      let form = try XCTUnwrap(asked.form(to: path)).filled([
        "alasan": "Ponselnya jatuh ke sungai.", "di-depan-saya": "ya",
      ])
      return { try chief.submit(form) }
    }
    XCTAssertEqual(Self.acts.subtracting(walk.tried).sorted(), [], "not tried")
    XCTAssertGreaterThanOrEqual(walk.refusalCount, Self.acts.count, "hardly anything has failed")
    try walk.restart()
  }

  private func enter(_ office: OfficeProcess, _ name: String, _ password: String) throws -> Browser {
    let browser = Browser(port: office.port)
    _ = try browser.visit("/petugas/masuk")
    XCTAssertEqual(try browser.post("/petugas/masuk", ["nama": name, "sandi": password]).status, 303)
    return browser
  }

  /// A code that was not used before: each is shown for half a minute.
  private func code(_ app: AuthenticatorApp, _ office: OfficeProcess) throws -> String {
    try office.clock.set(office.clock.now + .seconds(60))
    return try app.code(at: office.clock.now)
  }

  private func setUp(
    _ walk: WriteWalk, _ officer: Browser, _ password: String
  ) throws -> (app: AuthenticatorApp, paper: [String]) {
    var shown: AuthenticatorApp?
    let done = try walk.take("/petugas/faktor/baru", "SELECT count(*) FROM officers_time_code") {
      try officer.prove(password)
      let page = try officer.visit("/petugas/faktor/baru")
      let app = try AuthenticatorApp(showing: page.text)
      shown = app
      let form = try XCTUnwrap(page.form(to: "/petugas/faktor/baru"), page.heading ?? "")
        .filled(["kode": self.code(app, walk.office)])
      return { try officer.submit(form) }
    }
    let paper = done.text.matches(of: /[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4}/).map { String($0.output) }
    XCTAssertEqual(paper.count, 10)
    return (try XCTUnwrap(shown), paper)
  }

  /// Signs in by the second step of that page.
  @discardableResult
  private func signIn(
    _ walk: WriteWalk, _ password: String, on path: String, by code: @escaping () throws -> String
  ) throws -> Browser {
    var last: Browser?
    try walk.take(path, "SELECT count(*) FROM officers_session WHERE stage = 'open'") {
      let browser = try self.enter(walk.office, "sari", password)
      last = browser
      let form = try XCTUnwrap(browser.visit(path).form(to: path)).filled(["kode": code()])
      return { try browser.submit(form) }
    }
    return try XCTUnwrap(last)
  }

  /// The form of a page that asks first, after the own proof.
  private func asked(
    _ officer: Browser, on page: String, by action: String, _ password: String, _ app: AuthenticatorApp,
    _ office: OfficeProcess
  ) throws -> () throws -> Answer {
    try officer.prove(password, code: code(app, office))
    let shown = try officer.visit(page)
    let asked = try officer.submit(XCTUnwrap(shown.form(to: action), shown.heading ?? ""))
    let form = try XCTUnwrap(asked.form(to: action), asked.heading ?? "")
    return { try officer.submit(form) }
  }
}
