import Foundation
import XCTest

/// What deletes because time has passed asks first whether the date is believed, or loses nothing that is missed.
final class DestructionTests: XCTestCase {
  private enum Answer {
    /// Where the doubt is asked for, as a piece of that file's text.
    case asks(in: String, String)
    /// Nothing is missed, also when the date was wrong, and why.
    case missedByNobody(String)
  }

  /// Every deletion by date or age, by file and what it deletes. A new one is named here, with a thought about it.
  private static let answers: [String: Answer] = [
    "AppointmentTable+Forgetting.swift appointments_person": .asks(in: "AppointmentKeeper.swift", "doubt == nil"),
    "AppointmentTable+Forgetting.swift appointments_claim":
      .missedByNobody("a person could book once more meanwhile; the keeper's own asks for the doubt"),
    "RoomTable.swift appointments_visitor": .asks(in: "AppointmentKeeper.swift", "doubt == nil"),
    "RoomTable.swift appointments_room": .asks(in: "AppointmentKeeper.swift", "doubt == nil"),
    "Papers.swift papers_code": .asks(in: "Papers.swift", "clock.doubt == nil"),
    "ApplicationTable.swift registration_submission":
      .missedByNobody("a form that is sent twice is recognised for less long"),
    "UploadQuota.swift registration_upload": .missedByNobody("somebody may send more on that day"),
    "CounterCodes.swift registration_code": .missedByNobody("a code lives for minutes, and a counter gives another"),
    "SignInGuard.swift officers_delay": .missedByNobody("who must wait, fifteen minutes at most, may try at once"),
    "SignInLog.swift officers_signin": .asks(in: "SignIn.swift", "clock.doubt == nil"),
    "DeviceTable.swift officers_device": .missedByNobody("the next right password makes it known again"),
    "PasskeyChallenges.swift officers_passkey_answer":
      .missedByNobody("a challenge is refused by its own time once its answer is forgotten"),
    "SessionTable.swift officers_session": .missedByNobody("the officer signs in again"),
    "NeedTable.swift accessibility_need": .asks(in: "HelpService.swift", "clock.doubt == nil"),
    "HelpTable.swift accessibility_help": .asks(in: "HelpService.swift", "clock.doubt == nil"),
    "JournalKeeping.swift store_events": .asks(in: "JournalKeeper.swift", "clock.doubt == nil"),
    "Retention.swift vault_retention_announced":
      .missedByNobody("without an announcement nothing goes; the next night announces again"),
  ]
  /// Files that delete files by their age.
  private static let fileDeleters: [String: Answer] = [
    "RingBackup.swift": .asks(in: "RingBackup.swift", "doubt == nil"),
    "ReplacedRing.swift": .asks(in: "NightlyRetention.swift", "clock.doubt == nil"),
    "BackupCommand.swift": .asks(in: "BackupCommand.swift", "clock.doubt == nil"),
  ]

  func testWhatDeletesByTheDateAsksWhetherItIsBelieved() throws {
    let sources = try Repository.sources()
    let found = sources.flatMap { file in Self.deletions(in: file.text).map { "\(file.name) \($0)" } }
    XCTAssertGreaterThan(found.count, 10, "the deletions were not found in the sources")
    XCTAssertEqual(Set(found).subtracting(Self.answers.keys).sorted(), [], "does it ask for the clock's doubt?")
    XCTAssertEqual(Set(Self.answers.keys).subtracting(found).sorted(), [], "named here, but nowhere else")
    let deleters = sources.filter { Self.deletesFilesByAge($0.text) }.map(\.name)
    XCTAssertEqual(Set(deleters), Set(Self.fileDeleters.keys))
    for (name, answer) in Self.answers.merging(Self.fileDeleters, uniquingKeysWith: { $1 }) {
      guard case .asks(let file, let words) = answer else { continue }
      let asked = sources.contains { $0.name == file && $0.text.contains(words) }
      XCTAssertTrue(asked, "\(name) is said to ask in \(file)")
    }
  }

  func testADeletionByTheDateIsFound() {
    let text = #"try transaction.run("DELETE FROM a_b WHERE at < \(now - memory)")"#
    XCTAssertEqual(Self.deletions(in: text), ["a_b"])
    XCTAssertEqual(Self.deletions(in: #"run("DELETE FROM a_b WHERE id = \(id)")"#), [])
    XCTAssertTrue(Self.deletesFilesByAge("day.adding(days: keptDays) < today; unlink(path)"))
    XCTAssertFalse(Self.deletesFilesByAge("unlink(path)"))
  }

  /// The tables from which a source text deletes what is before a moment or a day.
  private static func deletions(in source: String) -> [String] {
    source.split(separator: "DELETE FROM ", omittingEmptySubsequences: false).dropFirst().compactMap { text in
      // One statement: up to the end of its literal.
      let statement = text.prefix { $0 != "\"" }
      let comparison = /(<|<=|<>)\s*\\\((now|moment|instant|day|before)\b/
      guard statement.firstMatch(of: comparison) != nil else { return nil }
      return String(statement.prefix { $0.isLetter || $0 == "_" })
    }
  }

  private static func deletesFilesByAge(_ source: String) -> Bool {
    (source.contains("unlink(") || source.contains("removeItem("))
      && source.firstMatch(of: /keptDays|keeping count/) != nil
  }
}
