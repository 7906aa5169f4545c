import Client
import Core
import Store
import XCTest

final class MigrationTests: XCTestCase {
  private static let rooms = Table("house_rooms", columns: [.identity("id")])
  private static let first = Migration(1, "rooms", tables: [rooms])
  private static let second = Migration(
    2, "doors",
    tables: [
      Table(
        "house_doors",
        columns: [.identity("id"), .integer("room").optional.refers(to: "house_rooms", "id")],
        indexes: [.index("house_doors_by_room", on: ["room"])])
    ])

  private func store() throws -> (TestDirectory, Store) {
    let directory = try TestDirectory()
    return (directory, try Store.open(at: directory.database, clock: SystemClock(), log: SilentLog()))
  }

  private func house(_ migrations: Migration...) -> [Schema] { [Schema(module: "house", migrations: migrations)] }

  private func tables(_ store: Store) async throws -> [String] {
    try await store.read {
      try $0.rows("SELECT name FROM sqlite_schema WHERE name LIKE 'house%' ORDER BY name") { try $0.get(0) }
    }
  }

  func testMigrationsAreAppliedOnceAndThenGoOn() async throws {
    let (_, store) = try store()
    try await store.migrate(house(Self.first))
    try await store.migrate(house(Self.first))
    var tables = try await tables(store)
    XCTAssertEqual(tables, ["house_rooms"])
    try await store.migrate(house(Self.first, Self.second))
    tables = try await self.tables(store)
    XCTAssertEqual(tables, ["house_doors", "house_doors_by_room", "house_rooms"])
  }

  func testAppliedMigrationsThatChangedMovedOrWentAreRefused() async throws {
    let (_, store) = try store()
    try await store.migrate(house(Self.first, Self.second))
    let changed = Migration(
      1, "rooms", tables: [Table("house_rooms", columns: [.identity("id"), .text("name").optional])])
    let renamed = Migration(1, "chambers", tables: [Self.rooms])
    let moved = Migration(2, "rooms", tables: [Self.rooms])
    let new = Migration(1, "first", tables: [Table("house_first", columns: [.identity("id")])])
    let cases: [([Schema], Int, MigrationFault)] = [
      (house(changed, Self.second), 1, .changed),
      (house(renamed, Self.second), 1, .changed),
      (house(new, moved), 1, .reordered),
      (house(Self.second, Self.first), 2, .reordered),
      (house(Self.first), 2, .missing),
      (house(), 1, .missing),
      (house(Self.first, Self.first), 1, .reordered),
    ]
    for (schemas, number, fault) in cases {
      let error = await storeError { try await store.migrate(schemas) }
      XCTAssertEqual(error, .migration(module: "house", number: number, fault))
      XCTAssertTrue("\(String(describing: error))".contains("house"))
    }
  }

  func testACommandGivesANewFileItsTablesAndLeavesOthersAsTheyAre() async throws {
    let directory = try TestDirectory()
    func open(mayUpgrade: Bool) throws -> Store {
      try Store.open(at: directory.database, clock: SystemClock(), log: SilentLog(), mayUpgrade: mayUpgrade)
    }
    let command = try open(mayUpgrade: false)
    try await command.migrate(house(Self.first))
    try await command.migrate(house(Self.first))
    let refused = await storeError { try await command.migrate(house(Self.first, Self.second)) }
    XCTAssertEqual(refused, .older(path: directory.database))
    let before = try await tables(command)
    XCTAssertEqual(before, ["house_rooms"])
    await command.close()

    let again = try open(mayUpgrade: false)
    let refusedAgain = await storeError { try await again.migrate(house(Self.first, Self.second)) }
    XCTAssertEqual(refusedAgain, .older(path: directory.database), "the next command is no wiser")
    await again.close()

    let server = try open(mayUpgrade: true)
    try await server.migrate(house(Self.first, Self.second))
    let after = try await tables(server)
    XCTAssertEqual(after, ["house_doors", "house_doors_by_room", "house_rooms"])
    await server.close()
  }

  func testACommandLeavesStoresOwnTablesOfAnEarlierFileAsTheyAreAndACopyHasThem() async throws {
    let (directory, store) = try store()
    let path = directory.database
    try await store.migrate(house(Self.first))
    await store.close()
    try DatabaseShell.run(
      "DELETE FROM store_migrations WHERE module = 'store';"
        + ["events", "stream", "positions", "probe", "clock", "commits"].map { "DROP TABLE store_\($0);" }.joined(),
      on: path)
    try FileManager.default.removeItem(atPath: path + Store.witnessSuffix)
    let refused = await storeError {
      try Store.open(at: path, clock: SystemClock(), log: SilentLog(), mayUpgrade: false)
    }
    XCTAssertEqual(refused, .older(path: path))
    let companion = await storeError {
      try CompanionStore.open(
        at: path, schema: house(Self.first)[0], clock: SystemClock(), log: SilentLog(), mayUpgrade: false)
    }
    XCTAssertEqual(companion, .older(path: path))
    let copy = directory.path + "/copy.db"
    try Store.copy(path, to: copy)
    for file in [path, copy] {
      let own: Int? = try Store.peek(at: file) {
        try $0.value("SELECT max(number) FROM store_migrations WHERE module = 'store'")
      }
      XCTAssertNil(own, "nothing was added to \(file)")
    }
    try await Store.open(at: path, clock: SystemClock(), log: SilentLog()).close()
    XCTAssertEqual(try Store.commitState(at: path), .whole)
  }

