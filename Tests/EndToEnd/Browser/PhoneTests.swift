import Client
import Foundation
import WebDriver
import XCTest

/// What a phone on a slow line must fetch before it shows something to read. `make bench BENCH=phone` times it on a line
/// that is really slow; here it is counted, which no busy machine changes.
final class PhoneTests: BrowserTestCase {
  /// EDGE: 250 kbit/s, and 300 ms there and back.
  private static let secondsPerByte = 8 / 250_000.0
  private static let secondsPerRoundTrip = 0.3
  /// For a connection, for TLS 1.3, and for the page.
  private static let roundTripsToThePage = 3
  /// A certificate's chain, and what TLS adds to records.
  private static let handshakeByteCount = 5_000

  func testAColdPhoneReadsThePortalIn3SecondsAndItsTicketIn2() throws {
    let office = try makeOffice()
    try office.start()
    let ticket = try HallVisitor(port: office.port).applyAndTakeNumber(person: 1)
    for (path, secondsMax) in [("/", 3.0), ("/tiket/\(ticket.code)", 2.0)] {
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
      XCTAssertEqual(page["blocking"].strings, ["/aset/gapura.css"], "\(path) waits for more than its style sheet")
      XCTAssertEqual(page["late"].strings, [], "\(path): what only the style sheet names costs a further round trip")
      XCTAssertGreaterThan(page["count"].double ?? 0, 1, "nothing was counted")
      // Whatever it loads, as if all of it came before the first words.
      let byteCount = (page["bytes"].double ?? .infinity) + Double(Self.handshakeByteCount)
      let roundTrips = Double(Self.roundTripsToThePage + page["blocking"].items.count)
      let seconds = roundTrips * Self.secondsPerRoundTrip + byteCount * Self.secondsPerByte
      XCTAssertLessThan(seconds, secondsMax, "\(path): \(byteCount) bytes in \(roundTrips) round trips")
      browser.close()
    }
  }
}
