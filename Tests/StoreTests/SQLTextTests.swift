import XCTest

@testable import Store

private enum Colour: String, CaseIterable {
  case red
  case green
}

final class SQLTextTests: XCTestCase {
  func testAStatementIsKnownByItsPartsAndNotByItsValues() {
    let first = statement(1, ["a", "b"], .red)
    XCTAssertEqual(first.text, "SELECT ? WHERE ? IN (?, ?) AND colour = 'red' AND name IN ('red', 'green') LIMIT 1")
    let same = statement(2, ["c", "d"], .red)
    XCTAssertEqual(first.statement, same.statement)
    XCTAssertEqual(first.statement.hashValue, same.statement.hashValue)
    XCTAssertNotEqual(first.values, same.values)
    let others = [statement(1, ["a"], .red), statement(1, [], .red), statement(1, ["a", "b"], .green)]
    for other in others { XCTAssertNotEqual(first.statement, other.statement, other.text) }
  }

  func testJoinedPartsAreTheTextOfBoth() {
    let condition: SQL = "number = \(1)"
    let joined: SQL = "SELECT 1 WHERE \(condition)" + " AND name = \("a" as String)"
    XCTAssertEqual(joined.text, "SELECT 1 WHERE number = ? AND name = ?")
    XCTAssertEqual(joined.values, [.integer(1), .text("a")])
  }

  private func statement(_ number: Int, _ names: [String], _ colour: Colour) -> SQL {
    let name = names.first
    return """
      SELECT \(number) WHERE \(name) IN \(anyOf: names) AND colour = \(literal: colour) \
      AND name IN \(literals: Colour.allCases) LIMIT 1
      """
  }
}
