import Foundation
import XCTest

/// What is promised about security names what shows it, and that is there.
final class PromiseTests: XCTestCase {
  private static let security = "SECURITY.md"
  private static let asvs = "docs/asvs.md"
  private static let iso27001 = "docs/iso27001.md"
  private static let access = "docs/access-and-keys.md"

  func testEveryTestFileAndTypeThatAPageNamesExists() throws {
    let index = try ProofIndex.ofRepository()
    for (path, leastCount) in [(Self.security, 50), (Self.asvs, 50), (Self.iso27001, 50), (Self.access, 20)] {
      let page = try ProvenPage(path)
      XCTAssertGreaterThan(page.named.count, leastCount, "\(path): what it names was not found")
      for problem in PromiseRule.missing(from: index, on: page) { XCTFail(problem) }
    }
  }

  func testEachPromiseOfTheSecurityPageIsShownByATest() throws {
    let promises = try ProvenPage(Self.security).rows { $0 != "who" && !$0.hasPrefix("-") }
    XCTAssertGreaterThan(promises.count, 20)
    for problem in PromiseRule.unproven(promises, on: Self.security) { XCTFail(problem) }
  }

  func testEachLineOfTheStandardStandsOnceWithItsProofOrItsReason() throws {
    let list = Repository.root.appendingPathComponent("Tests/ArchitectureTests/asvs-ids.txt")
    let ids = try String(contentsOf: list, encoding: .utf8).split(separator: "\n").map(String.init)
    XCTAssertEqual(ids.count, 253)
    let rows = try ProvenPage(Self.asvs).rows { $0.wholeMatch(of: /V[0-9.]+/) != nil }
    for problem in PromiseRule.misfits(between: ids, and: rows, on: Self.asvs) { XCTFail(problem) }
    for problem in PromiseRule.unjudged(rows, on: Self.asvs) { XCTFail(problem) }
  }

  func testEachControlOfTheAnnexStandsOnce() throws {
    let ids = [(5, 37), (6, 8), (7, 14), (8, 34)].flatMap { theme, count in (1...count).map { "\(theme).\($0)" } }
    XCTAssertEqual(ids.count, 93)
    let rows = try ProvenPage(Self.iso27001).rows { $0.wholeMatch(of: /[0-9]+\.[0-9]+/) != nil }
    for problem in PromiseRule.misfits(between: ids, and: rows, on: Self.iso27001) { XCTFail(problem) }
    for row in rows where row.cells.contains("") { XCTFail("\(Self.iso27001):\(row.line): a cell is empty") }
  }

  // MARK: The rules themselves

  private var index: ProofIndex {
    var index = ProofIndex()
    index.add(
      "Tests/HallTests/DoorTests.swift", text: "final class DoorTests: XCTestCase {\n  func testItOpens() {}\n}")
    index.add("Tests/HallTests/DoorTests+Night.swift", text: "extension DoorTests {\n  func testItShuts() async {}\n}")
    index.add("Sources/Hall/Door.swift", text: "public struct Door {\n  private enum State {}\n}")
    index.add("docs/words.md", text: "")
    return index
  }

  func testWhatIsNotThereIsFoundWithItsLine() {
    let page = ProvenPage(
      path: "P.md",
      text: """
        | a door | `Door`, `Gate` | `HallTests.DoorTests`, `HallTests.DoorTests/testItShuts` |
        | a gate | `Sources/Hall/Door.swift`, `Gate.swift` | `HallTests.DoorTests/testItRings`, `HallTests.GateTests` |
        See docs/words.md and [more](docs/more.md). `make run`, `/petugas` and `nosniff` are no names.
        """)
    XCTAssertEqual(
      PromiseRule.missing(from: index, on: page),
      [
        "P.md:1: there is no type Gate in the sources",
        "P.md:2: there is no file Gate.swift",
        "P.md:2: there is no test HallTests.DoorTests/testItRings",
        "P.md:2: there is no test HallTests.GateTests",
        "P.md:3: there is no file docs/more.md",
      ])
  }

