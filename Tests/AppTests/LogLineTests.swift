import XCTest

@testable import gapura

/// No value of a log line looks like a line of its own.
final class LogLineTests: XCTestCase {
  func testLineEndsAndControlsInAValueAreReplaced() {
    for end in [
      "\n", "\r\n", "\r", "\u{85}", "\u{2028}", "\u{2029}", "\0", "\u{1B}[2K", "\u{9B}", "\u{202E}", "\u{7F}",
    ] {
      let suffix = JournalLog.suffix([("kiosk.name", "lobby\(end)gapura: error: forged")])
      XCTAssertFalse(suffix.unicodeScalars.contains { end.unicodeScalars.first == $0 }, suffix.debugDescription)
      XCTAssertTrue(suffix.hasPrefix(" (kiosk.name=lobby\u{FFFD}"), suffix.debugDescription)
    }
  }

  func testOtherValuesStayAsTheyAre() {
    for value in ["A-012", "/var/lib/gapura", "caf\u{E9} \u{2013} 100 %", ""] {
      XCTAssertEqual(JournalLog.line(value), value)
    }
  }
}
