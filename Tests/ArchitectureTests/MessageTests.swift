import Core
import Foundation
import XCTest

final class MessageTests: XCTestCase {
  private func locales() throws -> Locales {
    try Locales.load(directory: Repository.root.appendingPathComponent("share/locales").path)
  }

  func testEveryMessageThatTheSourcesNameIsThere() throws {
    let known = try locales().keys(of: .indonesian)
    for file in try Repository.sources() {
      for match in file.text.matches(of: /(?:words\(|errorTitle: |MessageKey = )"([a-zA-Z0-9.-]+)"/) {
        XCTAssertTrue(known.contains(String(match.output.1)), "\(file.path) names \(match.output.1)")
      }
      for match in file.text.matches(of: /MessageKey\("([a-zA-Z0-9.-]+)", named:/) {
        let family = "\(match.output.1)."
        XCTAssertTrue(known.contains { $0.hasPrefix(family) }, "\(file.path) names the family \(family)")
      }
    }
  }

  /// They stand beside each other on the home page.
  func testEveryHintOfAMenuIsASentenceInEveryLanguage() throws {
    let locales = try locales()
    var count = 0
    for file in try Repository.sources() where file.path.hasSuffix("Module.swift") {
      for match in file.text.matches(of: /hint: "([a-z.-]+)"/) {
        count += 1
        for language in locales.languages {
          let text = locales.template(of: String(match.output.1), in: language) ?? ""
          XCTAssertTrue(text.hasSuffix("."), "\(match.output.1) in \(language): \(text)")
        }
      }
    }
    XCTAssertGreaterThan(count, 15, "no hints were found")
  }

  func testEveryProblemHasATitleAndAMend() throws {
    let known = try locales().keys(of: .indonesian)
    for file in try Repository.sources() {
      for match in file.text.matches(of: /(?:Problem\(\s*\.[a-zA-Z]+,\s*|otherwise: )"([a-zA-Z0-9.-]+)"/) {
        for part in ["title", "mend"] {
          let key = "problem.\(match.output.1).\(part)"
          XCTAssertTrue(known.contains(key), "\(file.path) throws a problem without \(key)")
        }
      }
    }
  }
}