  func testAPromiseWithoutATestIsFound() {
    let page = ProvenPage(
      path: "P.md",
      text: """
        | who | learns | how | shown by |
        |---|---|---|---|
        | a thief | nothing | a lock | `HallTests.DoorTests` |
        | a guest | nothing | a sign | it has always been so |
        | a ghost | nothing | `HallTests.DoorTests` |
        """)
    let rows = page.rows { $0 != "who" && !$0.hasPrefix("-") }
    XCTAssertEqual(
      PromiseRule.unproven(rows, on: page.path),
      ["P.md:4: no test shows it", "P.md:5: a promise has four cells: who, what, how, shown by"])
  }

  func testLinesThatAreMissingDoubledUnknownOrWithoutAReasonAreFound() {
    let page = ProvenPage(
      path: "P.md",
      text: """
        | **V1.1** | a | yes | `Door` | `HallTests.DoorTests` |
        | V1.2 | a | yes | `Door` | surely |
        | V1.2 | a | perhaps | `Door` | soon |
        | V1.9 | a | no | |  |
        """)
    let rows = page.rows { $0.hasPrefix("V") }
    XCTAssertEqual(
      PromiseRule.misfits(between: ["V1.1", "V1.2", "V1.3"], and: rows, on: page.path),
      ["P.md: V1.3 is missing", "P.md:3: V1.2 stands here again", "P.md:4: nothing has the number V1.9"])
    XCTAssertEqual(
      PromiseRule.unjudged(rows, on: page.path),
      [
        "P.md:2: it says yes and names no test, nor “by reading”",
        "P.md:3: “perhaps” is none of: yes, partly, no, does not apply, the office",
        "P.md:4: it gives no reason",
      ])
  }
}

/// Finds what a page promises and does not show.
enum PromiseRule {
  private static let judgements = ["yes", "partly", "no", "does not apply", "the office"]

  static func missing(from index: ProofIndex, on page: ProvenPage) -> [String] {
    page.named.filter { !index.holds($0.what) }.map { line, what in
      let words =
        switch what {
        case .test(let name, let method): "test \(name)\(method.map { "/\($0)" } ?? "")"
        case .file(let path): "file \(path)"
        case .type(let name): "type \(name) in the sources"
        }
      return "\(page.path):\(line): there is no \(words)"
    }
  }

  /// Rows of an actor, what they do, how and shown by, whose last cell names no test.
  static func unproven(_ rows: [ProvenPage.Row], on path: String) -> [String] {
    rows.compactMap { row in
      guard row.cells.count == 4 else {
        return "\(path):\(row.line): a promise has four cells: who, what, how, shown by"
      }
      return namesTest(row.cells[3]) ? nil : "\(path):\(row.line): no test shows it"
    }
  }

  /// Where the rows are not just the ids, each once.
  static func misfits(between ids: [String], and rows: [ProvenPage.Row], on path: String) -> [String] {
    var seen: Set<String> = []
    let known = Set(ids)
    let strange = rows.compactMap { row -> String? in
      guard known.contains(row.cells[0]) else { return "\(path):\(row.line): nothing has the number \(row.cells[0])" }
      return seen.insert(row.cells[0]).inserted ? nil : "\(path):\(row.line): \(row.cells[0]) stands here again"
    }
    return ids.filter { !seen.contains($0) }.map { "\(path): \($0) is missing" } + strange
  }

  /// Rows of id, what is asked, whether it holds, where, and test or reason, that say more than they show.
  static func unjudged(_ rows: [ProvenPage.Row], on path: String) -> [String] {
    rows.compactMap { row in
      let place = "\(path):\(row.line):"
      guard row.cells.count == 5 else {
        return "\(place) a row has five cells: id, what it asks, holds, where, test or reason"
      }
      guard judgements.contains(row.cells[2]) else {
        return "\(place) “\(row.cells[2])” is none of: \(judgements.joined(separator: ", "))"
      }
      if row.cells[4].isEmpty { return "\(place) it gives no reason" }
      if row.cells[2] == "yes", !namesTest(row.cells[4]), !row.cells[4].hasPrefix("by reading") {
        return "\(place) it says yes and names no test, nor “by reading”"
      }
      return nil
    }
  }

  private static func namesTest(_ cell: String) -> Bool {
    ProvenPage.named(in: cell).contains { if case .test = $0 { true } else { false } }
  }
}
