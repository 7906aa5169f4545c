import XCTest

/// An error may hold what a person typed; the journal and the health page say of it what `inLog` lets them.
final class LogTests: XCTestCase {
  /// Where words of any error are for the person at the terminal, or made of an error of a known kind.
  private static let spoken = [
    "Sources/App/CommandLine/", "Sources/App/Life/Restoration.swift", "Sources/Core/Configuration/",
  ]

  func testNoLogLineAndNoHealthReportHoldsTheWordsOfJustAnyError() throws {
    for file in try Repository.sources() where !Self.spoken.contains(where: file.path.hasPrefix) {
      XCTAssertEqual(Self.faults(in: file.text), [], file.path)
    }
  }

  func testSuchALineIsFound() {
    XCTAssertEqual(Self.faults(in: #"log.error("x", ["reason": "\(error)"])"#).count, 1)
    XCTAssertEqual(Self.faults(in: #"detail: String(describing: error)"#).count, 1)
    XCTAssertEqual(Self.faults(in: #"log.error("x", ["reason": error.inLog])"#), [])
  }

  private static func faults(in text: String) -> [String] {
    text.split(separator: "\n").map(String.init).filter { line in
      line.contains(#"\(error)"#) || line.contains("String(describing: error)")
    }
  }
}
