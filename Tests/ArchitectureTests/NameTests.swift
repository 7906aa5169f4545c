import Foundation
import XCTest

/// One word has one meaning in the whole tree.
final class NameTests: XCTestCase {
  /// How many names are a type's own in one target and stand within a type of another. The number only falls.
  private static let nestedDoubleCountMax = 22

  func testNoTypeNameStandsInTwoTargets() throws {
    XCTAssertEqual(Self.doubledNames(in: try Repository.sources()), [:])
  }

  func testFewNestedTypesBearTheNameOfAnotherTargetsType() throws {
    let found = Self.nestedDoubles(in: try Repository.sources())
    XCTAssertLessThanOrEqual(found.count, Self.nestedDoubleCountMax, "\(found.keys.sorted())")
  }

  func testNoFileNameStandsInTwoTargets() throws {
    let sources = try Repository.sources()
    XCTAssertGreaterThan(sources.count, 500, "the sources were not found")
    XCTAssertEqual(Self.doubledFiles(in: sources), [:])
  }

  func testWordsKeepTheirMeaning() throws {
    let files = try ["Sources", "Tests", "Benchmarks"].flatMap(Repository.files)
    let names = Self.namesOfTargets(in: files)
    XCTAssertGreaterThan(names.count, 3_000, "the types and files were not found")
    for word in try words() {
      XCTAssertEqual(Self.strangers(of: word, among: names).sorted(), [], "\(word.word): \(word.meaning)")
    }
  }

  func testTheListHasTheFieldsWordsOnce() throws {
    let words = try words().map(\.word)
    XCTAssertEqual(Set(words).count, words.count, "a word has one meaning")
    let needed = [
      "Calibration", "Counter", "Place", "Position", "Procedure", "Service", "Skills", "Slot", "Snapshot", "Survey",
      "Terminal", "Desk", "House",
    ]
    XCTAssertEqual(Set(needed).subtracting(words), [])
  }

  func testAWordOutsideItsTargetsIsFoundAndABrokenRowRefused() throws {
    let head = "# Words\n\n## In code\n\n| word | what it means | where |\n|---|---|---|\n"
    let rows = [
      "| Slot | a time | Appointments, Day |", "| Desk | Counter | nowhere |", "| Counter | a seat | everywhere |",
    ]
    let words = try CodeWord.all(in: head + rows.joined(separator: "\n"))
    XCTAssertEqual(words.map(\.word), ["Slot", "Desk", "Counter"])
    let files = [
      "Sources/Modules/Appointments/SlotTable.swift", "Tests/AppointmentsTests/SlotTests.swift",
      "Benchmarks/Day/Slot+Rows.swift", "Sources/Kiosk/SlotScreen.swift", "Tests/KioskTests/CounterDesk.swift",
    ].map { Repository.SourceFile(path: $0, text: "") }
    let names = Self.namesOfTargets(in: files)
    XCTAssertEqual(
      words.map { Self.strangers(of: $0, among: names) }, [["Kiosk: SlotScreen"], ["Kiosk: CounterDesk"], []])
    XCTAssertThrowsError(try CodeWord.all(in: head + "| Slot | a time |\n")) { error in
      XCTAssertEqual(error as? CodeWord.Broken, CodeWord.Broken(row: "| Slot | a time |"))
    }
  }

  func testADoubledNameIsFound() {
    let files = [
      Repository.SourceFile(
        path: "Sources/Kiosk/A.swift", text: "public final class Connection {\n  struct Row {}\n}\n"),
      Repository.SourceFile(
        path: "Sources/Modules/Queue/B.swift",
        text: "struct Connection {}\nprivate struct Row {}\nstruct Own {}\n// struct Note {}\n"),
      Repository.SourceFile(path: "Sources/Modules/Queue/C.swift", text: "enum Note {}\nextension Own {}\n"),
      Repository.SourceFile(path: "Sources/Web/D.swift", text: "struct Row: ~Copyable {}\n"),
    ]
    XCTAssertEqual(
      Self.doubledNames(in: files), ["Connection": ["Kiosk", "Queue"], "Row": ["Queue", "Web"]], "private ones as well")
  }

