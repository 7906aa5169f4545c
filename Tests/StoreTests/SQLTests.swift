import Core
import Store
import XCTest

private enum Stage: String, CaseIterable, SQLValue {
  case waiting
  case done
}

private enum Storey: Int, SQLValue {
  case ground = 0
  case first = 1
}

private enum Tag {}

final class SQLTests: XCTestCase {
  func testInterpolatedTextIsAValueAndNeverSQL() async throws {
    let test = try await TestStore()
    let hostile = "x'); DROP TABLE test_things; --"
    try await test.add(hostile)
    let names = try await test.names()
    XCTAssertEqual(names, [hostile])
  }

  func testValuesOfEveryKindComeBackAsTheyWent() async throws {
    let random = SeededRandom(seed: testSeed())
    let number = ApplicationNumber(from: random)
    let code = PublicCode(from: random)
    try await roundTrip(Int.min)
    try await roundTrip(Int64.max)
    try await roundTrip(UInt64.max)
    try await roundTrip(true)
    try await roundTrip(false)
    try await roundTrip(1.5)
    try await roundTrip("Sukarno 🇮🇩")
    try await roundTrip("")
    try await roundTrip([UInt8]())
    try await roundTrip([UInt8](0...255))
    try await roundTrip(Instant(milliseconds: -1))
    try await roundTrip(try XCTUnwrap(CivilDate(iso: "2028-02-29")))
    try await roundTrip(try XCTUnwrap(CivilTime("08:30")))
    try await roundTrip(ID<Tag>(7))
    try await roundTrip(number)
    try await roundTrip(code)
    try await roundTrip(Language.indonesian)
    try await roundTrip(OfficeZone.wita)
    try await roundTrip(Rupiah(650_000))
    try await roundTrip(Stage.done)
    try await roundTrip(Storey.ground)
    try await roundTrip(String?.some("x"))
    try await roundTrip(Stage?.none)
  }

  private func roundTrip<T: SQLValue & Equatable & Sendable>(_ value: T, line: UInt = #line) async throws {
    let read = try await Self.plain.store.read { try $0.rows("SELECT \(value)") { try $0.get(0) as T } }
    XCTAssertEqual(read, [value], line: line)
  }

  private static let plain = Shared()

  /// PostgreSQL has no text with it, and what is kept must be kept on both.
  func testTextWithANULIsRefusedWhereverItIsBoundAndIsItsSendersFault() async throws {
    let test = try await TestStore()
    let text = "a\u{0}b"
    let written = await storeError { try await test.add(text) }
    XCTAssertEqual(written, .nulInText)
    let read = await storeError {
      try await test.store.read {
        try $0.value("SELECT id FROM test_things WHERE name IN \(anyOf: ["a", text])") as Int?
      }
    }
    XCTAssertEqual(read, .nulInText)
    XCTAssertEqual(read?.problem?.kind, .invalid)
    let told = await storeError {
      try await test.store.write { try $0.append(Event(kind: "a.b", entity: text)) }
    }
    XCTAssertEqual(told, .nulInText)
    let names = try await test.names()
    XCTAssertEqual(names, [])
    let latest = try await test.store.journal.latestSequence()
    XCTAssertEqual(latest, 0, "no number is lost on it")
  }

  func testAColumnOfAnotherTypeIsATypedErrorThatDoesNotTellTheValue() async throws {
    let test = try await TestStore()
    let error = await storeError {
      try await test.store.read { try $0.row("SELECT 'secret' AS name") { try $0.get(0) as Int } }
    }
    XCTAssertEqual(error, .column(number: 0, name: "name", expected: "Int", found: "text"))
    XCTAssertFalse("\(String(describing: error))".contains("secret"))
  }

  func testANullIsReadOnlyAsAnOptional() async throws {
    let test = try await TestStore()
    let null = try await test.store.read { try $0.row("SELECT NULL") { try $0.get(0) as Int? } }
    XCTAssertEqual(null, .some(.none))
    let error = await storeError { try await test.store.read { try $0.row("SELECT NULL") { try $0.get(0) as Int } } }
    XCTAssertEqual(error, .column(number: 0, name: "NULL", expected: "Int", found: "null"))
  }

  func testValueIsNilForNoRowAndForNull() async throws {
    let test = try await TestStore()
    let highest: Int? = try await test.store.read { try $0.value("SELECT max(amount) FROM test_things") }
    XCTAssertNil(highest)
    let first: Int? = try await test.store.read { try $0.value("SELECT amount FROM test_things") }
    XCTAssertNil(first)
  }