  func testRulesForTablesAreHeldAndNothingOfABreachStays() async throws {
    let (_, store) = try store()
    try await store.migrate([
      Schema(
        module: "other",
        migrations: [Migration(1, "x", tables: [Table("other_things", columns: [.identity("id")])])])
    ])
    let cases: [(SchemaChange, MigrationFault)] = [
      (.add(Table("rooms", columns: [.identity("id")])), .foreignName("rooms")),
      (
        .add(Table("house_a", columns: [.identity("id")], indexes: [.index("by_id", on: ["id"])])),
        .foreignName("by_id")
      ),
      (.remove(table: "other_things"), .foreignName("other_things")),
      (.removeIndex("other_index"), .foreignName("other_index")),
      (.addColumn(.integer("mine").optional, to: "other_things"), .foreignName("other_things")),
      (.addIndex(.index("house_index", on: ["id"]), to: "other_things"), .foreignName("other_things")),
      (
        .add(Table("house_a", columns: [.integer("id").key.refers(to: "other_things", "id")])),
        .foreignReference(table: "house_a", to: "other_things")
      ),
      (
        .addColumn(.integer("thing").optional.refers(to: "other_things", "id"), to: "house_rooms"),
        .foreignReference(table: "house_rooms", to: "other_things")
      ),
      (
        .add(Table("house_a", columns: [.integer("id").key.check("amount >= 0")])),
        .failed(reason: "no such column: amount in: script")
      ),
    ]
    for (change, fault) in cases {
      let error = await storeError { try await store.migrate(house(Self.first, Migration(2, "bad", [change]))) }
      XCTAssertEqual(error, .migration(module: "house", number: 2, fault))
    }
    let tables = try await tables(store)
    XCTAssertEqual(tables, [], "the migrations before a bad one go with it")
    let others: Int? = try await store.read { try $0.value("SELECT count(*) FROM other_things") }
    XCTAssertEqual(others, 0)
  }

  func testAMigrationThatEndsTheTransactionOrWritesDefinitionsItselfIsRefused() async throws {
    let (_, store) = try store()
    let cases: [(SQL, StaticString)] = [("COMMIT", "COMMIT"), ("DROP TABLE house_rooms", "DROP")]
    for (sql, verb) in cases {
      let bad = Migration(1, "bad", [.add(Self.rooms), .run(sql)])
      let error = await storeError { try await store.migrate(house(bad)) }
      guard case .migration("house", 1, .failed(let reason)) = error else {
        XCTFail(String(describing: error))
        continue
      }
      XCTAssertTrue(reason.contains("\"\(verb)\" is not for modules"), reason)
    }
    let tables = try await tables(store)
    XCTAssertEqual(tables, [], "what came before it goes with it")
  }

  func testLaterMigrationsAddAndRemoveAndFillWhatIsThere() async throws {
    let (_, store) = try store()
    try await store.migrate(house(Self.first, Self.second))
    try await store.write { transaction in
      try transaction.run("INSERT INTO house_rooms (id) VALUES (7)")
      try transaction.run("INSERT INTO house_doors (room) VALUES (7)")
    }
    let third = Migration(
      3, "windows",
      [
        .addColumn(.integer("windows").defaulting(to: 2), to: "house_rooms"),
        .addColumn(.text("colour").defaulting(to: "bride's white"), to: "house_rooms"),
        .addIndex(.unique("house_doors_one", on: ["room"], where: "room IS NOT NULL"), to: "house_doors"),
        .removeIndex("house_doors_by_room"),
        .run("UPDATE house_rooms SET windows = windows + 1"),
      ])
    try await store.migrate(house(Self.first, Self.second, third))
    let rooms: [String] = try await store.read { snapshot in
      try snapshot.rows("SELECT windows, colour FROM house_rooms WHERE id = 7") { row in
        let windows: Int = try row.get(0)
        let colour: String = try row.get(1)
        return "\(windows) \(colour)"
      }
    }
    XCTAssertEqual(rooms, ["3 bride's white"])
    let second = await storeError {
      try await store.write { try $0.run("INSERT INTO house_doors (room) VALUES (7)") }
    }
    XCTAssertEqual(second, .constraint(.unique, ["house_doors.room"]))
    try await store.migrate(
      house(Self.first, Self.second, third, Migration(4, "open", [.remove(table: "house_doors")])))
    let tables = try await tables(store)
    XCTAssertEqual(tables, ["house_rooms"])
  }

  func testATableThatIsOnlyAddedToRefusesEverythingElse() async throws {
    let (_, store) = try store()
    let book = Table("house_book", columns: [.integer("page").key, .text("line")], isAppendOnly: true)
    try await store.migrate(house(Migration(1, "book", tables: [book])))
    try await store.write { try $0.run("INSERT INTO house_book (page, line) VALUES (1, 'a')") }
    let refused: [SQL] = [
      "UPDATE house_book SET line = 'b'", "DELETE FROM house_book",
      "INSERT INTO house_book (page, line) VALUES (1, 'b') ON CONFLICT (page) DO UPDATE SET line = excluded.line",
    ]
    for sql in refused {
      let error = await storeError { try await store.write { try $0.run(sql) } }
      XCTAssertEqual(error, .constraint(.trigger, ["house_book is append-only"]))
    }
    try await store.write { try $0.run("INSERT INTO house_book (page, line) VALUES (2, 'c')") }
  }

  func testModuleNamesAreOneLowerCaseWordAndThereOnce() async throws {
    let (_, store) = try store()
    for schemas in [
      [Schema(module: "House", migrations: [])], [Schema(module: "a_b", migrations: [])],
      [Schema(module: "", migrations: [])],
      [Schema(module: "a", migrations: []), Schema(module: "a", migrations: [])],
      [Schema(module: "sqlite", migrations: [])], [Schema(module: "store", migrations: [])],
    ] {
      let error = await storeError { try await store.migrate(schemas) }
      guard case .migration(_, 0, .badModuleName) = error else { return XCTFail("\(String(describing: error))") }
    }
  }
}
