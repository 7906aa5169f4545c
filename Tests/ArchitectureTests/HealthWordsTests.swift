import Foundation
import XCTest

/// Health says what is wrong in words: a problem's code says nothing to a person at three in the morning.
final class HealthWordsTests: XCTestCase {
  /// Errors whose own description is a sentence, by file, and whose they are.
  private static let sentences: [String: String] = [
    "TrackingModule.swift": "only the store's errors come here",
    "RegistrationModule.swift": "only the store's errors come here",
  ]

  func testNoHealthReportIsAProblemsCode() throws {
    let sources = try Repository.sources()
    XCTAssertGreaterThan(sources.filter { $0.text.contains("HealthReport(") }.count, 8, "the reports were not found")
    let raw = sources.filter { Self.reportsRaw($0.text) }
    let found = raw.compactMap { $0.path.split(separator: "/").last.map(String.init) }
    XCTAssertEqual(Set(found), Set(Self.sentences.keys), "write HealthReport(failing: error, words)")
  }

  func testARawReportIsFound() {
    XCTAssertTrue(Self.reportsRaw("HealthReport(isHealthy: false, detail: error.inLog)"))
    XCTAssertFalse(Self.reportsRaw("HealthReport(failing: error, words)\nlog.error(error.inLog)"))
  }

  private static func reportsRaw(_ source: String) -> Bool {
    source.split(separator: "HealthReport(", omittingEmptySubsequences: false).dropFirst().contains { text in
      let line = text.prefix { $0 != "\n" }
      return line.contains("inLog") || line.contains("\\(error)") || line.contains("\\(problem)")
    }
  }
}
