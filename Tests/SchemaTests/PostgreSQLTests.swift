import Core
import Foundation
import XCTest

@testable import Store

/// What is built for SQLite now is accepted by a real PostgreSQL 15 today, and means the same there.
final class PostgreSQLTests: XCTestCase {
  private func definitions(_ changes: [SchemaChange]) -> String {
    PostgreSQLDialect.statements(for: changes).map { $0.text + ";\n" }.joined()
  }

  func testEveryTableOfEveryModuleIsMadeAsItIsInSQLite() throws {
    let server = try PostgreSQLServer()
    _ = try server.run(definitions(Schemas.changes))
    let tables = Schemas.changes.compactMap { change -> Table? in
      guard case .add(let table) = change else { return nil }
      return table
    }
    XCTAssertGreaterThan(tables.count, 60)
    let made = try server.run(
      """
      SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns
      WHERE table_schema = 'public' ORDER BY table_name COLLATE "C", ordinal_position
      """)
    let types: [String: String] = ["INTEGER": "bigint", "REAL": "double precision", "TEXT": "text", "BLOB": "bytea"]
    let wanted = tables.sorted { $0.name < $1.name }.flatMap { table in
      table.columns.map { column in
        let type = types[SQLiteDialect.typeName(column.form)] ?? "unknown"
        return "\(table.name)|\(column.name)|\(type)|\(column.isOptional ? "YES" : "NO")"
      }
    }
    XCTAssertEqual(made.split(separator: "\n").map(String.init), wanted)
    let indexes = try server.run("SELECT indexname FROM pg_indexes WHERE schemaname = 'public'")
      .split(separator: "\n").map(String.init)
    let missing = tables.flatMap(\.indexes).map(\.name).filter { !indexes.contains($0) }
    XCTAssertEqual(missing, [])
    let references = try server.run("SELECT count(*) FROM pg_constraint WHERE contype = 'f'")
    let wantedCount = tables.flatMap(\.columns).filter { $0.reference != nil }.count
    XCTAssertEqual(references, "\(wantedCount)\n")
  }

