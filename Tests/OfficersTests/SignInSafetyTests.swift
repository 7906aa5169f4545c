import Client
import Core
import ModuleHarness
import Store
import Web
import XCTest

@testable import Officers

/// What another person's browser or page can do with an officer's sign-in: nothing.
final class SignInSafetyTests: XCTestCase {
  private let password = StaffedOffice.password.exposed

  // MARK: Session fixation

  func testASessionThatWasPlantedIsNeitherTakenOverNorOpenAfterTheSignIn() async throws {
    try await serving { office, served in
      try await office.add("siti")
      try await office.add("jahat")
      let invented = SessionToken(from: office.base.random)
      let own = try await office.enter("jahat")
      for planted in [invented, own] {
        let officer = await served.visitor("id", as: planted.exposed)
        _ = try await officer.visit("/petugas/masuk")
        let entered = try await officer.post("/petugas/masuk", [("nama", "siti"), ("sandi", password)])
        XCTAssertEqual(entered.status, 303)
        let cookie = try XCTUnwrap(entered.all("set-cookie").first { $0.hasPrefix("petugas=") })
        XCTAssertFalse(cookie.contains(planted.exposed), "the planted token became the officer's")
        let stranger = await served.visitor("id", as: planted.exposed)
        let page = try await stranger.get("/petugas")
        XCTAssertNotEqual(page.status, 200, "the planted token is open")
      }
    }
  }

  func testADeviceThatWasPlantedGivesNoLaneOfTheOfficersOwn() async throws {
    try await serving { office, served in
      try await office.add("siti")
      let planted = SessionToken(from: office.base.random)
      let officer = served.visitor()
      await officer.with { $0.setCookie("perangkat", planted.exposed) }
      _ = try await officer.visit("/petugas/masuk")
      let entered = try await officer.post("/petugas/masuk", [("nama", "siti"), ("sandi", password)])
      let device = try XCTUnwrap(entered.all("set-cookie").first { $0.hasPrefix("perangkat=") })
      XCTAssertFalse(device.contains(planted.exposed))
      let attempt = SignIn.Attempt(
        username: "siti", password: StaffedOffice.password, address: [1], device: planted.exposed)
      let isKnown = try await office.signIn.knows(attempt)
      XCTAssertFalse(isKnown)
    }
  }

  // MARK: Forms of other sites

  func testNoOtherSiteSignsAnybodyInOrOut() async throws {
    try await serving { office, served in
      try await office.add("siti")
      let other = served.visitor()
      _ = try await other.visit("/petugas/masuk")
      let foreign = await other.with { $0.token }
      let victim = served.visitor()
      _ = try await victim.visit("/petugas/masuk")
      let fields = [("nama", "siti"), ("sandi", password)]
      for token in ["", "salah", foreign] {
        let answer = try await victim.post("/petugas/masuk", fields + [("_csrf", token)])
        XCTAssertEqual(answer.status, 403)
        XCTAssertFalse(answer.all("set-cookie").contains { $0.hasPrefix("petugas=") })
        XCTAssertFalse(answer.text.contains(password), "the password stands in the page")
      }
      let (secret, crossSite) = (password, [(name: "Sec-Fetch-Site", value: "cross-site")])
      let crossed = try await victim.with { browser in
        try browser.post("/petugas/masuk", fields: [("nama", "siti"), ("sandi", secret)], crossSite)
      }
      XCTAssertEqual(crossed.status, 403)
      let sessionCount: Int? = try await office.base.store.read { snapshot in
        try snapshot.value("SELECT count(*) FROM officers_session")
      }
      XCTAssertEqual(sessionCount, 0)

      let entered = try await victim.post("/petugas/masuk", fields)
      XCTAssertEqual(entered.status, 303)
      let out = try await victim.post("/petugas/keluar", [("_csrf", foreign)])
      XCTAssertEqual(out.status, 403)
      let page = try await victim.get("/petugas")
      XCTAssertEqual(page.status, 200, "another site's form has signed the officer out")
    }
  }

