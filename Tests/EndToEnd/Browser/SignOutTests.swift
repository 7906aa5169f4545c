import Client
import WebDriver
import XCTest

/// What a browser still shows of an officer's pages after signing out: nothing.
final class SignOutTests: BrowserTestCase {
  private static let signInForm = "main form[action=\"/petugas/masuk\"]"

  func testTheBackButtonShowsNothingOfTheConsoleAfterSigningOut() throws {
    let office = try makeOffice()
    let password = try office.addOfficer("rengganis", role: "clerk")
    try office.start()
    let origin = "http://127.0.0.1:\(office.port)"
    for runsScripts in [true, false] {
      let session = try openBrowser(BrowserOptions(size: (1280, 900), language: "id", runsScripts: runsScripts))
      try session.open(origin + "/petugas/masuk")
      try session.fill("nama", with: "rengganis")
      try session.fill("sandi", with: password)
      try session.press(until: ".face-console")
      try session.open(origin + "/petugas/sandi")
      XCTAssertTrue(try session.text("body").contains("rengganis"), "the console names its officer")
      try session.element("form[action=\"/petugas/keluar\"] button").click()
      try session.wait(for: "the sign-in page") { try session.has(Self.signInForm) }
      for turn in 1...3 {
        try session.back()
        try session.wait(for: "the sign-in page, \(turn) back") { try session.has(Self.signInForm) }
        XCTAssertFalse(try session.has(".face-console"))
        XCTAssertFalse(try session.text("body").contains("rengganis"), "\(turn) back")
      }
    }
  }
}
