import Client
import Core
import Foundation
import WebDriver
import XCTest

/// The README's pictures: `GAPURA_PICTURES=docs/pictures swift test --filter PictureTests`.
final class PictureTests: BrowserTestCase {
  /// A README should open on a weak line, too.
  private static let byteCountMax = 120_000

  func testPicturesOfTheReadme() throws {
    guard let directory = ProcessInfo.processInfo.environment["GAPURA_PICTURES"] else {
      throw XCTSkip("GAPURA_PICTURES names no directory")
    }
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    let tour = try Tour(makeOffice())
    let desktop = try openBrowser(BrowserOptions(size: (1280, 800)))
    try desktop.prefer(reducedMotion: true)
    try desktop.open(tour.origin + "/")
    try write(desktop.picture(), "\(directory)/portal.png")
    try tour.signIn(desktop)
    try desktop.open(tour.origin + "/petugas/loket/1")
    try write(desktop.picture(), "\(directory)/console.png")
    try desktop.resize(width: 1280, height: 720)
    try desktop.open(tour.origin + "/display")
    try write(desktop.picture(), "\(directory)/display.png")
    let phone = try openBrowser(BrowserOptions(size: (390, 844)))
    try phone.prefer(reducedMotion: true)
    try phone.open("\(tour.origin)/tiket/\(tour.ticket)")
    try write(phone.picture(), "\(directory)/phone.png")
    try write(kiosk(tour, desktop), "\(directory)/kiosk.png")
  }

  /// The ticket's screen of a real terminal, drawn in its colours.
  private func kiosk(_ tour: Tour, _ browser: BrowserSession) throws -> [UInt8] {
    let window = try KioskWalk.openWindow(tour.office, columns: 80, rows: 24)
    defer { window.close() }
    let walk = KioskWalk(window: window)
    let words = try Self.words(.indonesian)
    try walk.chooseLanguage(.indonesian, words)
    try walk.askForNumber(words)
    let page = TerminalPicture.page(try window.coloured)
    try browser.open("data:text/html;base64," + Data(page.utf8).base64EncodedString())
    return try browser.element("pre").picture()
  }

  private func write(_ picture: [UInt8], _ path: String) throws {
    let file = URL(fileURLWithPath: path)
    try Data(picture).write(to: file)
    try shrink(file)
    let size = try Data(contentsOf: file).count
    XCTAssertLessThanOrEqual(size, Self.byteCountMax, "\(path): install pngquant")
  }

  /// Fewer colours make a smaller file, where Debian's pngquant is installed.
  private func shrink(_ file: URL) throws {
    let tool = "/usr/bin/pngquant"
    guard FileManager.default.isExecutableFile(atPath: tool) else { return }
    try ChildProcess.run(
      tool, ["--force", "--strip", "--speed", "1", "--output", file.path, "256", file.path])
  }
}
