import Core
import Foundation
import XCTest

/// docs/duties.md has every method of a service that acts for a principal, and says who may what; a test of each module holds
/// the services to it (`XCTAssertDuties`).
final class DutyTableTests: XCTestCase {
  /// Methods that take a principal and are in no table, and why.
  private static let elsewhere: [String: String] = [
    "addStep": "writes a row of what was decided before", "append": "writes a row of what was decided before",
    "insert": "writes a row of what was decided before", "takeBack": "writes a row of what was decided before",
    "event": "a value", "covers": "a value", "parts": "a value", "noteChange": "a line of the log",
    "admit": "for kiosks and holders", "appointment": "for kiosks and holders", "timeline": "for kiosks and holders",
    "confirm": "the purposes of vault.json5, for kiosks and holders", "check": "what Vault.open asks",
    "allows": "what Vault.open asks", "requirePermission": "what Vault.open asks",
    "noteOpening": "what Vault.open asks", "leaveEntry": "what Vault.open writes",
    "liftRestriction": "asks as Vault.restrict does", "rectify": "asks as Vault.restrict does",
    "earlier": "asks as Vault.restrict does", "noteAccess": "asks as Vault.restrict does",
    "withdraw": "the person's own, on their page", "issueReceipt": "a receipt for what was decided before",
    "noteHandOver": "a receipt for what was decided before", "issue": "a pass for what Vault.open is asked for",
    "redeem": "a pass for what Vault.open is asked for", "requireDuty": "what Journeys.advance asks",
    "note": "a line of the log", "remove": "the officer's own", "renewRecoveryCodes": "the officer's own",
    "setPIN": "the officer's own",
  ]

  private static func document() throws -> String {
    try String(contentsOf: Repository.root.appendingPathComponent("docs/duties.md"), encoding: .utf8)
  }

  /// The names of the methods in the document's tables, by module.
  private static func listed(_ document: String) -> [String: Set<String>] {
    var (listed, module): ([String: Set<String>], String?) = ([:], nil)
    for line in document.split(separator: "\n") {
      if line.hasPrefix("#") { module = line.hasPrefix("### ") ? String(line.dropFirst(4)) : nil }
      guard let module, let row = line.firstMatch(of: /^\| `\w+\.(\w+)/) else { continue }
      listed[module, default: []].insert(String(row.output.1))
    }
    return listed
  }

  /// The methods that take a principal and are not private, by their names.
  private static func methods(in files: [Repository.SourceFile]) -> Set<String> {
    var found: Set<String> = []
    for file in files {
      for match in file.text.matches(of: /\n *([a-z@A-Z ]*)func (\w+)(?:<[^>]*>)?\(([^{]*?)\)\s*(?:async|throws|->|\{)/)
      where !match.output.1.contains("private") && match.output.3.contains("Principal") {
        found.insert(String(match.output.2))
      }
    }
    return found
  }

  func testEveryMethodThatActsForAPrincipalIsInTheTable() throws {
    let sources = try Repository.sources().filter { Manifest.modules.contains($0.target) || $0.target == "Vault" }
    let methods = Self.methods(in: sources)
    XCTAssertGreaterThan(methods.count, 50, "the methods were not found")
    let listed = Self.listed(try Self.document()).values.reduce(into: Set<String>()) { $0.formUnion($1) }
    XCTAssertEqual(
      methods.subtracting(listed).subtracting(Self.elsewhere.keys).sorted(), [],
      "give them a row in docs/duties.md, or say why not")
    XCTAssertEqual(listed.subtracting(methods).sorted(), [], "there are no such methods any more")
    XCTAssertEqual(Set(Self.elsewhere.keys).subtracting(methods), [], "there are no such methods any more")
  }

  func testEachTableIsHeldToByATestOfItsModule() throws {
    for module in Self.listed(try Self.document()).keys {
      let test = Repository.root.appendingPathComponent("Tests/\(module)Tests/DutyTests.swift")
      let text = try String(contentsOf: test, encoding: .utf8)
      XCTAssertTrue(text.contains("XCTAssertDuties"), "\(module)Tests calls no method as every role")
    }
  }

  /// What each right gives by the document is what it gives as shipped.
  func testTheTableOfRightsSaysWhatIsShipped() throws {
    let rows = try Self.document().components(separatedBy: "\n## Rights\n").last?.split(separator: "\n") ?? []
    let cells = rows.map { row in row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) } }
    let roles = try XCTUnwrap(cells.first { $0.first == "right" }).dropFirst()
    XCTAssertEqual(Array(roles), Role.shipped.map(\.name))
    for right in Right.allCases {
      let row = try XCTUnwrap(cells.first { $0.first == right.rawValue }, right.rawValue).dropFirst()
      let shipped = Role.shipped.map { role in
        !role.rights.contains(right) ? "–" : role.isReadOnly ? "reads" : "yes"
      }
      XCTAssertEqual(Array(row), shipped, right.rawValue)
    }
  }

  /// A right that nothing asks for gives nothing.
  func testEveryRightIsAskedForByARouteOrAService() throws {
    let text = try Repository.sources().filter { $0.target != "Core" }.map(\.text).joined()
    var unasked: [Right] = []
    for right in Right.allCases {
      let name = "\(right)"
      let asked = [
        "with: .\(name))", "require(.\(name))", "contains(.\(name))", "shows(.\(name))", "may(.\(name))",
        "of: .\(name))",
      ]
      if !asked.contains(where: text.contains), !Right.ofStages.contains(right) { unasked.append(right) }
    }
    XCTAssertEqual(unasked, [.catalogue, .ledger], "docs/duties.md says which nothing asks for yet")
  }

  func testAMethodWithoutARowIsFound() {
    let text = """

      struct A {
        func one(_ a: Int, by principal: Principal) throws {}
        private func two(by principal: Principal) {}
        public func three<T>(_ a: T, as principal: Principal) {}
        func four(_ a: Int) {}
      }
      """
    let file = Repository.SourceFile(path: "Sources/Modules/Queue/A.swift", text: text)
    XCTAssertEqual(Self.methods(in: [file]), ["one", "three"])
    XCTAssertEqual(Self.listed("### Queue\n| `A.one` | serve | yes |\n## Next\n| `A.two` |"), ["Queue": ["one"]])
  }
}
