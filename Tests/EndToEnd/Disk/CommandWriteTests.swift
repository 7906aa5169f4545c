import Client
import Core
import Foundation
import XCTest

/// Each command that writes on a disk of which one call fails (see `EveryWriteTests`).
final class CommandWriteTests: XCTestCase {
  func testEveryCommand() throws {
    let office = try closedOffice()
    try office.start()
    for person in 0..<3 { _ = try HallVisitor(port: office.port).apply(person: person) }
    XCTAssertEqual(office.stop(), 0)
    let walk = WriteWalk(office, try OfficeDisk(of: office, isOfAll: true))
    let accounts = "SELECT count(*), coalesce(sum(is_disabled), 0), group_concat(hex(password)) FROM officers_account"
    for (words, input) in [
      (["officer", "add", "rina", "--ask"], "Kopi-Pagi-Enak-27\n"), (["officer", "disable", "rina"], ""),
      (["officer", "enable", "rina"], ""), (["officer", "reset", "rina"], ""),
    ] { try walk.take(command: words, { try office.query(accounts) }, input: input) }
    try walk.take(
      command: ["vault", "rotate"], { try self.ring("SELECT max(version) FROM keyring_keks", office) }, isResumed: true)
    try walk.take(command: ["ledger", "head"], { try office.query("SELECT max(size) FROM ledger_heads") })
    try walk.take(command: ["queue", "close-day"], { try office.query("SELECT count(*) FROM queue_closed_day") })
    let copies = office.directory.appendingPathComponent("copies").path
    try walk.take(command: ["backup", copies], { try self.wholeCopies(in: copies).description })
    let rings = office.directory.appendingPathComponent("rings").path
    try FileManager.default.createDirectory(atPath: rings, withIntermediateDirectories: true)
    try walk.take(command: ["vault", "backup-ring", rings], { try self.wholeCopies(in: rings).description })
    try walk.take(command: ["clock", "trust"], { try office.query("SELECT wall FROM store_clock") })
    try loss(office, walk)
    let copy = try XCTUnwrap(FileManager.default.contentsOfDirectory(atPath: copies).max())
    try walk.take(
      command: ["restore", "\(copies)/\(copy)", "--confirm"],
      {
        try FileManager.default.contentsOfDirectory(atPath: office.state).filter { $0.hasPrefix("before-restore") }
          .count.description
      })
    try retention(office, walk)
    let tried = walk.tried.map { $0.replacing(" trust", with: "").replacing(" accept", with: "") }
    XCTAssertEqual(EveryWriteTests.commandActs.subtracting(tried).sorted(), [], "not tried")
    XCTAssertGreaterThan(walk.refusalCount, 15, "hardly anything has failed")
    try walk.restart()
  }

  /// What the key ring says.
  private func ring(_ sql: String, _ office: OfficeProcess) throws -> String {
    try ChildProcess.ask("\(office.state)/keyring.db", sql)
  }

  /// Copies that bear a copy's name; one that was broken off has another.
  private func wholeCopies(in directory: String) throws -> Int {
    guard FileManager.default.fileExists(atPath: directory) else { return 0 }
    return try FileManager.default.contentsOfDirectory(atPath: directory).count { !$0.hasSuffix(".unfinished") }
  }

  private func loss(_ office: OfficeProcess, _ walk: WriteWalk) throws {
    let number = "SELECT number FROM store_commits"
    try DatabaseShell.run("UPDATE store_commits SET number = number - 1", on: "\(office.state)/gapura.db")
    try walk.take(command: ["loss", "accept"], { try office.query(number) })
  }

  /// What has been kept for as long as it may be is announced, and the announcement taken back.
  private func retention(_ office: OfficeProcess, _ walk: WriteWalk) throws {
    try rewrite("vault.json5", office) {
      $0.replacing("days: 3653", with: "days: 30").replacing("days: 731", with: "days: 30")
    }
    try office.clock.set("2027-03-01 09:30")
    try office.command(["clock", "trust"])
    let announced = { try office.query("SELECT count(*) FROM vault_retention_announced") }
    try walk.take(command: ["vault", "retention"], announced)
    try walk.take(command: ["vault", "undo-retention"], announced)
  }

  func testTheFirstCommandLeavesAllOrNothing() throws {
    for call in [1, 5, 21, 89] as [Int64] {
      let office = try closedOffice()
      try FileManager.default.removeItem(atPath: office.state)
      try FileManager.default.createDirectory(
        atPath: office.state, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      let disk = try OfficeDisk(of: office)
      disk.fail(call: call, with: EIO)
      do {
        try office.command(["vault", "init"], environment: disk.environment(office.clock))
        XCTAssertNoThrow(try office.command(["vault", "check"]), "call \(call)")
        if !disk.hasFailed { return }
      } catch let failure as ChildProcess.Failure {
        disk.mend()
        XCTAssertFalse(failure.description.contains("Fatal error"), failure.description)
        // The same command brings it to its end, or says what is there already.
        do { try office.command(["vault", "init"]) } catch let again as ChildProcess.Failure {
          XCTAssertTrue(again.description.contains("root-key"), "call \(call): \(again)")
        }
        try office.command(["vault", "check"])
      }
    }
  }

  private func rewrite(_ name: String, _ office: OfficeProcess, _ change: (String) -> String) throws {
    let file = office.configuration.appendingPathComponent(name)
    try change(String(contentsOf: file, encoding: .utf8)).write(to: file, atomically: true, encoding: .utf8)
  }
}
