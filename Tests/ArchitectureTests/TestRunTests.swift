import Client
import Foundation
import XCTest

/// `scripts/tests-in-parallel` takes no skipped test for one that has passed, and audits the gallery first.
final class TestRunTests: XCTestCase {
  private static let disks = "SmallDiskTests.testMemoryDiskThatFillsUpUnderLoad"

  /// A run over one class with one test that skips.
  private func run(skipping test: String, mayMount: Bool) throws -> (status: Int32, said: String) {
    let parts = test.split(separator: ".")
    return try run(
      ["EndToEnd.\(parts[0])"], mayMount: mayMount,
      """
      echo "Test Case '\(test)' started at 2026-12-02 09:30:00.000"
      echo "Test Case '\(test)' skipped (0.1 seconds)"
      printf '\\t Executed 1 test, with 1 test skipped and 0 failures (0 unexpected) in 0.1 (0.1) seconds\\n'
      """)
  }

  /// A run over classes of one test each, one after another, by the script as it is and stand-ins for what it calls.
  ///
  /// - Parameters:
  ///   - mayMount: whether the machine lets the script mount a disk.
  ///   - running: what a class does, for the shell.
  private func run(
    _ classes: [String], mayMount: Bool = true, _ running: String
  ) throws -> (status: Int32, said: String) {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("run-\(UUID().uuidString.prefix(8))")
    defer { try? FileManager.default.removeItem(at: folder) }
    for name in ["scripts", "bin"] {
      try FileManager.default.createDirectory(
        at: folder.appendingPathComponent(name), withIntermediateDirectories: true)
    }
    try FileManager.default.copyItem(
      at: Repository.root.appendingPathComponent("scripts/tests-in-parallel"),
      to: folder.appendingPathComponent("scripts/tests-in-parallel"))
    for (name, script) in [
      ("swift", "echo '\(folder.path)/bin'"), ("unshare", mayMount ? "exit 0" : "exit 1"), ("losetup", "exit 0"),
      (
        "gapuraPackageTests.xctest",
        """
        if [ "$1" = --list-tests ]; then printf '%s/testIt\\n' \(classes.joined(separator: " ")); exit; fi
        \(running)
        """
      ),
    ] {
      let file = folder.appendingPathComponent("bin/\(name)")
      try "#!/bin/sh\n\(script)\n".write(to: file, atomically: true, encoding: .utf8)
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
    }
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    let run = try ChildProcess(
      folder.appendingPathComponent("scripts/tests-in-parallel").path,
      // This class may be run by the same script, which was told of another build.
      environment: ["PATH": "\(folder.path)/bin:\(path)", "BIN": "", "LOGS": "", "JOBS": "1"])
    return (try run.wait(), run.speech.text + run.speech.complaintText)
  }

  func testATestThatSkipsFailsTheRun() throws {
    let (status, said) = try run(skipping: "QueueTests.testNumbersAreGiven", mayMount: true)
    XCTAssertEqual(status, 1, said)
    XCTAssertTrue(said.contains("skipped: QueueTests.testNumbersAreGiven"), said)
  }

  func testATestThatTheMachineCouldRunFailsTheRunWhenItSkips() throws {
    let (status, said) = try run(skipping: Self.disks, mayMount: true)
    XCTAssertEqual(status, 1, said)
    XCTAssertTrue(said.contains("skipped: \(Self.disks)"), said)
  }

  func testATestThatTheMachineCannotRunIsNamedAtTheEnd() throws {
    let (status, said) = try run(skipping: Self.disks, mayMount: false)
    XCTAssertEqual(status, 0, said)
    XCTAssertTrue(said.hasSuffix("NOT TRIED, this machine lets nobody mount a disk: \(Self.disks)\n"), said)
  }

  func testTheGalleryIsAuditedFirstAndThenTheLongestClassesAreRun() throws {
    let classes = [
      "AppTests.ClockTests", "EndToEnd.ComponentGalleryTests", "EndToEnd.GalleryTests", "KioskTests.KioskGalleryTests",
      "PageTests.ComponentGalleryTests", "QueueTests.HallPageTests", "VaultTests.KillTests",
    ]
    let (status, said) = try run(classes, "printf '\\t Executed 1 test, with 0 failures (0 unexpected)\\n'")
    XCTAssertEqual(status, 0, said)
    XCTAssertEqual(
      said.matches(of: /ok .* (\w+\.\w+)\n/).map { String($0.output.1) }, [1, 3, 4, 2, 6, 0, 5].map { classes[$0] },
      said)
  }
}
