import Client
import Core
import WebDriver
import XCTest

/// The button that shows what is typed as a password: there where scripts run, and gone before it is sent.
final class ShownPasswordTests: BrowserTestCase {
  func testAPasswordCanBeSeenWhileItIsTypedAndIsSentMasked() throws {
    let office = try makeOffice()
    let password = try office.addOfficer("sari", role: "clerk")
    try office.start()
    let session = try openBrowser(BrowserOptions(size: (width: 390, height: 844), language: "id"))
    try session.open("http://127.0.0.1:\(office.port)/petugas/masuk")
    try session.element("#f-nama").fill("sari")
    try session.element("#f-sandi").type(password)
    let button = try session.control(Self.words(.indonesian)("form.show"))
    XCTAssertEqual(try button.attribute("aria-label"), "Tampilkan: Kata sandi")
    XCTAssertEqual(try shape(session), "password false")
    try button.click()
    XCTAssertEqual(try shape(session), "text true")
    XCTAssertEqual(try session.element("#f-sandi").value, password, "what was typed is still there")
    try button.click()
    XCTAssertEqual(try shape(session), "password false")
    // By keyboard, behind the field.
    try session.element("#f-sandi").click()
    try session.press(.tab)
    try session.press(.space)
    XCTAssertEqual(try shape(session), "text true")
    try AccessibilityAudit(session: session).checkThoroughly("a password that is shown")
    // Whatever the browser keeps of a form that was sent, it was masked.
    try session.run(
      """
      addEventListener('submit', event => {
        event.preventDefault();
        document.body.dataset.sent = document.querySelector('#f-sandi').type;
      });
      """)
    try session.control(Self.words(.indonesian)("officers.sign-in.submit")).click()
    try session.wait(for: "the form to be sent") {
      try session.run("return document.body.dataset.sent ?? null").string == "password"
    }
  }

  func testAPastedPasswordOpensTheConsole() throws {
    let office = try makeOffice()
    let password = try office.addOfficer("sari", role: "clerk")
    try office.start()
    let session = try openBrowser(BrowserOptions(language: "id"))
    try session.open("http://127.0.0.1:\(office.port)/petugas/masuk")
    try session.element("#f-nama").fill("sari")
    let pasted = try session.run(
      """
      const field = document.querySelector('#f-sandi');
      field.focus();
      const data = new DataTransfer();
      data.setData('text/plain', arguments[0]);
      const isFree = field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
      document.execCommand('insertText', false, arguments[0]);
      return isFree;
      """, .text(password)
    )
    XCTAssertTrue(pasted.isTrue, "pasting is held back")
    XCTAssertEqual(try session.element("#f-sandi").value, password)
    try session.control(Self.words(.indonesian)("officers.sign-in.submit")).click()
    try session.wait(forHeading: Self.words(.indonesian)("officers.home.greeting", ["name": "sari"]))
  }

  func testWithoutScriptsThereIsNoButtonThatDoesNothing() throws {
    let office = try makeOffice()
    try office.start()
    let session = try openBrowser(BrowserOptions(language: "id", runsScripts: false))
    try session.open("http://127.0.0.1:\(office.port)/petugas/masuk")
    XCTAssertEqual(try session.element("#f-sandi").attribute("type"), "password")
    XCTAssertFalse(try session.has("[data-shows]"))
  }

  /// How the field stands, and whether the button says that it is pressed.
  private func shape(_ session: BrowserSession) throws -> String {
    let pressed = try session.element("[data-shows]").attribute("aria-pressed") ?? ""
    return "\(try session.run("return document.querySelector('#f-sandi').type").string ?? "") \(pressed)"
  }
}
