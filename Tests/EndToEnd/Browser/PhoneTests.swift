import Client
import Foundation
import WebDriver
import XCTest

/// What a phone on a slow line must fetch before it shows something to read. `make bench BENCH=phone` times it on such a
/// line; here it is counted, which no busy machine changes.
final class PhoneTests: BrowserTestCase {
  /// For a connection, for TLS 1.3, and for the page.
  private static let roundTripsToThePage = 3
  private static let roundTripsMax = 3
  /// Half a second and a bit at 250 kbit/s.
  private static let byteCountMax = 20_000.0

  func testAColdPhoneReadsAfterThreeRoundTripsAndLessThan20Kilobytes() throws {
    let office = try makeOffice()
    try office.start()
    let ticket = try HallVisitor(port: office.port).applyAndTakeNumber(person: 1)
    for path in ["/", "/tiket/\(ticket.code)"] {
      let browser = try openBrowser(BrowserOptions(size: (360, 740)))
      try browser.open("http://127.0.0.1:\(office.port)\(path)")
      let page = try browser.run(
        """
        const loaded = performance.getEntriesByType('resource').filter(r => !r.name.endsWith('/peristiwa'));
        return {
          bytes: performance.getEntriesByType('navigation')[0].transferSize
            + loaded.reduce((sum, r) => sum + r.transferSize, 0),
          count: loaded.length,
          blocking: loaded.filter(r => r.renderBlockingStatus === 'blocking').map(r => new URL(r.name).pathname),
          late: loaded.filter(r => r.initiatorType === 'css').map(r => r.name),
        };
        """)
      XCTAssertEqual(page["blocking"].strings, [], "\(path) waits for more than itself")
      XCTAssertEqual(page["late"].strings, [], "\(path): what only the style sheet names costs a further round trip")
      XCTAssertGreaterThan(page["count"].double ?? 0, 1, "nothing was counted")
      XCTAssertLessThanOrEqual(Self.roundTripsToThePage + page["blocking"].items.count, Self.roundTripsMax)
      // Whatever it loads, as if all of it came before the first words.
      XCTAssertLessThan(page["bytes"].double ?? .infinity, Self.byteCountMax, path)
      browser.close()
    }
  }

  func testAPhoneHasDatesInOneRowAndAnOfficersNameInOneLine() throws {
    let office = try makeOffice()
    try office.start()
    let password = try office.addOfficer("siti.rahmawati", role: "clerk")
    let browser = try openBrowser(BrowserOptions(size: (360, 740)))
    try browser.open("http://127.0.0.1:\(office.port)/ajukan/paspor-elektronik-10")
    try browser.element(".date div:nth-child(2) input").type("September")
    let dates = try browser.run(
      """
      return [...document.querySelectorAll('.date')].map(date => {
        const inputs = [...date.querySelectorAll('input')];
        return { rows: new Set([...date.children].map(part => part.offsetTop)).size,
          cut: inputs.filter(input => input.scrollWidth > input.clientWidth).map(input => input.name) };
      });
      """)
    XCTAssertFalse(dates.items.isEmpty, "the form asks for no date")
    for date in dates.items {
      XCTAssertEqual(date["rows"].double, 1, "the parts of a date stand below each other")
      XCTAssertEqual(date["cut"].strings, [], "a month's name is cut")
    }

    try browser.open("http://127.0.0.1:\(office.port)/petugas/masuk")
    try browser.element("#f-nama").type("siti.rahmawati")
    try browser.element("#f-sandi").type(password)
    try browser.element("main form.form button[type=submit]").click()
    try browser.wait(for: "the console") { try browser.has(".face-console .officer") }
    let name = try browser.run(
      """
      const name = document.querySelector('.officer strong');
      const lines = parseFloat(getComputedStyle(name).lineHeight);
      return { lines: Math.round(name.offsetHeight / lines), isCut: name.scrollWidth > name.clientWidth,
        overflow: document.documentElement.scrollWidth - innerWidth };
      """)
    XCTAssertEqual(name["lines"].double, 1, "the name is broken")
    XCTAssertEqual(name["isCut"], false, "a name of usual length is cut")
    XCTAssertLessThanOrEqual(name["overflow"].double ?? .infinity, 0)
  }
}