  func testANestedTypeWithTheNameOfAnotherTargetsTypeIsFound() {
    let files = [
      Repository.SourceFile(
        path: "Sources/Kiosk/A.swift",
        text: "struct Own {}\nstruct Session {\n  struct Row {}\n  private enum Note {}\n  struct Own {}\n}\n"),
      Repository.SourceFile(
        path: "Sources/Web/B.swift", text: "public struct Row {}\nenum Note {}\nstruct Page {\n  struct Part {}\n}\n"),
      Repository.SourceFile(path: "Sources/Modules/Queue/C.swift", text: "struct Hall {\n  struct Part {}\n}\n"),
    ]
    XCTAssertEqual(Self.nestedDoubles(in: files), ["Row": ["Kiosk", "Web"]])
  }

  func testADoubledFileNameIsFound() {
    let paths = [
      "Sources/Kiosk/Pages.swift", "Sources/Kiosk/Screen/Pages.swift", "Sources/Modules/Queue/Rows.swift",
      "Sources/Modules/Reports/Rows.swift", "Sources/Web/Pages+Rows.swift",
    ]
    XCTAssertEqual(
      Self.doubledFiles(in: paths.map { Repository.SourceFile(path: $0, text: "") }),
      ["Rows.swift": ["Queue", "Reports"]])
  }

  func testAWordIsFoundAsAPartOfANameOnly() {
    let text = "struct BookingDesk {}\nenum Desktop {}\nfinal class DeskTable {\n  struct Desk {}\n}\n"
    let file = Repository.SourceFile(path: "Sources/Kiosk/CallDesk+Rows.swift", text: text)
    XCTAssertEqual(
      Self.names(in: file).filter { Self.has("Desk", $0) }, ["CallDesk", "BookingDesk", "DeskTable", "Desk"])
  }

  /// The targets of each name that several have, also where it is private to a file: readers meet both.
  private static func doubledNames(in files: [Repository.SourceFile]) -> [String: Set<String>] {
    var targets: [String: Set<String>] = [:]
    for file in files {
      for type in Declarations(file.text).types where type.isTopLevel {
        targets[type.name, default: []].insert(file.target)
      }
    }
    return targets.filter { $0.value.count > 1 }
  }

  /// The targets of each name that is a type's own in one target and stands within a type of another.
  private static func nestedDoubles(in files: [Repository.SourceFile]) -> [String: Set<String>] {
    var (own, nested): ([String: Set<String>], [String: Set<String>]) = ([:], [:])
    for file in files {
      for type in Declarations(file.text).types where !type.isPrivate {
        if type.isTopLevel {
          own[type.name, default: []].insert(file.target)
        } else {
          nested[type.name, default: []].insert(file.target)
        }
      }
    }
    return own.reduce(into: [:]) { doubled, entry in
      let others = nested[entry.key, default: []].subtracting(entry.value)
      if !others.isEmpty { doubled[entry.key] = entry.value.union(others) }
    }
  }

  /// The targets of each file name that several have.
  private static func doubledFiles(in files: [Repository.SourceFile]) -> [String: Set<String>] {
    Dictionary(grouping: files, by: \.name).mapValues { Set($0.map(\.target)) }.filter { $0.value.count > 1 }
  }

  private func words() throws -> [CodeWord] {
    let list = Repository.root.appendingPathComponent("docs/words.md")
    return try CodeWord.all(in: String(contentsOf: list, encoding: .utf8))
  }

  /// The names with the word in targets where it means something else.
  private static func strangers(of word: CodeWord, among names: [(target: String, name: String)]) -> [String] {
    names.filter { !word.mayStand(in: $0.target) && has(word.word, $0.name) }.map { "\($0.target): \($0.name)" }
  }

  /// Each name with its target; the tests of a target speak as it does.
  private static func namesOfTargets(in files: [Repository.SourceFile]) -> [(target: String, name: String)] {
    files.flatMap { file in
      let isOfTests = file.path.hasPrefix("Tests/") && file.target.hasSuffix("Tests")
      let target = isOfTests ? String(file.target.dropLast("Tests".count)) : file.target
      return names(in: file).map { (target: target, name: $0) }
    }
  }

  /// The names of the types, and those of the file: `A` and `B` of `A+B.swift`.
  private static func names(in file: Repository.SourceFile) -> [String] {
    file.name.dropLast(".swift".count).split(separator: "+").map(String.init)
      + Declarations(file.text).types.map(\.name)
  }

  /// Whether a name has the word as one of its parts, each of which begins with a capital.
  private static func has(_ word: String, _ name: String) -> Bool {
    var parts: [String] = []
    for character in name {
      if character.isUppercase || parts.isEmpty { parts.append("") }
      parts[parts.count - 1].append(character)
    }
    return parts.contains(word)
  }
}
