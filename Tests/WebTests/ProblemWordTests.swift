import Core
import Foundation
import XCTest

final class ProblemWordTests: XCTestCase {
  /// The codes that Web's own sources throw, found in them.
  private func codes() throws -> Set<String> {
    let sources = ServingTestCase.root + "Sources/Web"
    let names = try XCTUnwrap(FileManager.default.enumerator(atPath: sources)).compactMap { $0 as? String }
    let pattern = /Problem\(\s*\.\w+,\s*"([a-z.-]+)"/
    return try names.filter { $0.hasSuffix(".swift") }.reduce(into: []) { codes, name in
      let text = try String(contentsOfFile: "\(sources)/\(name)", encoding: .utf8)
      codes.formUnion(text.matches(of: pattern).map { String($0.1) })
    }
  }

  func testEveryProblemOfTheServerHasWordsInEveryLanguage() throws {
    let locales = try ServingTestCase.locales()
    let codes = try codes()
    XCTAssertTrue(codes.isSuperset(of: ["csrf", "not-found", "too-many", "fault"]), "\(codes)")
    for language in locales.languages {
      let keys = locales.keys(of: language)
      for code in codes {
        for part in ["title", "mend"] { XCTAssertTrue(keys.contains("problem.\(code).\(part)"), "\(language) \(code)") }
      }
    }
  }
}
