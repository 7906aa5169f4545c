import Core
import Foundation
import XCTest

@testable import gapura

/// The manual has every exit code of the program and no other, and what systemd does after them is what the unit says.
final class ExitCodeTests: XCTestCase {
  private static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  func testTheManualListsEveryExitCode() throws {
    let manual = try Self.text("share/man/gapura.8")
    let section = try XCTUnwrap(manual.firstMatch(of: #/\.Sh EXIT STATUS([\s\S]*?)\n\.Sh /#)?.output.1)
    let listed = section.matches(of: #/\n\.It (\d+)\n/#).compactMap { Int32($0.output.1) }
    XCTAssertEqual(listed, ExitCode.allCases.map(\.rawValue).sorted())
  }

  func testTheManualNamesTheCodesAfterWhichTheServiceStaysDown() throws {
    let unit = try Self.text("systemd/gapura.service")
    let codes = try XCTUnwrap(unit.firstMatch(of: #/RestartPreventExitStatus=([\d ]+)/#)).output.1.split(separator: " ")
    XCTAssertTrue(
      try Self.text("share/man/gapura.8").contains(
        "does not start the service again after \(codes.joined(separator: " and ")).\n"))
  }

  /// As the manual has them: 74 for the disk, 77 for the account, 69 for what else is in the way.
  func testACopyThatCannotBeWrittenEndsWithTheCodeOfItsReason() {
    let codes: [(error: Int32, code: ExitCode)] = [
      (ENOSPC, .inputOutput), (EDQUOT, .inputOutput), (EIO, .inputOutput), (EROFS, .inputOutput),
      (EACCES, .noPermission), (EPERM, .noPermission), (ENOTDIR, .unavailable), (0, .unavailable),
    ]
    for (error, code) in codes {
      for problem in [Problem.backupNotWritten("/srv/copy", error), .restoreNotWritten("/srv/copy", error)] {
        XCTAssertEqual(ExitCode(problem), code, "\(problem)")
        XCTAssertEqual(problem.arguments["path"], "/srv/copy")
      }
    }
    XCTAssertEqual(ExitCode(Problem(.unavailable, "backup.no-data")), .unavailable)
  }

  private static func text(_ path: String) throws -> String {
    try String(contentsOf: repository.appending(path: path), encoding: .utf8)
  }
}
