import Client
import Core
import ModuleHarness
import PasskeyHarness
import Web
import XCTest

@testable import Officers

/// What needs no password compared is done at once, also while a storm of sign-ins lasts and too many passwords wait.
final class StormWaysTests: XCTestCase {
  private static let own = StaffedOffice.password.exposed

  func testPasskeysAndSecondStepsAreNotHeldUpByAStorm() async throws {
    let watched = WatchedHash()
    let keyed = try await KeyedOffice(hashing: watched)
    let office = keyed.office
    let siti = try await office.add("siti")
    try await office.add("budi")
    var key = try SoftKey()
    let refusal = try await keyed.register(&key, of: siti)
    XCTAssertNil(refusal)
    let enrolled = try await office.enrol("budi", in: office.enter("budi"))
    let halfway = try await office.begin("budi")
    for number in 0..<StormRules().failureCount { await office.module.watch.note(from: "jaringan-\(number)") }
    XCTAssertTrue(office.module.watch.isStorm)
    watched.beBusy(true)
    let served = try ServedModule(
      office.module.routes(), navigation: office.module.navigation(), gatekeeper: office.gatekeeper, in: office.base)
    let shown = key
    try await served.whileServing {
      let stranger = served.visitor()
      _ = try await stranger.visit("/petugas/masuk")
      let held = try await stranger.post("/petugas/masuk", [("nama", "siti"), ("sandi", Self.own)])
      XCTAssertEqual(held.status, 429, "a password is compared")
      try await signInAndUnlock(with: shown, served.visitor())
      let officer = await served.visitor("id", as: halfway.exposed)
      let page = try await officer.visit("/petugas/faktor/kode")
      let form = try XCTUnwrap(page.form(to: "/petugas/faktor/kode"))
      let opened = try await officer.submit(form.filled(["kode": enrolled.app.code(at: office.base.clock.now)]))
      XCTAssertEqual(opened.location, "/petugas")
    }
    XCTAssertTrue(office.module.watch.isStorm, "the storm was over before")
  }

  private func signInAndUnlock(with own: SoftKey, _ counter: Visitor) async throws {
    var key = own
    let page = try await counter.visit("/petugas/masuk")
    let form = try XCTUnwrap(page.form(to: "/petugas/masuk/kunci"))
    let entered = try await counter.submit(form.filled(key.show(counter.get("/petugas/masuk/kunci"))))
    XCTAssertEqual(entered.location, "/petugas")
    _ = try await counter.visit("/petugas")
    _ = try await counter.post("/petugas/sesi/kunci", [("kembali", "/petugas")])
    let locked = try await counter.visit("/petugas")
    let question = try XCTUnwrap(locked.form(to: "/petugas/terkunci"))
    let options = try await counter.get("/petugas/bukti/kunci")
    let opened = try await counter.submit(question.filled(key.prove(options)))
    XCTAssertEqual(opened.location, "/petugas")
  }
}
