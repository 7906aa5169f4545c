import Client
import Core
import HTML
import ModuleHarness
import Web
import XCTest

@testable import Officers

/// `/petugas/sandi` and what leads there.
final class PasswordPagesTests: XCTestCase {
  func testEachRefusalOfANewPasswordIsToldBesideItsField() async throws {
    try await serving { office, served in
      try await office.add("siti")
      for language in [Language.indonesian, .english] {
        let visitor = served.visitor(language.rawValue)
        try await signIn(visitor, StaffedOffice.password.exposed)
        _ = try await visitor.visit("/petugas/sandi")
        let words = office.base.locales.words(language)
        for (new, refusal) in [
          ("pendek saja", PasswordRule.Refusal.tooShort(characterCountMin: 15)),
          ("P@ssw0rd P@ssw0rd 2024", .common), ("kantor imigrasi siti", .ownWords),
          (String(repeating: "payung teduh ", count: 11), .tooLong),
        ] {
          let answer = try await change(visitor, from: StaffedOffice.password.exposed, to: new)
          XCTAssertEqual(answer.status, 422, new)
          XCTAssertEqual(answer.faults, [], new)
          let said = "\(refusal.problem.title(words)) \(refusal.problem.mend(words))"
          XCTAssertTrue(Markup(answer.body).texts { $0.name == "p" }.contains { $0.hasSuffix(said) }, said)
          XCTAssertFalse(answer.text.contains(new), "a password never comes back")
        }
      }
      let still = try await office.attempt("siti")
      XCTAssertTrue(still.isOpened)
    }
  }

  func testThePageSaysHowLongAPasswordMustBeForThisAccount() async throws {
    try await serving { office, served in
      let account = try await office.add("siti")
      let visitor = served.visitor()
      try await signIn(visitor, StaffedOffice.password.exposed)
      let words = office.base.locales.words(.indonesian)
      let alone = try await visitor.visit("/petugas/sandi")
      XCTAssertTrue(alone.text.contains(words("officers.password.rule", ["count": "15"])))
      try await office.giveSecondFactor(to: account)
      let beside = try await visitor.visit("/petugas/sandi")
      XCTAssertTrue(beside.text.contains(words("officers.password.rule", ["count": "8"])))
      let changed = try await change(visitor, from: StaffedOffice.password.exposed, to: "payung t")
      XCTAssertEqual(changed.location, "/petugas/sandi?berhasil=ya")
    }
  }

  func testAnOfficerWhosePasswordIsTooShortIsLedToThePageThatSaysWhy() async throws {
    try await serving { office, served in
      let account = try await office.add("siti")
      try await office.plant("payung teduh 9", for: account)
      let visitor = served.visitor()
      _ = try await visitor.visit("/petugas/masuk")
      let entered = try await visitor.post("/petugas/masuk", [("nama", "siti"), ("sandi", "payung teduh 9")])
      XCTAssertEqual(entered.location, "/petugas/sandi")
      let page = try await visitor.visit("/petugas/sandi")
      XCTAssertEqual(page.faults, [])
      let words = office.base.locales.words(.indonesian)
      XCTAssertTrue(page.text.contains(words("officers.password.longer")))
      XCTAssertFalse(page.text.contains(words("officers.password.first")))
      let changed = try await change(visitor, from: "payung teduh 9", to: "payung teduh di hujan")
      XCTAssertEqual(changed.location, "/petugas")
    }
  }

  func testPasswordsMayBePastedAndHaveWordsForAButtonThatShowsThem() async throws {
    try await serving { office, served in
      try await office.add("siti")
      let visitor = served.visitor()
      let door = try await visitor.visit("/petugas/masuk")
      try await signIn(visitor, StaffedOffice.password.exposed)
      let page = try await visitor.visit("/petugas/sandi")
      for (answer, count) in [(door, 1), (page, 3)] {
        let fields = answer.text.matches(of: /<input [^>]*type="password"[^>]*>/).map { String($0.output) }
        XCTAssertEqual(fields.count, count)
        for field in fields {
          XCTAssertTrue(field.contains("data-show=\"Tampilkan\""), field)
          XCTAssertTrue(field.contains("autocomplete=\""), "a password manager fills it in: \(field)")
          XCTAssertFalse(field.contains("onpaste"), field)
        }
        XCTAssertFalse(answer.text.contains("data-shows"), "without scripts there is no button that does nothing")
      }
    }
  }

  func testTooManyWhoWaitAreToldToTryAgainAndNothingIsHeldAgainstThem() async throws {
    let watched = WatchedHash()
    let office = try await StaffedOffice(hashing: watched)
    try await serving(office) { office, served in
      try await office.add("siti")
      let visitor = served.visitor()
      _ = try await visitor.visit("/petugas/masuk")
      watched.beBusy(true)
      for _ in 0..<6 {
        let answer = try await visitor.post(
          "/petugas/masuk", [("nama", "siti"), ("sandi", StaffedOffice.password.exposed)])
        XCTAssertEqual(answer.status, 429)
        XCTAssertEqual(answer.faults, [])
        XCTAssertTrue(answer.text.contains(office.base.locales.words(.indonesian)("problem.vault.passwords-busy.mend")))
      }
      watched.beBusy(false)
      try await signIn(visitor, StaffedOffice.password.exposed)
    }
  }

  // MARK: Hands

  private func signIn(_ visitor: Visitor, _ password: String) async throws {
    _ = try await visitor.visit("/petugas/masuk")
    let answer = try await visitor.post("/petugas/masuk", [("nama", "siti"), ("sandi", password)])
    XCTAssertEqual(answer.status, 303)
  }

  private func change(_ visitor: Visitor, from old: String, to new: String) async throws -> Answer {
    try await visitor.post("/petugas/sandi", [("sandi-lama", old), ("sandi-baru", new), ("sandi-ulang", new)])
  }

  private func serving(
    _ given: StaffedOffice? = nil, _ body: (StaffedOffice, ServedModule) async throws -> Void
  ) async throws {
    let office: StaffedOffice
    if let given { office = given } else { office = try await StaffedOffice() }
    let served = try ServedModule(
      office.module.routes(), navigation: office.module.navigation(), gatekeeper: office.gatekeeper, in: office.base)
    try await served.whileServing { try await body(office, served) }
  }
}
