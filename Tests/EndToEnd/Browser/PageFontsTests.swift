import Client
import Core
import WebDriver
import XCTest

/// Every page in wide, middle and narrow letters: on a small phone, on a common one and on a desktop, with text as it
/// is and twice as large.
final class PageFontsTests: BrowserTestCase {
  func testPagesHoldInWideLetters() throws { try look(in: .dejaVu) }
  func testPagesHoldInMiddleLetters() throws { try look(in: .noto) }
  func testPagesHoldInNarrowLetters() throws { try look(in: .liberation) }

  /// What the three are chosen for; a family that the browser does not find would look like another.
  func testTheThreeFamiliesAreWideMiddleAndNarrow() throws {
    let widths = try FontFamily.allCases.map { family in
      let session = try openBrowser(BrowserOptions(fonts: family))
      return try session.run(
        """
        const line = document.createElement('span');
        line.textContent = 'Kantor Imigrasi 1808991708900001';
        line.style.font = '20px system-ui, sans-serif';
        document.body.append(line);
        const width = line.getBoundingClientRect().width;
        line.style.fontFamily = `"${arguments[0]}"`;
        return [width, line.getBoundingClientRect().width];
        """, .text("\(family.rawValue) Sans")
      ).items.map { $0.double ?? 0 }
    }.map { widths in
      XCTAssertEqual(widths.first, widths.last, "the machine's own letters are not the family's")
      return widths.first ?? 0
    }
    print("widths of one line: \(widths)")
    XCTAssertEqual(widths, widths.sorted(by: >))
    XCTAssertEqual(Set(widths).count, 3)
  }

  private func look(in fonts: FontFamily) throws {
    let tour = try Tour(makeOffice())
    let person = try openBrowser(BrowserOptions(fonts: fonts))
    for stop in tour.publicStops { try look(tour, stop, person) }
    let supervisor = try openBrowser(BrowserOptions(fonts: fonts))
    try tour.signIn(supervisor)
    for stop in tour.officeStops { try look(tour, stop, supervisor) }
    let clerk = try openBrowser(BrowserOptions(fonts: fonts))
    try tour.signInAsClerk(clerk)
    for stop in tour.clerkStops { try look(tour, stop, clerk) }
  }

  private func look(_ tour: Tour, _ stop: Tour.Stop, _ session: BrowserSession) throws {
    try tour.open(stop, in: session)
    try AccessibilityAudit(session: session).checkWidths(stop.name)
  }
}
