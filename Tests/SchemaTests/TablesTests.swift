import Core
import Foundation
import XCTest

@testable import Store

private enum LampState: String, CaseIterable {
  case dark
  case lit
}

/// What a new database has: kept as a list, so that a change of what a schema means is seen, by any author.
final class TablesTests: XCTestCase {
  private static let list = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
    "tables.txt")

  /// `GAPURA_WRITE_TABLES=1` writes the list anew, when a schema was changed on purpose.
  func testColumnsKeysIndexesReferencesAndRulesOfANewDatabaseAreThoseOfTheList() async throws {
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent("gapura-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    let store = try Store.open(
      at: directory.appendingPathComponent("gapura.db").path, readers: 1, clock: SystemClock(), log: SilentLog())
    try await store.migrate(Schemas.ofModules)
    let found = try await store.read { snapshot in try TableList.lines(in: snapshot) }
    await store.close()
    if ProcessInfo.processInfo.environment["GAPURA_WRITE_TABLES"] != nil {
      try Data((found.joined(separator: "\n") + "\n").utf8).write(to: Self.list)
    }
    let known = try String(contentsOf: Self.list, encoding: .utf8).split(separator: "\n").map(String.init)
    XCTAssertGreaterThan(known.count, 500, "the list is whole")
    let difference = found.difference(from: known).map { change in
      switch change {
      case .insert(_, let line, _): "+ \(line)"
      case .remove(_, let line, _): "- \(line)"
      }
    }
    XCTAssertEqual(difference, [], "GAPURA_WRITE_TABLES=1 writes tables.txt anew")
  }

  func testACaseStandsInAConditionAsTheSameTextWithBothEngines() {
    let changes: [SchemaChange] = [
      .addColumn(.text("lamp").check("lamp IN \(literals: LampState.allCases)"), to: "house_rooms"),
      .addIndex(.unique("house_lit", on: ["lamp"], where: "lamp = \(literal: LampState.lit)"), to: "house_rooms"),
    ]
    let index = "CREATE UNIQUE INDEX house_lit ON house_rooms (lamp) WHERE lamp = 'lit'"
    XCTAssertEqual(
      SQLiteDialect.statements(for: changes).map(\.text),
      ["ALTER TABLE house_rooms ADD COLUMN lamp TEXT NOT NULL CHECK (lamp IN ('dark', 'lit'))", index])
    XCTAssertEqual(
      PostgreSQLDialect.statements(for: changes).map(\.text),
      [#"ALTER TABLE house_rooms ADD COLUMN lamp TEXT COLLATE "C" NOT NULL CHECK (lamp IN ('dark', 'lit'))"#, index])
  }

  func testOneMigrationMakesEachModulesTablesAndTheyRenderTheSameEachTime() {
    for schema in Schemas.ofModules {
      XCTAssertEqual(schema.migrations.map(\.number), [1], "\(schema.module): what is not delivered yet is one schema")
      XCTAssertEqual(schema.migrations.map(\.checksum), schema.migrations.map(\.checksum))
    }
    XCTAssertGreaterThanOrEqual(Schemas.ofModules.count, 11)
  }

  /// What an appointment's tables keep goes by its own place; in the hall even what belongs to a ticket is asked for at once
  /// for all tickets.
  func testEveryTableOfTheHallSaysWhichPlaceItIsAbout() {
    let hall = Schemas.ofModules.filter { ["queue", "stops"].contains($0.module) }
    XCTAssertGreaterThanOrEqual(hall.flatMap(Self.tables).count, 10)
    XCTAssertEqual(Self.withoutPlace(hall), [])
  }

  func testATableWithoutAPlaceIsFound() {
    let bench = Table("park_bench", columns: [.identity("id"), .integer("place")])
    let lamp = Table("park_lamp", columns: [.identity("id"), .integer("places")])
    let park = Schema(module: "park", migrations: [Migration(1, "park", tables: [bench, lamp])])
    XCTAssertEqual(Self.withoutPlace([park]), ["park_lamp"])
  }

  private static func withoutPlace(_ schemas: [Schema]) -> [String] {
    schemas.flatMap(tables).filter { table in !table.columns.contains { $0.name == "place" } }.map(\.name)
  }

  private static func tables(of schema: Schema) -> [Table] {
    schema.migrations.flatMap(\.changes).compactMap { change -> Table? in
      guard case .add(let table) = change else { return nil }
      return table
    }
  }
}

/// What SQLite says of its tables.
enum TableList {
  static func lines(in snapshot: borrowing Snapshot) throws -> [String] {
    let tables = try snapshot.rows(
      "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name"
    ) { row in
      (name: try row.get(0) as String, sql: try row.get(1) as String)
    }
    var lines: [String] = []
    for (table, sql) in tables {
      let isStrict: Bool? = try snapshot.value("SELECT strict FROM pragma_table_list WHERE name = \(table)")
      lines.append("table \(table)" + (isStrict == true ? " strict" : ""))
      lines += try columns(of: table, in: snapshot)
      lines += sql.split(separator: "\n").compactMap { check(in: String($0)) }
      lines += try snapshot.rows(
        "SELECT \"from\", \"table\", \"to\" FROM pragma_foreign_key_list(\(table)) ORDER BY \"from\""
      ) { row in
        let (column, other, key): (String, String, String) = (try row.get(0), try row.get(1), try row.get(2))
        return "  \(column) refers to \(other) (\(key))"
      }
      lines += try indexes(of: table, in: snapshot)
      lines += try snapshot.rows(
        "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = \(table) ORDER BY name"
      ) { row in
        let name: String = try row.get(0)
        return "  trigger \(name)"
      }
    }
    return lines
  }

  private static func columns(of table: String, in snapshot: borrowing Snapshot) throws -> [String] {
    try snapshot.rows(
      "SELECT name, type, \"notnull\", dflt_value, pk FROM pragma_table_info(\(table)) ORDER BY cid"
    ) { row in
      let (name, type): (String, String) = (try row.get(0), try row.get(1))
      let isNeeded: Bool = try row.get(2)
      let fallback: String? = try row.get(3)
      let place: Int = try row.get(4)
      return "  \(name) \(type)" + (isNeeded ? " not null" : "") + (fallback.map { " default \($0)" } ?? "")
        + (place > 0 ? " key \(place)" : "")
    }
  }

  /// What a column's line of a definition says to hold.
  private static func check(in line: String) -> String? {
    let parts = line.components(separatedBy: " CHECK ")
    guard parts.count == 2 else { return nil }
    let condition = parts[1].components(separatedBy: " REFERENCES ")[0]
    return "  check " + (condition.hasSuffix(",") ? String(condition.dropLast()) : condition)
  }

  private static func indexes(of table: String, in snapshot: borrowing Snapshot) throws -> [String] {
    let indexes = try snapshot.rows(
      "SELECT name, \"unique\", origin FROM pragma_index_list(\(table)) WHERE origin <> 'pk' ORDER BY name"
    ) { row in
      (name: try row.get(0) as String, isUnique: try row.get(1) as Bool, origin: try row.get(2) as String)
    }
    var lines: [String] = []
    for index in indexes {
      let columns: [String] = try snapshot.rows("SELECT name FROM pragma_index_info(\(index.name)) ORDER BY seqno") {
        row in try row.get(0)
      }
      let sql: String? = try snapshot.value("SELECT sql FROM sqlite_schema WHERE name = \(index.name)")
      let parts = sql?.components(separatedBy: " WHERE ") ?? []
      let name = index.origin == "u" ? "" : " \(index.name)"
      lines.append(
        "  \(index.isUnique ? "unique" : "index")\(name) (\(columns.joined(separator: ", ")))"
          + (parts.count == 2 ? " where \(parts[1])" : ""))
    }
    return lines
  }
}
