import Foundation
import XCTest

@testable import gapura

/// What the README tells a sysadmin to type is what the program tells them, and does the same when it is typed again.
final class InstructionsTests: XCTestCase {
  private static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  private func readme() throws -> String {
    try String(contentsOf: Self.repository.appending(path: "README.md"), encoding: .utf8)
  }

  func testEverythingThatIsStoppedIsStartedAgain() throws {
    let blocks = try readme().components(separatedBy: "```").filter { $0.contains("systemctl stop 'gapura*'") }
    XCTAssertEqual(blocks.count, 2, "a restore and an upgrade")
    for block in blocks { XCTAssertTrue(block.contains("\n\(RestoreCommand.start)\n"), block) }
    let manual = try String(
      contentsOf: Self.repository.appending(path: "share/man/gapura.8"), encoding: .utf8)
    XCTAssertEqual(
      manual.components(separatedBy: ".Nm systemctl Cm reset-failed 'gapura*'").count, 3, "after a restore and a loss")
  }

  /// What failed again and again is not started again for a while, and its status tells the old fault.
  func testAStartBeginsWithForgettingWhatFailed() {
    XCTAssertTrue(RestoreCommand.start.hasPrefix("systemctl reset-failed 'gapura*'\nsystemctl start "))
  }

  func testSharedFilesAreCopiedOntoTheirPlaceAndNotIntoIt() throws {
    let copies = try readme().matches(of: /cp -\w+ share [^\s]+/).map { String($0.output) }
    XCTAssertEqual(copies, ["cp -rT share /usr/share/gapura", "cp -rT share /usr/share/gapura"])
  }

  /// A unit that is stopped is known by name only where an enabled one refers to it.
  func testKiosksAndDisplaysAreWantedByATargetThatIsThere() throws {
    for unit in ["gapura-kiosk@.service", "gapura-display@.service"] {
      let text = try String(contentsOf: Self.repository.appending(path: "systemd/\(unit)"), encoding: .utf8)
      XCTAssertTrue(text.contains("\nWantedBy=multi-user.target\n"), unit)
    }
  }
}
