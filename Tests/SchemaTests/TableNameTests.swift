import XCTest

@testable import Store

/// A word means in a table what it means in code (docs/words.md).
final class TableNameTests: XCTestCase {
  func testAPlaceIsAPlaceInEveryTable() {
    let tables = Schemas.changes.compactMap { change -> Table? in
      if case .add(let table) = change { return table }
      return nil
    }
    XCTAssertGreaterThan(tables.count, 50, "the tables were not found")
    XCTAssertTrue(tables.contains { $0.columns.contains { $0.name == "place" } }, "no table knows a place")
    XCTAssertEqual(TableNameRule.findings(in: tables), [])
  }

  func testAPlaceThatIsNoneAndAPictureOfSpeechAreFound() {
    let good = Table("queue_counter", columns: [.integer("place"), .integer("number")], key: ["place", "number"])
    XCTAssertEqual(TableNameRule.findings(in: [good]), [])
    let bad = [
      Table("accessibility_help", columns: [.identity("id"), .text("place")]),
      Table("tracking_place", columns: [.text("stage").key]),
      Table("feedback_desk", columns: [.identity("id"), .bytes("house_key").optional]),
    ]
    XCTAssertEqual(
      TableNameRule.findings(in: bad),
      ["accessibility_help.place", "tracking_place", "feedback_desk", "feedback_desk.house_key"])
  }
}

/// Names of tables and columns with a word that means something else than it says.
enum TableNameRule {
  private static let words: Set<Substring> = ["place", "desk", "house", "floor", "shelf"]

  /// A column `place` holds a `PlaceID`, which is a number; no table is one.
  static func findings(in tables: [Table]) -> [String] {
    tables.flatMap { table in
      let misnamed = table.columns.filter { $0.name == "place" ? $0.form != .integer : isMisnamed($0.name) }
      return (isMisnamed(table.name) ? [table.name] : []) + misnamed.map { "\(table.name).\($0.name)" }
    }
  }

  private static func isMisnamed(_ name: String) -> Bool { !words.isDisjoint(with: name.split(separator: "_")) }
}
