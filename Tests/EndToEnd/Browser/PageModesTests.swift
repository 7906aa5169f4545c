import Client
import Core
import WebDriver
import XCTest

/// The main pages in every mode that a reader may choose: light and dark, high contrast in both, large
/// print, and by keyboard alone.
final class PageModesTests: BrowserTestCase {
  func testPublicPagesInEveryModeOnAPhone() throws {
    let tour = try Tour(makeOffice())
    let phone = try openBrowser(BrowserOptions(size: (390, 844), language: "id"))
    for stop in tour.publicStops { try look(tour, stop, phone) }
  }

  func testOfficePagesInEveryModeOnADesktop() throws {
    let tour = try Tour(makeOffice())
    let desktop = try openBrowser(BrowserOptions(size: (1280, 900), language: "id"))
    try tour.signIn(desktop)
    for stop in tour.officeStops { try look(tour, stop, desktop) }
    let clerk = try openBrowser(BrowserOptions(size: (1280, 900), language: "id"))
    try tour.signInAsClerk(clerk)
    for stop in tour.clerkStops { try look(tour, stop, clerk) }
  }

  private func look(_ tour: Tour, _ stop: Tour.Stop, _ session: BrowserSession) throws {
    try tour.open(stop, in: session)
    try AccessibilityAudit(session: session).checkThoroughly(stop.name)
  }

  /// The audit must find what is wrong: a page with one fault of each kind.
  func testAuditFindsEachFaultOfABadPage() throws {
    let office = try makeOffice()
    try office.start()
    let session = try openBrowser()
    try session.open("http://127.0.0.1:\(office.port)/layanan")
    try session.run(
      """
      document.documentElement.removeAttribute('lang');
      const main = document.querySelector('main');
      const add = (tag, facts, text = '', style = {}) => {
        const element = Object.assign(document.createElement(tag), facts);
        element.textContent = text;
        Object.assign(element.style, style);
        main.append(element);
        return element;
      };
      add('h4', {}, 'Skips two levels');
      add('p', { id: 'twice' }, 'pale', { color: '#999', background: '#fff' });
      add('p', { id: 'twice' }, 'again');
      add('input', { type: 'text' });
      add('a', { href: '#', className: 'tiny' }, '', { display: 'inline-block', width: '9px', height: '9px' });
      add('a', { href: '#', className: 'tiny' }, 'x', { display: 'inline-block', width: '9px', height: '9px' });
      add('div', {}, 'wide', { width: '3000px' });
      add('p', {}, 'a long line that is cut off', { width: '3rem', overflow: 'hidden', whiteSpace: 'nowrap' });
      add('button', { className: 'button primary' }, 'above a heading', { display: 'block' });
      add('h2', {}, 'touched', { margin: '0' });
      add('button', { className: 'button primary' }, 'above a frame', { display: 'block' });
      const frame = add('div', { className: 'card' }, '', { margin: '0' });
      frame.append(add('p', {}, 'in a frame that is touched'));
      const row = add('table', {}).insertRow();
      for (const word of ['one', 'other']) {
        const cell = row.insertCell();
        cell.textContent = word;
        cell.style.padding = '0';
      }
      add('button', { className: 'bare' }, 'no mark', { outline: 'none', boxShadow: 'none' });
      """)
    let audit = AccessibilityAudit(session: session)
    let findings = try audit.findings().joined(separator: "\n")
    for fault in [
      "no language", "heading level 4 after", "id twice twice", "no name", "contrast 2.8", "target of 9 by 9",
      "wide in 1280", "text cut off", "touches what follows (“touched”)",
      "touches what follows (“in a frame that is touched”)", "pixels from the cell before",
    ] {
      XCTAssertTrue(findings.contains(fault), "the audit misses “\(fault)” in:\n\(findings)")
    }
    try session.resize(width: 360, height: 780)
    XCTAssertTrue(try audit.findings().joined().contains("target of 9 high on a phone"))
    try session.resize(width: 1280, height: 900)
    let byKeyboard = try audit.keyboardFindings().joined(separator: "\n")
    XCTAssertTrue(byKeyboard.contains("no mark of the focus: <button class=\"bare\""), byKeyboard)
  }
}
