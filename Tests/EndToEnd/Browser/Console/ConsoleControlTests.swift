import Client
import Core
import Foundation
import WebDriver
import XCTest

/// Every key and button of the officers' pages is pressed, and what comes of it is looked at. Which there are, the pages
/// say themselves: a new one without a step in `steps.json5` fails.
final class ConsoleControlTests: BrowserTestCase {
  private static let desktop = (width: 1280, height: 900)
  private static let narrow = (width: 390, height: 844)

  func testEveryControlOfAClerkWithScripts() throws { try walk(.clerk, Self.desktop, runsScripts: true) }
  func testEveryControlOfAClerkWithoutScriptsInANarrowWindow() throws {
    try walk(.clerk, Self.narrow, runsScripts: false)
  }
  func testEveryControlOfASupervisorWithScripts() throws { try walk(.supervisor, Self.desktop, runsScripts: true) }
  func testEveryControlOfASupervisorWithoutScripts() throws { try walk(.supervisor, Self.desktop, runsScripts: false) }

  private func walk(_ role: Role, _ size: (width: Int, height: Int), runsScripts: Bool) throws {
    let tour = try Tour(makeOffice())
    let documents = try ConsoleDocuments.send(tour.office)
    let complainant = Browser(port: tour.office.port)
    _ = try complainant.submit(
      XCTUnwrap(complainant.visit("/pengaduan").form(to: "/pengaduan"))
        .filled(["jenis": "complaint", "tentang": "facilities", "isi": "Kursi tunggu di depan loket 3 patah."]))
    for person in 40..<48 { _ = try HallVisitor(port: tour.office.port).applyAndTakeNumber(person: person) }
    try tour.openFurtherSessions()
    let session = try openBrowser(BrowserOptions(size: size, language: "id", runsScripts: runsScripts))
    if role == .clerk { try tour.signInAsClerk(session) } else { try tour.signIn(session) }
    let hand = ConsoleHand(session, tour.office)
    for stop in role == .clerk ? tour.clerkStops : tour.officeStops { try hand.see(stop.path) }
    let values = [
      "name": role == .clerk ? "sari" : "budi", "counter": role == .clerk ? "2" : "1",
      "other": role == .clerk ? "1" : "2", "application": tour.application,
      "documents": documents, "password": role == .clerk ? tour.clerkPassword : tour.password,
      "case": try tour.office.query("SELECT code FROM privacy_request LIMIT 1"),
      "appointment": try tour.office.query("SELECT number FROM appointments_appointment LIMIT 1"),
      "soon": tour.office.clock.today.adding(days: 27).description,
      "later": tour.office.clock.today.adding(days: 29).description,
      "tomorrow": tour.office.clock.today.adding(days: 1).description,
    ]
    let steps = try ConsoleHand.steps { text in
      values.reduce(text) { $0.replacingOccurrences(of: "{\($1.key)}", with: $1.value) }
    }
    let own = steps.filter { $0.role == nil || $0.role == "\(role)" }
    for step in own where runsScripts ? !step.isWithoutScripts : !step.isWithScripts { try hand.take(step) }
    let untried = hand.seen.filter { !hand.pressed.contains($0.key) }.map { "\($0.key) on \($0.value)" }.sorted()
    XCTAssertEqual(untried, [], "controls without a step that looks at their effect")
    XCTAssertGreaterThan(hand.pressed.count, 25)
    let openings = try tour.office.query(ConsoleDocuments.openings)
    XCTAssertEqual(openings, ConsoleDocuments.openingCount, "each document that was shown was recorded once")
  }
}

extension ConsoleControlTests {
  // MARK: Keys that are no commands, and answers that are no pages

  func testKeysHeldTypedScannedOrWithAModifierDoNothingTwice() throws {
    let (tour, session) = try atTheCounter()
    let calls = "SELECT count(*) FROM queue_transition WHERE action = 'panggil'"
    let before = try XCTUnwrap(Int(tour.office.query(calls)))
    try session.element("summary[data-key=l]").click()
    try session.element("#f-nomor").type("pppp")
    try session.run("document.activeElement.blur()")
    // As fast as a scanner, a modifier, and a key held down.
    try session.press("p", "7", "p", "m", "9")
    for facts in ["ctrlKey: true", "altKey: true", "metaKey: true", "repeat: true"] {
      try session.run(
        "document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'p', bubbles: true, \(facts) }))")
    }
    XCTAssertEqual(try session.element("#f-nomor").value, "pppp")
    // Two presses before the first is answered are one call.
    try session.run(
      """
      const press = () => document.querySelector('[data-key=p]').click();
      press(); press();
      """)
    try session.wait(for: "the call") { try session.has("main .ticket-number") }
    XCTAssertEqual(try Int(tour.office.query(calls)), before + 1)
    XCTAssertEqual(try session.element("#f-nomor").value, "pppp", "what was typed beside it is still there")
  }