  // MARK: Redirects

  func testAfterTheSignInNoAddressLeadsOutOfTheConsole() async throws {
    try await serving { office, served in
      try await office.add("siti")
      // Known after the first sign-in, so that none of the others has to wait.
      let visitor = served.visitor()
      for wanted in [
        "https://jahat.example/petugas", "//jahat.example/petugas", "/\\jahat.example", "/petugas/..//jahat.example",
        "/petugas/%2e%2e/lacak", "/petugas/./..", "/petugas\\@jahat.example", "/%70etugas/..", "/petugas%0d%0aX: y",
        "\thttps://jahat.example", "javascript:alert(1)", "data:text/html,x", "petugas", "", "/petugas/masuk",
        "/petugas/keluar",
      ] {
        _ = try await visitor.visit("/petugas/masuk")
        let entered = try await visitor.post(
          "/petugas/masuk", [("nama", "siti"), ("sandi", password), ("kembali", wanted)])
        XCTAssertEqual(entered.location, "/petugas", wanted)
        let shown = try await visitor.get("/petugas/masuk?kembali=\(Browser.encoded(wanted))")
        if wanted.hasPrefix("\t") {
          XCTAssertEqual(shown.status, 400, "no address holds a tab")
        } else {
          XCTAssertEqual(shown.location, "/petugas", "signed in already, \(wanted)")
        }
        _ = try await visitor.visit("/petugas")
        _ = try await visitor.post("/petugas/keluar", [])
      }
    }
  }

  // MARK: Cookies

  func testTheSessionsCookieGoesToThisHostAloneAndOverTLSNowhereElse() async throws {
    for isSecure in [false, true] {
      let (session, device) = try await cookies(isSecure: isSecure)
      let prefix = isSecure ? "__Host-" : ""
      XCTAssertTrue(session.hasPrefix("\(prefix)petugas="), session)
      XCTAssertTrue(device.hasPrefix("\(prefix)perangkat="), device)
      for (cookie, site) in [(session, "Strict"), (device, "Lax")] {
        let attributes = cookie.split(separator: ";").dropFirst().map { String($0.drop { $0 == " " }) }
        XCTAssertTrue(Set(attributes).isSuperset(of: ["Path=/", "HttpOnly", "SameSite=\(site)"]), cookie)
        XCTAssertEqual(attributes.contains("Secure"), isSecure, cookie)
        XCTAssertFalse(attributes.contains { $0.lowercased().hasPrefix("domain") }, cookie)
      }
      XCTAssertFalse(session.contains("Max-Age"), "the browser forgets it when it is closed")
      XCTAssertTrue(device.contains("Max-Age=\(30 * 24 * 3600)"), device)
    }
  }

  /// The lines by which a sign-in sets the session's and the device's cookies.
  private func cookies(isSecure: Bool) async throws -> (session: String, device: String) {
    let office = try await StaffedOffice()
    try await office.add("siti")
    let served = try ServedModule(
      office.module.routes(), gatekeeper: office.gatekeeper, in: office.base,
      publicBaseURL: isSecure ? "https://antrean.example.go.id" : nil)
    let visitor = served.visitor()
    _ = try await visitor.visit("/petugas/masuk")
    let entered = try await visitor.post("/petugas/masuk", [("nama", "siti"), ("sandi", password)])
    await served.stop()
    let lines = entered.all("set-cookie")
    return (
      try XCTUnwrap(lines.first { $0.contains("petugas=") }), try XCTUnwrap(lines.first { $0.contains("perangkat=") })
    )
  }

  private func serving(_ body: (StaffedOffice, ServedModule) async throws -> Void) async throws {
    let office = try await StaffedOffice()
    let served = try ServedModule(
      office.module.routes(), navigation: office.module.navigation(), gatekeeper: office.gatekeeper, in: office.base)
    try await served.whileServing { try await body(office, served) }
  }
}
