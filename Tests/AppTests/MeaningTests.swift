import Core
import Foundation
import XCTest

@testable import Appointments
@testable import Catalogue
@testable import Displays
@testable import Documents
@testable import Feedback
@testable import Forecast
@testable import Officers
@testable import Privacy
@testable import Queue
@testable import Vault
@testable import gapura

/// What the shipped files say is checked by its meaning: each number, day and time of each of them, written as people
/// write them by mistake, is refused with its line, or is something that can be meant.
final class MeaningTests: XCTestCase {
  private static let directory = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("etc/gapura").path

  /// How each file is read at a start; those in `services` are one kind.
  private func read(_ name: String, _ text: String) throws {
    let file = try ConfigurationFile(path: name, bytes: Array(text.utf8))
    switch name {
    case "appointments.json5": _ = try file.decode(AppointmentFile.self)
    case "calendar.json5": _ = try file.decode(WorkCalendarFile.self)
    case "complaints.json5": _ = try file.decode(ComplaintFile.self)
    case "displays.json5": _ = try file.decode(DisplayFile.self)
    case "documents.json5": _ = try file.decode(DocumentSettings.self)
    case "gapura.json5": _ = try file.decode(Settings.self)
    case "office.json5": _ = try file.decode(OfficeFile.self)
    case "privacy.json5": _ = try file.decode(PrivacySettings.self)
    case "queue.json5": _ = try file.decode(QueueRules.self)
    case "sign-in.json5": _ = try file.decode(StormRules.self)
    case "vault.json5": _ = try file.decode(VaultPolicy.self)
    case _ where name.hasPrefix("services/"): _ = try file.decode(ServiceFile.self)
    default: XCTFail("nobody says how \(name) is read")
    }
  }

  private func shipped() throws -> [(name: String, text: String)] {
    let services = try ConfigurationFile.paths(in: Self.directory + "/services")
    return try (ConfigurationFile.paths(in: Self.directory) + services).map { path in
      (String(path.dropFirst(Self.directory.count + 1)), try String(contentsOfFile: path, encoding: .utf8))
    }
  }

  /// Each place of a pattern outside comments, with its line.
  private func places(_ pattern: Regex<Substring>, in text: String) -> [(range: Range<String.Index>, line: Int)] {
    text.matches(of: pattern).compactMap { match in
      let before = text[..<match.range.lowerBound]
      let onLine = before.split(separator: "\n", omittingEmptySubsequences: false).last ?? ""
      // Digits that stand inside a text are words.
      let isInside = onLine.count { $0 == "\"" } % 2 == 1
      guard !onLine.contains("//"), !isInside else { return nil }
      return (match.range, before.count { $0 == "\n" } + 1)
    }
  }

  /// Replaces each place by each mistake; what must be refused is, on its line.
  private func mutate(
    _ pattern: Regex<Substring>, _ mistakes: (Substring) -> [(text: String, isSpelling: Bool)]
  ) throws -> (tried: Int, refused: Int) {
    var (tried, refused) = (0, 0)
    for (name, text) in try shipped() {
      for (range, line) in places(pattern, in: text) {
        for mistake in mistakes(text[range]) {
          let changed = text.replacingCharacters(in: range, with: mistake.text)
          tried += 1
          do {
            try read(name, changed)
            XCTAssertFalse(mistake.isSpelling, "\(name):\(line) takes \(mistake.text)")
          } catch let problem as ConfigurationProblem {
            refused += 1
            XCTAssertFalse(problem.mend.isEmpty)
            if mistake.isSpelling { XCTAssertEqual(problem.line, line, "\(problem)") }
          }
        }
      }
    }
    return (tried, refused)
  }

  func testShippedFilesAreSound() throws {
    let files = try shipped()
    XCTAssertGreaterThanOrEqual(files.count, 15)
    for (name, text) in files { XCTAssertNoThrow(try read(name, text), name) }
  }

  func testNumbersWrittenWithPointsFractionsOrSignsAreRefused() throws {
    let count = try mutate(/: \d+(?=[,\s}])/) { written in
      let number = written.dropFirst(2)
      let mistakes: [(String, Bool)] = [
        ("\(number).000", true), ("\(number).5", true), ("-\(max(1, Int(number) ?? 1))", true), ("1e3", true),
        ("0x10", true), ("\"\(number)\"", true), ("1234567890", true), ("\(number)000", false), ("1", false),
      ]
      return mistakes.map { (": " + $0, $1) }
    }
    XCTAssertGreaterThan(count.tried, 400)
    XCTAssertGreaterThan(count.refused, count.tried * 7 / 9)
  }

  func testDaysThatDoNotExistOrCannotBeMeantAreRefused() throws {
    let count = try mutate(/"\d{4}-\d\d-\d\d"/) { written in
      let day = written.dropFirst().dropLast()
      return [
        ("\"0026\(day.dropFirst(4))\"", true), ("\"3026\(day.dropFirst(4))\"", true),
        ("\"\(day.prefix(5))13-01\"", true),
        ("\"\(day.suffix(2))-\(day.dropFirst(5).prefix(2))-\(day.prefix(4))\"", true),
        ("\"2099\(day.dropFirst(4))\"", false),
      ]
    }
    XCTAssertGreaterThan(count.tried, 200)
  }

  func testTimesThatDoNotExistAreRefusedWithTheRightSpelling() throws {
    let count = try mutate(/"\d\d:\d\d"/) { written in
      let time = written.dropFirst().dropLast()
      return [
        ("\"\(time.replacing(":", with: "."))\"", true), ("\"25:00\"", true), ("\"08:60\"", true), ("\"8:00\"", true),
        ("\"\(time) WIB\"", true), ("\"00:01\"", false),
      ]
    }
    XCTAssertGreaterThan(count.tried, 50)
    XCTAssertThrowsError(
      try read("calendar.json5", "{ openingHours: { monday: [{ from: \"8.00\", to: \"12:00\" }] }, years: [] }")
    ) { XCTAssertTrue("\($0)".contains("Write \"08:00\"."), "\($0)") }
  }

  func testAnAmountWithAThousandsPointIsRefusedAndTheRightOneSuggested() throws {
    let service = try XCTUnwrap(try shipped().first { $0.name.hasPrefix("services/10-") })
    for (written, said) in [
      ("950.000", "Write 950000, without points"), ("950", "less than any tariff"), ("950001", "full hundreds"),
      ("950000000", "out of bounds"), ("1.950.000", "Write 1950000"),
    ] {
      let changed = service.text.replacing(/amount: \d+/, with: "amount: \(written)", maxReplacements: 1)
      XCTAssertNotEqual(changed, service.text)
      XCTAssertThrowsError(try read(service.name, changed)) { error in
        XCTAssertTrue("\(error)".contains(said), "\(written): \(error)")
      }
    }
  }
}
