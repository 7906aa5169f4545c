import Foundation
import XCTest

/// A report that is not shown has a reason that others can read.
final class SuppressionTests: XCTestCase {
  func testEachSuppressedReportNamesItsReasonUpstream() throws {
    let folder = Repository.root.appendingPathComponent("Tests/Sanitizers")
    let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "supp" }
    XCTAssertFalse(files.isEmpty, "the lists were not found")
    for file in files {
      let text = try String(contentsOf: file, encoding: .utf8)
      for line in Self.unexplained(text) { XCTFail("\(file.lastPathComponent): \(line)") }
    }
  }

  func testTheRuleFindsASuppressionWithoutAReason() {
    XCTAssertEqual(Self.unexplained("race:swift_task_cancel"), ["race:swift_task_cancel"])
    XCTAssertEqual(Self.unexplained("# Because.\nrace:a"), ["race:a"], "no address")
    XCTAssertEqual(Self.unexplained("# https://example.org/1\nrace:a\n\nrace:b"), ["race:b"])
    XCTAssertEqual(Self.unexplained("# Because of\n# https://example.org/1\nrace:a\nrace:b\n"), [])
  }

  func testEveryRunOfTheTestsWatchesTheStoreForDataRaces() throws {
    let script = try String(contentsOf: Repository.root.appendingPathComponent("scripts/test"), encoding: .utf8)
    XCTAssertTrue(script.contains("\nscripts/sanitize thread '^StoreTests\\.'\n"), script)
  }

  /// The suppressions of a list without an address in the comment above them; an empty line ends what it is about.
  private static func unexplained(_ text: String) -> [String] {
    var isExplained = false
    return text.split(separator: "\n", omittingEmptySubsequences: false).compactMap { line in
      if line.isEmpty { isExplained = false }
      if line.hasPrefix("#") { isExplained = isExplained || line.contains("https://") }
      return line.isEmpty || line.hasPrefix("#") || isExplained ? nil : String(line)
    }
  }
}
