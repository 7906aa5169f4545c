import Client
import Core
import Foundation
import XCTest

/// What each command says and how it ends, written down as `RecordTests` does with pages.
final class RecordCommandsTests: XCTestCase {
  func testRecordOfCommands() throws {
    let directory = try RecordTests.directory().appendingPathComponent("commands")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    let (office, _) = try openOffice()
    for person in 0..<3 { _ = try HallVisitor(port: office.port).applyAndTakeNumber(person: person) }
    try office.seatOfficer(at: 1)
    var counts: [String: Int] = [:]
    for words in try Self.mistaken() + Self.meant(office) {
      let name = Self.fileName(words)
      counts[name, default: 0] += 1
      try Self.said(by: office.begin(words), words)
        .write(
          to: directory.appendingPathComponent("\(name)-\(counts[name] ?? 1).txt"), atomically: true, encoding: .utf8)
    }
    XCTAssertGreaterThan(counts.count, 20, "the commands were not found")
  }

  /// Each command with an option that no command has.
  private static func mistaken() throws -> [[String]] {
    // These three relay a terminal or serve until they are ended.
    let relays = ["kiosk", "display", "serve"]
    return try WritePaths.commands().subtracting(relays).sorted()
      .map { $0.split(separator: " ").map(String.init) + ["--salah=ya"] }
  }

  /// In this order, on an office that runs.
  private static func meant(_ office: OfficeProcess) -> [[String]] {
    let copies = office.directory.appendingPathComponent("copies").path
    let rings = office.directory.appendingPathComponent("rings").path
    let nowhere = office.directory.appendingPathComponent("nowhere").path
    return [
      [], ["help"], ["--version"], ["tidak-ada"], ["serve", "--salah=ya"], ["kiosk", "--socket", nowhere],
      ["display", "--socket", nowhere], ["vault", "check"], ["ledger", "head"], ["ledger", "verify"],
      ["ledger", "key"],
      ["officer", "list"], ["officer", "add", "rina"], ["officer", "disable", "rina"],
      ["officer", "enable", "rina"], ["officer", "reset", "rina"], ["officer", "disable", "tidak-ada"],
      ["officer", "list"], ["catalogue", "check"], ["clock"], ["clock", "trust"], ["loss"], ["loss", "accept"],
      ["vault", "retention", "--dry-run"], ["vault", "retention"], ["vault", "undo-retention"],
      ["vault", "replay-erasures"], ["vault", "shares", "--threshold", "2", "--count", "3"], ["vault", "rotate"],
      ["vault", "backup-ring", rings], ["backup", copies], ["restore", nowhere], ["restore", nowhere, "--drill"],
      ["verify-receipt", "bukan-tanda-terima", "--public-key", nowhere],
      ["queue", "close-day", "--date", "2026-12-01"],
      ["queue", "close-day"],
    ]
  }

  private static func said(by command: ChildProcess, _ words: [String]) throws -> String {
    let code = try command.wait()
    let speech = command.speech
    return """
      office time \(OfficeClock.workingMorning), 150 minutes
      $ gapura \(words.joined(separator: " "))
      exit code \(code)
      == standard output
      \(speech.text)
      == standard error
      \(speech.complaintText)
      """
  }

  private static func fileName(_ words: [String]) -> String {
    let plain = words.filter { !$0.hasPrefix("/") }.joined(separator: "-").replacing("--", with: "")
    return plain.isEmpty ? "nothing" : plain
  }
}
