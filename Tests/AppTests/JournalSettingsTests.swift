import Core
import Foundation
import Store
import XCTest

@testable import gapura

/// How long events are kept, as gapura.json5 says it.
final class JournalSettingsTests: XCTestCase {
  private static let shipped = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("etc/gapura/gapura.json5").path

  private func settings(_ journal: String) throws -> JournalSettings {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).json5")
    try "{ journal: \(journal) }".write(to: file, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: file) }
    return try ConfigurationFile.load(Settings.self, from: file.path).journal
  }

  func testTheShippedFileSaysTheDefaults() throws {
    let (shipped, standard) = (try ConfigurationFile.load(Settings.self, from: Self.shipped).journal, JournalSettings())
    XCTAssertEqual(shipped.keeping, standard.keeping)
    XCTAssertEqual(standard.keeping, JournalKeeping(kept: .hours(24 * 14), away: .hours(24 * 60)))
    XCTAssertEqual(try settings("{}").keeping, standard.keeping)
  }

  func testAFollowerIsNotLeftBehindBeforeItsEventsAreOld() throws {
    XCTAssertEqual(try settings("{ keepDays: 90 }").awayDays, 90)
    XCTAssertEqual(try settings("{ keepDays: 7, awayDays: 7 }").awayDays, 7)
    XCTAssertThrowsError(try settings("{ keepDays: 30, awayDays: 7 }")) {
      XCTAssertTrue("\($0)".contains("journal, awayDays"), "\($0)")
      XCTAssertTrue("\($0)".contains("at least the number of keepDays, 30"), "\($0)")
    }
    XCTAssertThrowsError(try settings("{ keepDays: 0 }"))
  }
}