  func testTwoTabsAndTheBackButtonDoNothingTwice() throws {
    let (tour, session) = try atTheCounter()
    let first = try session.window
    try session.press("p")
    try session.wait(for: "the call") { try session.has("main .ticket-number") }
    try session.openWindow(width: 1280, height: 900)
    try session.open(tour.origin + "/petugas/loket/2")
    try session.press("m")
    try session.wait(for: "serving") { try tour.office.query(Self.inHand) == "serving" }
    try session.run("document.querySelectorAll('[data-live]').forEach(each => { delete each.dataset.live })")
    try session.go(to: first)
    try session.wait(for: "the other tab to follow") { try session.has("main [data-key=s]") }
    try session.press("s")
    try session.wait(for: "the end") { try tour.office.query(Self.inHand) == "" }
    try session.back()
    try session.open(tour.origin + "/petugas/loket/2")
    let transitions = try tour.office.query("SELECT count(*) FROM queue_transition")
    try session.reload()
    XCTAssertEqual(try tour.office.query("SELECT count(*) FROM queue_transition"), transitions)
  }

  /// A key's answer is the page, which stands at the counter's address; where no ticket waits, at one that says so.
  func testAKeysPageStandsAtItsAddressAndLoadingItAnewOrGoingBackDoesNothing() throws {
    let (tour, session) = try atTheCounter()
    let counter = tour.origin + "/petugas/loket/2"
    let count = "SELECT count(*) FROM queue_transition"
    func settle(_ what: String, on address: String, showing css: String) throws {
      let before = try tour.office.query(count)
      for turn in ["reload", "open"] {
        if turn == "reload" { try session.reload() } else { try session.open(address) }
        try session.wait(for: "\(what) after \(turn)") { try session.has(css) }
        XCTAssertEqual(try session.address, address, what)
      }
      XCTAssertEqual(try tour.office.query(count), before, "\(what): nothing is done again")
    }
    var callCount = 0
    while callCount < 60 {
      try session.press("p")
      try session.wait(for: "an answer") {
        let isCalled = try session.has("main .ticket-number")
        return try isCalled || session.address.hasSuffix("kosong=ya")
      }
      guard try session.has("main .ticket-number") else { break }
      XCTAssertEqual(try session.address, counter)
      if callCount == 0 { try settle("the call", on: counter, showing: "main [data-key=m]") }
      try session.press("m")
      try session.wait(for: "the start") { try session.has("main [data-key=s]") }
      XCTAssertEqual(try session.address, counter)
      if callCount == 0 { try settle("the start", on: counter, showing: "main [data-key=s]") }
      try session.press("s")
      try session.wait(for: "the end") { try session.has("main [data-key=p]") }
      XCTAssertEqual(try session.address, counter)
      callCount += 1
    }
    XCTAssertGreaterThan(callCount, 0, "no visitor was called")
    XCTAssertEqual(try session.address, "\(counter)?kosong=ya")
    let transitions = try tour.office.query(count)
    try session.back()
    try session.wait(for: "the counter's own address") { try session.address == counter }
    try session.wait(for: "the counter") { try session.has("main [data-key=p]") }
    XCTAssertEqual(try tour.office.query(count), transitions, "going back does nothing")
  }

  func testWhatWasTypedStaysWhenTheSessionOrTheLineEnds() throws {
    let (tour, session) = try atTheCounter()
    let words = try Self.words(.indonesian)
    try session.element("summary[data-key=l]").click()
    try session.element("#f-nomor").type("A-012")
    try session.element("#f-alasan-khusus").type("Pesawat sore ini")
    let submit = "form[action$=panggil-khusus] button"
    try session.forgetCookies()
    try session.element(submit).click()
    try session.wait(for: "the way to sign in") { try session.has("[data-note] a[target=_blank]") }
    tour.office.stop()
    try session.element(submit).click()
    try session.wait(forText: words("layout.said.offline"), in: "[data-note]")
    XCTAssertEqual(try session.element("#f-nomor").value, "A-012")
    XCTAssertEqual(try session.element("#f-alasan-khusus").value, "Pesawat sore ini")
    _ = try session.takeConsole()
  }

