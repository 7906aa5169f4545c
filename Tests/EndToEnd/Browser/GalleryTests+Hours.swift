import Client
import Core
import Foundation
import WebDriver
import XCTest

extension GalleryTests {
  /// Every face at the hours at which nobody, or not everybody, is served.
  func testGalleryOfEveryHour() throws {
    let environment = ProcessInfo.processInfo.environment
    guard let directory = environment["GAPURA_GALLERY"] else { throw XCTSkip("GAPURA_GALLERY names no directory") }
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    let wanted = try Regex(environment["GAPURA_GALLERY_STOPS"] ?? ".")
    for situation in HourSituation.all where situation.name.contains(wanted) {
      try take(situation, into: directory)
    }
  }

  private func take(_ situation: HourSituation, into directory: String) throws {
    let office = try situation.office()
    defer { office.remove() }
    let pages = try situation.begin(office)
    for language in ["id", "en"] {
      let phone = try openBrowser(BrowserOptions(size: (360, 780), language: language))
      for (name, path) in pages where name != "display" {
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
