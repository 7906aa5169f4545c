import Core
import Foundation
import XCTest

@testable import Store

/// Every statement that Gapura sends is one that PostgreSQL reads as well.
final class StatementTests: XCTestCase {
  private func check() throws -> StatementCheck {
    let server = try PostgreSQLServer()
    _ = try server.run(PostgreSQLDialect.statements(for: Schemas.changes).map { $0.text + ";\n" }.joined())
    return StatementCheck(server: server)
  }

  /// The statements that a whole run of the tests has sent, as `Tests/StatementRecorder` wrote them down; `scripts/test`
  /// says where.
  func testEveryStatementThatTheTestsSentIsPrepared() throws {
    guard let folder = ProcessInfo.processInfo.environment["GAPURA_STATEMENTS_FROM"] else {
      throw XCTSkip("scripts/test runs it after the others")
    }
    var sent: Set<String> = []
    for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
      let bytes = try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name))
      for part in bytes.split(separator: 0) { sent.insert(String(decoding: part, as: UTF8.self)) }
    }
    let statements = sent.filter(Self.isPortable).sorted()
    XCTAssertGreaterThan(statements.count, 400, "the tests send that many at least")
    XCTAssertEqual(try check().findings(in: statements).map(\.description), [])
  }

  /// Whether it is meant for every engine: not a setting, and no question about SQLite's own tables.
  private static func isPortable(_ statement: String) -> Bool {
    let verb = statement.drop(while: \.isWhitespace).prefix(while: \.isLetter).uppercased()
    return ["SELECT", "INSERT", "UPDATE", "DELETE", "WITH"].contains(verb)
      && !["sqlite_", "pragma_", "dbstat", "INDEXED"].contains { statement.contains($0) }
  }

  func testWhatOnlySQLiteReadsIsFoundAndWhatBothReadIsNot() throws {
    let check = try check()
    let good = [
      "SELECT ?", "SELECT count(*) WHERE ? IN (?, ?)",
      "SELECT '?' || kind FROM store_events WHERE sequence > ? LIMIT ?",
      "INSERT INTO store_positions (subscriber, sequence) VALUES (?, ?) "
        + "ON CONFLICT (subscriber) DO UPDATE SET sequence = excluded.sequence",
      "UPDATE store_stream SET sequence = sequence + 1 WHERE id = 1 RETURNING sequence",
      "SELECT kind FROM store_events WHERE entity IN (SELECT CAST(NULL AS TEXT) WHERE 1 = 0)",
      "SELECT kind FROM store_events WHERE sequence NOT IN (SELECT CAST(NULL AS BIGINT) WHERE 1 = 0)",
      "SELECT id FROM a_table_of_tests",
    ]
    XCTAssertEqual(try check.findings(in: good), [])
    let bad = [
      "SELECT rowid FROM store_events", "SELECT kind FROM store_events WHERE kind GLOB ?",
      "INSERT OR REPLACE INTO store_positions (subscriber, sequence) VALUES (?, ?)",
      "INSERT INTO store_positions (subscriber, sequence) VALUES (?, ?) "
        + "ON CONFLICT (subscriber) DO UPDATE SET sequence = sequence + 1",
      "SELECT kind FROM store_events WHERE kind IS ?", "SELECT group_concat(kind) FROM store_events",
      "SELECT kind, instant FROM store_events GROUP BY kind", "SELECT unixepoch()", "SELECT kind + 1 FROM store_events",
      "SELECT kind FROM store_events WHERE sequence IN (SELECT NULL WHERE 1 = 0)",
    ]
    XCTAssertEqual(try check.findings(in: bad).map(\.statement).sorted(), bad.sorted())
  }
}
