import Client
import Core
import Store
import XCTest

final class MigrationTests: XCTestCase {
  private static let first = Migration(1, "rooms", "CREATE TABLE house_rooms (id INTEGER PRIMARY KEY) STRICT")
  private static let second = Migration(
    2, "doors",
    """
    CREATE TABLE house_doors (id INTEGER PRIMARY KEY, room INTEGER REFERENCES house_rooms (id)) STRICT;
    CREATE INDEX house_doors_by_room ON house_doors (room);
    """)

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
    let changed = Migration(1, "rooms", "CREATE TABLE house_rooms (id INTEGER PRIMARY KEY, name TEXT) STRICT")
    let renamed = Migration(1, "chambers", "CREATE TABLE house_rooms (id INTEGER PRIMARY KEY) STRICT")
    let moved = Migration(
      2, "rooms", "CREATE TABLE house_rooms (id INTEGER PRIMARY KEY) STRICT")
    let new = Migration(1, "first", "CREATE TABLE house_first (id INTEGER PRIMARY KEY) STRICT")
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
        module: "other", migrations: [Migration(1, "x", "CREATE TABLE other_things (id INTEGER PRIMARY KEY) STRICT")])
    ])
    let cases: [(StaticString, MigrationFault)] = [
      ("CREATE TABLE rooms (id INTEGER PRIMARY KEY) STRICT", .foreignName("rooms")),
      ("CREATE TABLE house_a (id INTEGER PRIMARY KEY)", .notStrict(table: "house_a")),
      ("DROP TABLE other_things", .foreignName("other_things")),
      ("ALTER TABLE other_things ADD COLUMN mine INTEGER", .foreignName("other_things")),
      ("CREATE INDEX house_index ON other_things (id)", .foreignName("other_things")),
      (
        "CREATE TABLE house_a (id INTEGER PRIMARY KEY REFERENCES other_things (id)) STRICT",
        .foreignReference(table: "house_a", to: "other_things")
      ),
      (
        "CREATE TABLE house_a (id INTEGR) STRICT",
        .failed(reason: #"unknown datatype for house_a.id: "INTEGR" in: script"#)
      ),
    ]
    for (sql, fault) in cases {
      let error = await storeError { try await store.migrate(house(Self.first, Migration(2, "bad", sql))) }
      XCTAssertEqual(error, .migration(module: "house", number: 2, fault))
    }
    let tables = try await tables(store)
    XCTAssertEqual(tables, [], "the migrations before a bad one go with it")
    let others: Int? = try await store.read { try $0.value("SELECT count(*) FROM other_things") }
    XCTAssertEqual(others, 0)
  }

  func testAMigrationThatEndsTheTransactionIsFound() async throws {
    let (_, store) = try store()
    let bad = Migration(1, "bad", "CREATE TABLE house_a (id INTEGER PRIMARY KEY) STRICT; COMMIT")
    let error = await storeError { try await store.migrate(house(bad)) }
    XCTAssertEqual(error, .migration(module: "house", number: 1, .leftTransaction))
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