  func testAnEnumRefusesAWordItDoesNotKnow() async throws {
    let test = try await TestStore()
    let error = await storeError {
      try await test.store.read { try $0.row("SELECT 'lost'") { try $0.get(0) as Stage } }
    }
    XCTAssertEqual(error, .column(number: 0, name: "'lost'", expected: "Stage", found: "text"))
  }

  func testPartsJoinWithTheirValuesInOrder() async throws {
    let test = try await TestStore()
    for name in ["a", "b", "c"] { try await test.add(name, amount: 3) }
    let names: [String] = try await test.store.read { snapshot in
      var sql: SQL = "SELECT name FROM test_things WHERE amount = \(3)"
      let condition: SQL = "name IN \(anyOf: ["a", "c", "x"])"
      sql += " AND \(condition)" + " ORDER BY name DESC LIMIT \(2)"
      return try snapshot.rows(sql) { try $0.get(0) }
    }
    XCTAssertEqual(names, ["c", "a"])
  }

  func testACaseWrittenAsTextFindsWhatItFindsWhenItIsBound() async throws {
    let test = try await TestStore()
    for name in ["done", "lost", "waiting"] { try await test.add(name) }
    let conditions: [SQL] = [
      "name = \(Stage.done)", "name = \(literal: Stage.done)", "name IN \(anyOf: Stage.allCases)",
      "name IN \(literals: Stage.allCases)",
    ]
    let names: [[String]] = try await test.store.read { snapshot in
      try conditions.map { condition in
        try snapshot.rows("SELECT name FROM test_things WHERE \(condition) ORDER BY name") { try $0.get(0) }
      }
    }
    XCTAssertEqual(names, [["done"], ["done"], ["done", "waiting"], ["done", "waiting"]])
  }

  func testAnyOfNothingFindsNothingAndItsNegationEverything() async throws {
    let test = try await TestStore()
    try await test.add("a")
    let none = [String]()
    let found: Int? = try await test.store.read {
      try $0.value("SELECT count(*) FROM test_things WHERE name IN \(anyOf: none)")
    }
    let others: Int? = try await test.store.read {
      try $0.value("SELECT count(*) FROM test_things WHERE name NOT IN \(anyOf: none)")
    }
    XCTAssertEqual([found, others], [0, 1])
  }

  func testCommandsAndSecondStatementsAreRefused() async throws {
    let test = try await TestStore()
    let refused: [SQL] = [
      "COMMIT", "rollback", "SAVEPOINT x", "PRAGMA synchronous = OFF", "ATTACH 'x' AS y", "DROP TABLE test_things",
      "CREATE TABLE t (a)", "VACUUM", "", "SELECT 1; SELECT 2", "SELECT nothing FROM nowhere",
    ]
    for sql in refused {
      let error = await storeError { try await test.store.write { try $0.run(sql) } }
      guard case .statement = error else { return XCTFail("\(sql): \(String(describing: error))") }
    }
  }

  func testTheSameStatementMayBeReadInsideItself() async throws {
    let test = try await TestStore()
    for name in ["a", "b"] { try await test.add(name) }
    let pairs: [String] = try await test.store.read { snapshot in
      let sql: SQL = "SELECT name FROM test_things ORDER BY name"
      return try snapshot.rows(sql) { outer in
        let name: String = try outer.get(0)
        return try snapshot.rows(sql) { inner in name + (try inner.get(0)) }.joined(separator: ",")
      }
    }
    XCTAssertEqual(pairs, ["aa,ab", "ba,bb"])
  }

  func testManyDifferentStatementsStayWithinTheCache() async throws {
    let test = try await TestStore()
    let count: Int? = try await test.store.read { snapshot in
      for size in 1...600 {
        let found: Int? = try snapshot.value("SELECT count(*) WHERE \(size) IN \(anyOf: Array(1...size))")
        XCTAssertEqual(found, 1)
      }
      return try snapshot.value("SELECT count(*) FROM test_things")
    }
    XCTAssertEqual(count, 0)
  }
}

/// An empty store for questions without a table.
private final class Shared: Sendable {
  private let directory: TestDirectory
  let store: Store

  init() {
    do {
      directory = try TestDirectory()
      store = try Store.open(at: directory.database, readers: 1, clock: SystemClock(), log: SilentLog())
    } catch {
      preconditionFailure("\(error)")
    }
  }
}
