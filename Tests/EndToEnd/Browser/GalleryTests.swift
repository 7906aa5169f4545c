import Core
import Foundation
import WebDriver
import XCTest

/// Pictures of every page, for people to look at: `GAPURA_GALLERY=DIRECTORY swift test --filter GalleryTests`.
final class GalleryTests: BrowserTestCase {
  private static let windows = [("phone", (390, 844)), ("desktop", (1280, 900))]

  func testGalleryOfEveryPage() throws {
    guard let directory = ProcessInfo.processInfo.environment["GAPURA_GALLERY"] else {
      throw XCTSkip("GAPURA_GALLERY names no directory")
    }
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    let tour = try Tour(makeOffice())
    for language in ["id", "en"] {
      for (window, size) in Self.windows {
        let session = try openBrowser(BrowserOptions(size: size, language: language))
        try take(tour, tour.publicStops, session, "\(directory)/\(window)-\(language)")
        try tour.signIn(session)
        try take(tour, tour.officeStops + [tour.displayStop], session, "\(directory)/\(window)-\(language)")
        session.close()
      }
    }
  }

  private func take(_ tour: Tour, _ stops: [Tour.Stop], _ session: BrowserSession, _ prefix: String) throws {
    for stop in stops {
      try session.prefer(reducedMotion: true)
      try tour.open(stop, in: session)
      try write(session.fullPagePicture(), "\(prefix)-\(stop.name)-light.png")
      try session.prefer(dark: true, reducedMotion: true)
      try write(session.fullPagePicture(), "\(prefix)-\(stop.name)-dark.png")
    }
  }

  private func write(_ picture: [UInt8], _ path: String) throws {
    try Data(picture).write(to: URL(fileURLWithPath: path))
  }
}
