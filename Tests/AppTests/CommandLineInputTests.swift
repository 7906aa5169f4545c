import Foundation
import XCTest

@testable import gapura

/// What a command line is taken for.
final class CommandLineInputTests: XCTestCase {
  func testAFlagTakesNoOtherOptionForItsValue() {
    for flag in ["left", "unheard-of"] {
      let input = CommandLineInput(["queue", "close-day", "--\(flag)", "--state", "/srv/gapura", "--date=2026-12-01"])
      XCTAssertEqual(input.words, ["queue", "close-day"], flag)
      XCTAssertEqual(input.options, [flag: "", "state": "/srv/gapura", "date": "2026-12-01"], flag)
    }
    XCTAssertEqual(CommandLineInput(["restore", "--drill", "copy"]).words, ["restore", "copy"])
    XCTAssertEqual(CommandLineInput(["--role", "clerk"]).options, ["role": "clerk"])
    XCTAssertEqual(CommandLineInput(["--keep=--2", "--role"]).options, ["keep": "--2", "role": ""])
  }

  /// `[--left]`, `| --left` at the end and `[--dry-run | --confirm]` stand alone, `[--keep COUNT]` does not.
  func testEveryOptionThatUsagesShowWithoutAValueIsKnownAsAFlag() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Sources")
    var found: Set<String> = []
    for case let path as String in try XCTUnwrap(FileManager.default.enumerator(atPath: root.path))
    where path.hasSuffix(".swift") {
      for line in try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8).split(separator: "\n")
      where line.contains("usage") {
        for match in line.matches(of: /--([a-z-]+)(?=\]| \||")/) { found.insert(String(match.output.1)) }
      }
    }
    XCTAssertGreaterThan(found.count, 5)
    XCTAssertEqual(found.subtracting(CommandLineInput.flags).sorted(), [])
  }
}
