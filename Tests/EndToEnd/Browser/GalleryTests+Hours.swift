import Client
import Core
import Foundation
import WebDriver
import XCTest

extension GalleryTests {
  /// The office as somebody finds it: when, whether officers are there, and what happened before.
  private struct Situation {
    let name: String
    /// Office time.
    let moment: String
    var isAttended = false
    /// How many take a number first.
    var waiting = 0
    var stops: String?
  }

  private static let situations = [
    Situation(name: "sunday", moment: "2026-11-29 10:00"),
    Situation(name: "christmas", moment: "2026-12-25 10:00"),
    Situation(name: "early", moment: "2026-12-02 05:30"),
    Situation(name: "door", moment: "2026-12-02 07:45", waiting: 1),
    Situation(name: "nobody", moment: "2026-12-02 09:00", waiting: 2),
    Situation(name: "break", moment: "2026-12-02 12:20", isAttended: true, waiting: 2),
    Situation(name: "full", moment: "2026-12-02 14:50", isAttended: true, waiting: 12),
    Situation(name: "late", moment: "2026-12-02 15:50", isAttended: true),
    Situation(name: "evening", moment: "2026-12-02 20:00"),
    Situation(name: "stopped", moment: "2026-12-02 09:00", isAttended: true, waiting: 1, stops: "seluruh-kantor"),
    Situation(
      name: "service-stopped", moment: "2026-12-02 09:00", isAttended: true, waiting: 1, stops: "paspor-elektronik-10"),
  ]

  /// Every face at the hours at which nobody, or not everybody, is served.
  func testGalleryOfEveryHour() throws {
    let environment = ProcessInfo.processInfo.environment
    guard let directory = environment["GAPURA_GALLERY"] else { throw XCTSkip("GAPURA_GALLERY names no directory") }
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    let wanted = try Regex(environment["GAPURA_GALLERY_STOPS"] ?? ".")
    for situation in Self.situations where situation.name.contains(wanted) {
      try take(situation, into: directory)
    }
  }

  private func take(_ situation: Situation, into directory: String) throws {
    let office = try OfficeProcess(at: situation.moment)
    defer { office.remove() }
    try office.liftRates()
    try office.start()
    if situation.isAttended { try office.seatOfficer(at: 1) }
    let visitor = HallVisitor(port: office.port)
    let application = try visitor.apply(person: 1)
    var ticket: String?
    for person in 0..<situation.waiting {
      let other = HallVisitor(port: office.port)
      ticket = try? "/tiket/\(other.applyAndTakeNumber(person: 10 + person).code)"
    }
    let appointment = try book(application, visitor.browser)
    let supervisor = try office.seatOfficer("budi", role: "supervisor", at: nil)
    if let service = situation.stops {
      let form = try XCTUnwrap(supervisor.visit("/petugas/ruang/henti").form(to: "/petugas/ruang/henti"))
      let next = office.clock.today.adding(days: 7).description
      let asked = try supervisor.submit(
        form.filled([
          "layanan": service, "sebab": "power", "keterangan": "Gardu sedang diperbaiki.", "hari-terakhir": next,
        ]))
      _ = try supervisor.confirm(asked)
    }
    let pages = [
      ("home", "/"), ("service", "/layanan/paspor-elektronik-10"), ("number", "/antrean"),
      ("number-mine", "/antrean?nomor=\(application)"), ("receipt", "/permohonan/\(application)"),
      ("appointment", appointment), ("ticket", ticket),
    ].compactMap { name, path in path.map { (name, $0) } }
    for language in ["id", "en"] {
      let phone = try openBrowser(BrowserOptions(size: (360, 780), language: language))
      for (name, path) in pages {
        try phone.open("http://127.0.0.1:\(office.port)\(path)")
        try save(phone.fullPagePicture(), "\(directory)/\(situation.name)-\(name)-\(language).png")
      }
      phone.close()
    }
    let display = try openBrowser(BrowserOptions(size: (1280, 800), language: "id"))
    try display.open("http://127.0.0.1:\(office.port)/display")
    try save(display.picture(), "\(directory)/\(situation.name)-display.png")
    display.close()
    try takeKiosk(office, "\(directory)/\(situation.name)-kiosk")
  }

  private func book(_ application: String, _ browser: Browser) throws -> String? {
    let page = try browser.visit("/janji/waktu?nomor=\(application)&jalur=web")
    guard let time = page.text.firstMatch(of: /name="jam" value="([^"]+)"/)?.output.1 else { return nil }
    let held = try browser.submit(XCTUnwrap(page.form(to: "/janji/waktu")).filled(["jam": String(time)]))
    guard let path = held.location else { return nil }
    _ = try browser.submit(XCTUnwrap(browser.visit(path).form(to: "\(path)/pesan")))
    return path
  }

  /// The frames of a terminal are text, and are kept as such.
  private func takeKiosk(_ office: OfficeProcess, _ path: String) throws {
    for language in [Language.indonesian, .english] {
      let words = try Self.words(language)
      let window = try KioskWalk.openWindow(office, columns: 80, rows: 24)
      defer { window.close() }
      let kiosk = KioskWalk(window: window)
      try window.wait(for: words("language.name"))
      var frames = [try window.settledText]
      try kiosk.chooseLanguage(language, words)
      frames.append(try window.settledText)
      try kiosk.choose(words("kiosk.menu.number"))
      try window.wait(for: "the next screen") { $0 != frames.last }
      frames.append(try window.settledText)
      try window.type("0")
      try window.wait(for: "help") { $0 != frames.last }
      frames.append(try window.settledText)
      let text = frames.joined(separator: "\n" + String(repeating: "=", count: 80) + "\n")
      try text.write(toFile: "\(path)-\(language.rawValue).txt", atomically: true, encoding: .utf8)
    }
  }

  private func save(_ picture: [UInt8], _ path: String) throws {
    try Data(picture).write(to: URL(fileURLWithPath: path))
  }
}