  func testTextIsComparedByBytesOnBoth() async throws {
    let words = [
      "b", "B", "a", "Z", "zebra", "Zebra", "élan", "elan", "ａ", "1", "10", "9", "-", "_", "é", "e\u{301}", "",
    ]
    let table = Table("words_word", columns: [.identity("id"), .text("word")])
    let schema = Schema(module: "words", migrations: [Migration(1, "words", tables: [table])])
    let server = try PostgreSQLServer()
    let values = words.map { "('\($0)')" }.joined(separator: ", ")
    let ordered = try server.run(
      definitions([.add(table)]) + "INSERT INTO words_word (word) VALUES \(values);"
        + "SELECT '<' || word || '>' FROM words_word ORDER BY word;"
        + "SELECT max(word) FROM words_word WHERE word < 'a';")

    let directory = FileManager.default.temporaryDirectory.appendingPathComponent("gapura-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: directory) }
    let store = try Store.open(
      at: directory.appendingPathComponent("gapura.db").path, readers: 1, clock: SystemClock(), log: SilentLog())
    try await store.migrate([schema])
    try await store.write { transaction in
      for word in words { try transaction.run("INSERT INTO words_word (word) VALUES (\(word))") }
    }
    let (kept, highest): ([String], String?) = try await store.read { snapshot in
      let kept: [String] = try snapshot.rows("SELECT word FROM words_word ORDER BY word") { row in try row.get(0) }
      let highest: String? = try snapshot.value("SELECT max(word) FROM words_word WHERE word < 'a'")
      return (kept, highest)
    }
    await store.close()
    let byBytes = words.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    XCTAssertEqual(kept.map { Array($0.utf8) }, byBytes.map { Array($0.utf8) })
    let lines = ordered.split(separator: "\n").map { Array($0.utf8) }
    XCTAssertEqual(lines, (byBytes.map { "<\($0)>" } + [highest ?? "none"]).map { Array($0.utf8) })
  }

  /// What the store's contract says of SQLite's sessions, asked there.
  func testCountsSumsFlagsAndSetsOfNothingAreTheSameOnBoth() async throws {
    let table = Table(
      "deal_thing",
      columns: [
        .identity("id"), .text("name"), .integer("amount").optional, .real("weight").optional,
        .bytes("bytes").optional, .flag("is_big").defaulting(to: 0),
      ])
    let rows: SQL = "INSERT INTO deal_thing (name, amount, is_big) VALUES ('a', 2, 0), ('b', 5, 1)"
    let (names, numbers, weights, bytes): ([String], [Int], [Double], [[UInt8]]) = ([], [], [], [])
    let asked: [(sql: SQL, answer: [String])] = [
      ("SELECT count(*), sum(amount), max(amount), count(weight), max(weight) FROM deal_thing", ["2|7|5|0|"]),
      ("SELECT count(*), sum(amount), coalesce(sum(amount), 0) FROM deal_thing WHERE name = 'c'", ["0||0"]),
      ("SELECT sum(CASE WHEN amount > 2 THEN 1 ELSE 0 END) FROM deal_thing", ["1"]),
      ("SELECT is_big, count(*) FROM deal_thing GROUP BY is_big ORDER BY is_big", ["0|1", "1|1"]),
      ("SELECT name FROM deal_thing WHERE name IN \(anyOf: names) OR amount IN \(anyOf: numbers)", []),
      ("SELECT name FROM deal_thing WHERE name NOT IN \(anyOf: names) ORDER BY name", ["a", "b"]),
      ("SELECT name FROM deal_thing WHERE amount NOT IN \(anyOf: numbers) ORDER BY name", ["a", "b"]),
      ("SELECT name FROM deal_thing WHERE weight NOT IN \(anyOf: weights) ORDER BY name", ["a", "b"]),
      ("SELECT name FROM deal_thing WHERE bytes NOT IN \(anyOf: bytes) ORDER BY name", ["a", "b"]),
    ]
    let server = try PostgreSQLServer()
    _ = try server.run(definitions([.add(table), .run(rows)]))
    let schema = Schema(module: "deal", migrations: [Migration(1, "things", tables: [table])])
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent("gapura-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: directory) }
    let store = try Store.open(
      at: directory.appendingPathComponent("gapura.db").path, readers: 1, clock: SystemClock(), log: SilentLog())
    try await store.migrate([schema])
    try await store.write { try $0.run(rows) }
    for (sql, answer) in asked {
      let there = try server.run(sql.text).split(separator: "\n").map(String.init)
      XCTAssertEqual(there, answer, "PostgreSQL: \(sql.text)")
      let columnCount = answer.first.map { $0.count { $0 == "|" } + 1 } ?? 1
      let here = try await store.read { snapshot in
        try snapshot.rows(sql) { row in
          var cells: [String] = []
          for column in 0..<columnCount { cells.append((try row.get(column) as Printed).text) }
          return cells.joined(separator: "|")
        }
      }
      XCTAssertEqual(here, answer, "SQLite: \(sql.text)")
    }
    await store.close()
    // It has a type for what SQLite answers with 1: a session there reads it so.
    XCTAssertEqual(try server.run("SELECT EXISTS (SELECT 1 FROM deal_thing)"), "t\n")
  }

  func testATableThatIsOnlyAddedToRefusesEverythingElse() throws {
    let server = try PostgreSQLServer()
    let book = Table("house_book", columns: [.integer("page").key, .text("line")], isAppendOnly: true)
    _ = try server.run(definitions([.add(book)]) + "INSERT INTO house_book (page, line) VALUES (1, 'a');")
    for change in ["UPDATE house_book SET line = 'b'", "DELETE FROM house_book", "TRUNCATE house_book"] {
      XCTAssertThrowsError(try server.run(change)) { error in
        XCTAssertTrue("\(error)".contains("house_book is append-only"), "\(error)")
      }
    }
    XCTAssertEqual(try server.run("SELECT line FROM house_book"), "a\n")
  }

  func testTextWithANulIsRefusedThereAsItIsHere() throws {
    let server = try PostgreSQLServer()
    XCTAssertThrowsError(try server.run("SELECT convert_from('\\x6100'::bytea, 'UTF8')")) { error in
      XCTAssertTrue("\(error)".contains("0x00"), "\(error)")
    }
  }

  func testLaterChangesAreReadThereToo() throws {
    let server = try PostgreSQLServer()
    let rooms = Table(
      "house_rooms", columns: [.identity("id"), .integer("twin").optional.refers(to: "house_twins", "id")])
    let twins = Table(
      "house_twins", columns: [.identity("id"), .integer("room").optional.refers(to: "house_rooms", "id")])
    let answer = try server.run(
      definitions([
        .add(rooms), .add(twins), .run("INSERT INTO house_rooms (twin) VALUES (NULL)"),
        .addColumn(.text("colour").defaulting(to: "bride's white"), to: "house_rooms"),
        .addColumn(.flag("is_open").defaulting(to: 1), to: "house_rooms"),
        .addColumn(.integer("other").optional.refers(to: "house_twins", "id", isDeferred: true), to: "house_rooms"),
        .addIndex(.unique("house_rooms_colour", on: ["colour"], where: "is_open = 1"), to: "house_rooms"),
        .removeIndex("house_rooms_colour"),
      ]) + "SELECT id, colour, is_open FROM house_rooms;")
    XCTAssertEqual(answer, "1|bride's white|1\n")
  }
}

/// A column as psql prints it.
private struct Printed: SQLReadable {
  let text: String

  init(sqlCell: SQLCell) {
    text =
      switch sqlCell {
      case .null: ""
      case .integer(let number): String(number)
      case .real(let number): String(number)
      case .text(let text): text
      case .blob(let bytes): "\(bytes)"
      }
  }
}
