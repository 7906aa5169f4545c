import Client
import Foundation
import XCTest

/// Tables change by the server's start or by `gapura migrate`, and by no other command: the server beside it may be of
/// another version.
final class MigrateTests: XCTestCase {
  func testCommandsLeaveDataThatLacksTablesAsItIsUntilItIsMigrated() throws {
    let office = try officeWithoutFeedbackTables()
    for words in [["officer", "list"], ["vault", "check"], ["clock"]] {
      let child = try office.begin(words)
      XCTAssertEqual(try child.wait(), 78, "\(words)")
      XCTAssertTrue(child.speech.complaintText.contains("gapura migrate"), child.speech.complaintText)
    }
    XCTAssertTrue(try office.command(["help"]).contains("gapura migrate"), "help says why it is short")
    XCTAssertEqual(try feedbackTables(of: office), "0", "a command made tables")

    let said = try office.command(["migrate"])
    XCTAssertTrue(said.contains("tables are those of this version"), said)
    XCTAssertNotEqual(try feedbackTables(of: office), "0")
    try office.command(["vault", "check"])
  }

  func testABackupOnlyReadsAndAServerIsNotMigratedUnderItsFeet() throws {
    let office = try officeWithoutFeedbackTables()
    let copies = office.directory.appendingPathComponent("copies").path
    try office.command(["backup", copies])
    XCTAssertEqual(try feedbackTables(of: office), "0", "a copy made tables")

    try office.start()
    XCTAssertNotEqual(try feedbackTables(of: office), "0", "its start makes them")
    XCTAssertThrowsError(try office.command(["migrate"])) { error in
      XCTAssertTrue("\(error)".contains("gapura.lock"), "\(error)")
    }
  }

  func testDataOfAnEarlierBuildIsRefusedWithASentenceThatSaysSoAndLeftAsItIs() throws {
    let office = try officeWithoutFeedbackTables()
    try DatabaseShell.run("PRAGMA user_version = 1", on: office.state + "/gapura.db")
    for words in [["officer", "list"], ["migrate"]] {
      let child = try office.begin(words)
      XCTAssertEqual(try child.wait(), 78, "\(words)")
      let said = child.speech.complaintText
      XCTAssertTrue(said.contains("earlier build") && said.contains("empty state directory"), said)
    }
    XCTAssertEqual(try feedbackTables(of: office), "0", "something was changed")
  }

  /// Data that was made while a module was switched off that is on now: as an earlier version leaves it.
  private func officeWithoutFeedbackTables() throws -> OfficeProcess {
    let office = try closedOffice()
    let file = office.configuration.appendingPathComponent("gapura.json5")
    let whole = try Data(contentsOf: file)
    try office.switchOff("feedback")
    try FileManager.default.removeItem(atPath: office.state)
    try office.command(["vault", "init"])
    try whole.write(to: file)
    XCTAssertEqual(try feedbackTables(of: office), "0")
    return office
  }

  private func feedbackTables(of office: OfficeProcess) throws -> String {
    try office.query("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name LIKE 'feedback_%'")
  }
}
