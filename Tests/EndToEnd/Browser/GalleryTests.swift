import Core
import Foundation
import WebDriver
import XCTest

/// Pictures of every page, for people to look at: `GAPURA_GALLERY=DIRECTORY swift test --filter GalleryTests`; with
/// `GAPURA_GALLERY_STOPS=REGEX` only of those whose name matches.
final class GalleryTests: BrowserTestCase {
  private static let windows = [("phone", (360, 780)), ("desktop", (1280, 900))]
  /// How a reader has set up the page; the classes of `html` that the page's own switches set.
  private static let modes = [
    ("light", false, ""), ("dark", true, ""), ("contrast", false, "contrast"), ("large", false, "large"),
  ]

  func testGalleryOfEveryPage() throws {
    let environment = ProcessInfo.processInfo.environment
    guard let directory = environment["GAPURA_GALLERY"] else { throw XCTSkip("GAPURA_GALLERY names no directory") }
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    let wanted = try Regex(environment["GAPURA_GALLERY_STOPS"] ?? ".")
    let tour = try Tour(makeOffice())
    for language in ["id", "en"] {
      for (window, size) in Self.windows {
        let session = try openBrowser(BrowserOptions(size: size, language: language))
        let prefix = "\(directory)/\(window)-\(language)"
        try take(tour, tour.publicStops.filter { $0.name.contains(wanted) }, session, prefix)
        try tour.signIn(session)
        try take(
          tour, (tour.officeStops + tour.displayStops).filter { $0.name.contains(wanted) }, session, prefix)
        session.close()
        let clerk = try openBrowser(BrowserOptions(size: size, language: language))
        try tour.signInAsClerk(clerk)
        try take(tour, tour.clerkStops.filter { $0.name.contains(wanted) }, clerk, prefix)
        clerk.close()
      }
    }
  }

  private func take(_ tour: Tour, _ stops: [Tour.Stop], _ session: BrowserSession, _ prefix: String) throws {
    for stop in stops {
      try session.prefer(reducedMotion: true)
      try tour.open(stop, in: session)
      for (mode, isDark, classes) in Self.modes {
        try session.prefer(dark: isDark, reducedMotion: true)
        try session.run("document.documentElement.className = arguments[0]", .text(classes))
        try write(session.fullPagePicture(), "\(prefix)-\(stop.name)-\(mode).png")
      }
    }
  }

  private func write(_ picture: [UInt8], _ path: String) throws {
    try Data(picture).write(to: URL(fileURLWithPath: path))
  }
}
