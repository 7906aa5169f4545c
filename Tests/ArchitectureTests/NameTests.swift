import XCTest

/// One word has one meaning in the whole tree.
final class NameTests: XCTestCase {
  /// Type names that stand in two targets with two meanings. The list only becomes shorter; the aim is none.
  private static let doubled: Set<String> = ["Statement"]

  /// What a word in a type's name means, the word to write where it would mean something else, and how many such names there
  /// are still. The number only falls; the aim is none.
  private static let glossary: [(word: String, instead: String, ceiling: Int)] = [
    ("Desk", "Service; where an officer sits is a Counter", 8),
    ("House", "the office, or what the thing holds", 2),
    ("Floor", "Hall, or the lower bound", 0),
    ("Shelf", "what stands on it", 1),
    ("Ability", "Skills", 0), ("Lessons", "Calibration", 0),
    ("Manager", "what it does", 0), ("Helper", "what it does; the inspecting program is the Inspector", 1),
    ("Util", "what it does", 0), ("Utility", "what it does", 0), ("Info", "what it says", 0),
  ]

  func testNoTypeNameStandsInTwoTargets() throws {
    let doubled = Self.doubledNames(in: try Repository.sources())
    XCTAssertEqual(Set(doubled.keys).subtracting(Self.doubled).sorted(), [], "\(doubled)")
  }

  func testWordsKeepTheirMeaning() throws {
    let names = Self.names(in: try Repository.sources())
    XCTAssertGreaterThan(names.count, 1_000, "the types were not found")
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

  func testAWordIsFoundAsAPartOfANameOnly() {
    let text = "struct BookingDesk {}\nenum Desktop {}\nfinal class DeskTable {\n  struct Desk {}\n}\n"
    let file = Repository.SourceFile(path: "Sources/Kiosk/A.swift", text: text)
    XCTAssertEqual(Self.names(in: [file]).filter { Self.has("Desk", $0) }, ["BookingDesk", "DeskTable", "Desk"])
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

  private static func names(in files: [Repository.SourceFile]) -> [String] {
    files.flatMap { Declarations($0.text).types.map(\.name) }
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
