import Client
import Core
import WebDriver
import XCTest

/// The call display on the screens that halls have, full of calls, with wide, middle and narrow letters: nothing lies
/// over anything else, and the great number stays inside its card.
final class DisplayFitTests: BrowserTestCase {
  func testFullDisplayFitsOnEveryScreenWithAnyLetters() throws {
    let office = try makeOffice()
    let password = try office.addOfficer("budi", role: "supervisor")
    try office.start()
    for person in 0..<3 { _ = try HallVisitor(port: office.port).applyAndTakeNumber(person: person) }
    let budi = Browser(port: office.port)
    _ = try budi.visit("/petugas/masuk")
    _ = try budi.post("/petugas/masuk", ["nama": "budi", "sandi": password])
    for (counter, steps) in [(1, ["buka", "panggil", "mulai", "selesai"]), (2, ["buka", "panggil"])] {
      let desk = "/petugas/loket/\(counter)"
      for step in steps { _ = try budi.follow(budi.submit(XCTUnwrap(budi.visit(desk).form(to: "\(desk)/\(step)")))) }
    }
    for fonts in FontFamily.allCases {
      for size in [(1280, 800), (1920, 1080), (1024, 768), (1366, 768)] {
        let session = try openBrowser(BrowserOptions(size: size, language: "id", fonts: fonts))
        try session.open("http://127.0.0.1:\(office.port)/display")
        try session.wait(for: "the calls and the whole page") {
          try session.has(".board-others li") && session.run("return document.readyState === 'complete'").isTrue
        }
        let faults = try session.run(Self.fill + Self.faults)
        XCTAssertEqual(faults.strings, [], "\(size), \(fonts.rawValue)")
        session.close()
      }
    }
  }

  /// As many calls as the board has room for, with what stands there besides on a full day.
  private static let fill = """
    const add = (tag, name, text, parent, before = null) => {
      const element = document.createElement(tag);
      element.className = name;
      element.textContent = text;
      parent.insertBefore(element, before);
      return element;
    };
    const others = document.querySelector('.board-others');
    others.classList.add('many');
    while (others.children.length < 8) others.append(others.firstElementChild.cloneNode(true));
    const side = document.querySelector('.board-side');
    if (!side.querySelector('.board-more')) {
      add('p', 'board-more', 'Masih ada 12 panggilan lain.', side, side.querySelector('.board-next'));
    }
    document.querySelectorAll('.board-priority').forEach(each => each.remove());
    add('p', 'board-priority', 'Jalur prioritas: 12 orang menunggu, 3 tempat masih ada untuk hari ini. ' +
      '2 tempat yang dibatalkan akan kosong lagi.', document.querySelector('[data-live]'));
    """
  private static let faults = """
    const faults = [];
    const box = element => element.getBoundingClientRect();
    const parts = [...document.querySelectorAll(
      '.board-latest, .board-others, .board-more, .board-next, .board-priority, .ticker')];
    parts.forEach((one, place) => parts.slice(0, place).forEach(other => {
      const [a, b] = [box(one), box(other)];
      if (a.top < b.bottom - 1 && b.top < a.bottom - 1 && a.left < b.right - 1 && b.left < a.right - 1) {
        faults.push(`${one.className} lies over ${other.className}`);
      }
    }));
    const range = document.createRange();
    range.selectNodeContents(document.querySelector('.board-number'));
    const [number, card] = [range.getBoundingClientRect(), box(document.querySelector('.board-latest'))];
    if (number.left < card.left + 8 || number.right > card.right - 8) faults.push('the number leaves its card');
    document.querySelectorAll('.board-latest, .board-others li, .board-next').forEach(each => {
      if (each.scrollWidth > each.clientWidth + 1 || each.scrollHeight > each.clientHeight + 1) {
        faults.push(`${each.className || each.tagName} overflows`);
      }
    });
    if (document.documentElement.scrollHeight > innerHeight) faults.push('the page scrolls');
    return faults;
    """
}