  func testMenusStandInOneRowAt1280PixelsInWideMiddleAndNarrowFonts() throws {
    let tour = try Tour(makeOffice())
    for language in ["id", "en"] {
      for path in ["/", "/petugas"] {
        let session = try openBrowser(BrowserOptions(size: Self.desktop, language: language))
        if path == "/petugas" { try tour.signIn(session) }
        try session.open(tour.origin + path)
        for font in ["DejaVu Sans", "Noto Sans", "Liberation Sans"] {
          let rows = try session.run(
            """
            document.documentElement.style.setProperty('--sans', `"${arguments[0]}"`);
            const entries = [...document.querySelectorAll('header .console-menu > ul > li, header .menu > ul > li, header .menu > .wrap > ul > li')];
            const shown = entries.filter(each => each.offsetHeight);
            return [shown.length, new Set(shown.map(each => each.offsetTop)).size];
            """, .text(font)
          ).items.compactMap(\.double)
          XCTAssertGreaterThan(rows.first ?? 0, 4, "\(path) has a menu")
          XCTAssertEqual(rows.last, 1, "rows of the menu of \(path) in \(language) with \(font)")
        }
        session.close()
      }
    }
  }

  private static let inHand =
    "SELECT coalesce(max(state), '') FROM queue_ticket WHERE counter = 2 AND state IN ('called', 'serving')"

  /// A clerk who has nobody in hand, at a counter of their own.
  private func atTheCounter() throws -> (Tour, BrowserSession) {
    let tour = try Tour(makeOffice())
    let session = try openBrowser(BrowserOptions(size: Self.desktop, language: "id"))
    try tour.signInAsClerk(session)
    try session.open(tour.origin + "/petugas/loket/2")
    try session.press("s")
    try session.wait(for: "the first visit to end") { try session.has("main [data-key=p]") }
    try session.open(tour.origin + "/petugas/loket/2")
    return (tour, session)
  }
}

/// An application with a picture and a PDF.
enum ConsoleDocuments {
  /// How many openings of documents the ledger has.
  static let openings = "SELECT count(*) FROM ledger_entries WHERE kind = 'opening' AND facts LIKE '%record=document%'"
  /// As many as the steps open.
  static let openingCount = "4"

  /// - Returns: the application's number.
  static func send(_ office: OfficeProcess) throws -> String {
    let visitor = HallVisitor(port: office.port)
    let application = try visitor.apply(person: 30)
    let path = "/permohonan/\(Browser.encoded(application))/dokumen"
    let slots = try visitor.browser.visit(path).forms.map(\.action).filter { $0.hasPrefix(path + "/") }
    for (slot, (name, content)) in zip(slots, [("ktp.png", Self.picture), ("kk.pdf", Self.pages)]) {
      let answer = try visitor.browser.postMultipart(
        slot, [MultipartPart("berkas", fileName: name, mediaType: "application/octet-stream", content)])
      XCTAssertEqual(answer.status, 303, "\(name) was not taken")
    }
    return application
  }

  /// Of 40 by 30 grey points.
  private static var picture: [UInt8] {
    Array(
      Data(
        base64Encoded:
          "iVBORw0KGgoAAAANSUhEUgAAACgAAAAeCAAAAAB7tgMBAAAAGElEQVR42mOoIBIwjCocVTiqcFThYFYIAKV3Mp9jbU0mAAAAAElFTkSuQmCC"
      ) ?? Data())
  }

  /// One page with a line on it.
  private static var pages: [UInt8] {
    var text = "%PDF-1.4\n"
    var places: [Int] = []
    for (number, content) in [
      "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
      "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R /Resources << >> >>",
      "<< /Length 19 >>\nstream\n20 20 m 180 180 l S\nendstream",
    ].enumerated() {
      places.append(text.utf8.count)
      text += "\(number + 1) 0 obj\n\(content)\nendobj\n"
    }
    let start = text.utf8.count
    text += "xref\n0 \(places.count + 1)\n0000000000 65535 f \n"
    for place in places { text += String(repeating: "0", count: 10 - String(place).count) + "\(place) 00000 n \n" }
    text += "trailer\n<< /Size \(places.count + 1) /Root 1 0 R >>\nstartxref\n\(start)\n%%EOF\n"
    return Array(text.utf8)
  }
}
