import Client
import Core
import Foundation
import Gallery
import WebDriver
import XCTest

/// Every component in every state through the audits that pages pass, before any page uses it.
final class ComponentGalleryTests: BrowserTestCase {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "gapura-gallery-\(UUID())").path

  override func tearDown() {
    super.tearDown()
    try? FileManager.default.removeItem(atPath: folder)
  }

  private func pages(_ setting: GalleryFiles.Setting) throws -> [(page: GalleryFiles.Page, path: String)] {
    let pages = try GalleryFiles(repository: OfficeProcess.repository.path).write(setting, to: folder)
    XCTAssertGreaterThan(pages.count, 40)
    return pages
  }

  func testComponentsInEveryModeOnATelephone() throws {
    let phone = try openBrowser(BrowserOptions(size: (390, 844), language: "id"))
    for (page, path) in try pages(.init(.indonesian, isLong: false)) where !page.isDisplay {
      try phone.open("file://\(path)")
      try AccessibilityAudit(session: phone).checkThoroughly("gallery: \(page.name)")
    }
  }

  func testComponentsOfLongWordsHoldInWideMiddleAndNarrowLetters() throws {
    for fonts in FontFamily.allCases {
      let session = try openBrowser(BrowserOptions(fonts: fonts))
      for language in [Language.indonesian, .english] {
        for (page, path) in try pages(.init(language, isLong: true)) where !page.isDisplay {
          try session.open("file://\(path)")
          try AccessibilityAudit(session: session).checkWidths("gallery: \(page.name), long words in \(language)")
        }
      }
      session.close()
    }
  }

  func testBoardsOfTheHallInEveryMode() throws {
    let screen = try openBrowser(BrowserOptions(size: (1280, 800), language: "id"))
    let audit = AccessibilityAudit(session: screen)
    for (page, path) in try pages(.init(.indonesian, isLong: false)) where page.isDisplay {
      try screen.open("file://\(path)")
      for mode in AccessibilityAudit.Mode.allCases {
        try screen.prefer(dark: mode.isDark, reducedMotion: true)
        try screen.run("document.documentElement.className = arguments[0]", .text(mode.classes))
        XCTAssertEqual(try audit.findings(), [], "gallery: \(page.name), \(mode.rawValue)")
      }
    }
  }
}
