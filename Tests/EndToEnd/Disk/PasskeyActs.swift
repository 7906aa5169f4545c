import Client
import PasskeyHarness
import XCTest

/// What officers do with their passkeys, by a key in memory, at the address that the shipped configuration names.
struct PasskeyActs {
  let walk: WriteWalk

  /// Does them all, one after another.
  func take(_ officer: Browser, password: String) throws {
    let count = "SELECT count(*) FROM officers_passkey"
    var key = try SoftKey()
    try walk.take("/petugas/kunci", count) {
      try officer.prove(password)
      let page = try officer.visit("/petugas/kunci")
      let form = try XCTUnwrap(page.form(to: "/petugas/kunci/baru"), page.heading ?? "")
      let asked = try officer.submit(form.filled(["nama": "Kunci biru"]))
      key = try SoftKey()
      let made = try XCTUnwrap(asked.form(to: "/petugas/kunci"), asked.heading ?? "").filled(key.create(on: asked))
      return { try officer.submit(made) }
    }
    let path = "/petugas/kunci/\(try walk.office.query("SELECT factor FROM officers_passkey"))"
    try walk.take(
      "/petugas/kunci/:kunci/nama", "SELECT label FROM officers_factor", officer, on: "\(path)/nama",
      to: "\(path)/nama",
      ["nama": "Kunci merah"])
    let counter = Browser(port: walk.office.port)
    try walk.take("/petugas/masuk/kunci", "SELECT count(*) FROM officers_session") {
      let page = try counter.visit("/petugas/masuk")
      let form = try XCTUnwrap(page.form(to: "/petugas/masuk/kunci"), page.heading ?? "")
      let shown = form.filled(try key.show(counter.get("/petugas/masuk/kunci")))
      return { try counter.submit(shown) }
    }
    try walk.take("/petugas/kunci/:kunci/hapus", count) {
      // The password alone proves nothing beside a key.
      let proof = try XCTUnwrap(officer.visit("/petugas/bukti").form(to: "/petugas/bukti"))
      let proven = try officer.submit(proof.filled(key.prove(officer.get("/petugas/bukti/kunci"))))
      XCTAssertEqual(proven.status, 303)
      let page = try officer.visit("\(path)/nama")
      let asked = try officer.submit(XCTUnwrap(page.form(to: "\(path)/hapus"), page.heading ?? ""))
      let question = try XCTUnwrap(asked.form(to: "\(path)/hapus"), asked.heading ?? "")
      return { try officer.submit(question) }
    }
  }
}
