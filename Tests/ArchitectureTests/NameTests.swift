import XCTest

/// One word has one meaning in the whole tree.
final class NameTests: XCTestCase {
  /// What a word in a type's or a file's name means, the word to write where it would mean something else, and how many such
  /// names there are still. The number only falls; the aim is none.
  private static let glossary: [(word: String, instead: String, ceiling: Int)] = [
    ("Desk", "Service; where an officer sits is a Counter", 0),
    ("House", "the office, or what the thing holds", 0),
    ("Floor", "Hall, or the lower bound", 0),
    ("Shelf", "what stands on it", 0),
    ("Ability", "Skills", 0), ("Lessons", "Calibration", 0),
    ("Manager", "what it does", 0), ("Helper", "what it does; the inspecting program is the Inspector", 0),
    ("Util", "what it does", 0), ("Utility", "what it does", 0), ("Info", "what it says", 0),
    ("Place", "Slot for what is booked, Position in a line; a place is where people are served", 25),
  ]
  /// How many names are a type's own in one target and stand within a type of another. The number only falls.
  private static let nestedDoubleCountMax = 24

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
    let names = Self.names(in: files)
    XCTAssertGreaterThan(names.count, 3_000, "the types and files were not found")
    for (word, instead, ceiling) in Self.glossary {
      let found = names.filter { Self.has(word, $0) }
      XCTAssertLessThanOrEqual(found.count, ceiling, "write “\(instead)” for “\(word)”: \(found.sorted())")
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
    XCTAssertEqual(Self.doubledNames(in: files), ["Connection": ["Kiosk", "Queue"]])
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
      Self.names(in: [file]).filter { Self.has("Desk", $0) }, ["CallDesk", "BookingDesk", "DeskTable", "Desk"])
  }

  /// The targets of each name that several have; what is private to a file meets nobody.
  private static func doubledNames(in files: [Repository.SourceFile]) -> [String: Set<String>] {
    var targets: [String: Set<String>] = [:]
    for file in files {
      for type in Declarations(file.text).types where type.isTopLevel && !type.isPrivate {
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

  /// The names of the types, and those of the files: `A` and `B` of `A+B.swift`.
  private static func names(in files: [Repository.SourceFile]) -> [String] {
    files.flatMap { file in
      file.name.dropLast(".swift".count).split(separator: "+").map(String.init)
        + Declarations(file.text).types.map(\.name)
    }
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
