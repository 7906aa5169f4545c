import Core
import XCTest

@testable import Store

/// A column as the engine keeps it.
private struct Cell: SQLBindable, SQLReadable {
  let sqlCell: SQLCell

  init(sqlCell: SQLCell) { self.sqlCell = sqlCell }

  static var sqlType: StaticString { String.sqlType }
}

extension SessionContract {
  static let clauses = values + transactions + promises
}

// MARK: values and statements

extension SessionContract {
  private static let values: [Clause] = [
    Clause(name: "what was bound comes back as it was") { contract in
      let session = try contract.open()
      let cells: [(SQLCell, SQLCell, SQLCell)] = [
        (.integer(0), .real(1.5), .blob([])), (.integer(.max), .real(-0.25), .blob(Array(0...255))),
        (.null, .null, .null),
      ]
      let names = ["", "Sukarno 🇮🇩", "e\u{301}\n\t'\";--"]
      for (name, (amount, weight, bytes)) in zip(names, cells) {
        try contract.commit(on: session) {
          _ = try session.run(
            """
            INSERT INTO deal_thing (name, amount, weight, bytes)
            VALUES (\(name), \(Cell(sqlCell: amount)), \(Cell(sqlCell: weight)), \(Cell(sqlCell: bytes)))
            """)
        }
      }
      let kept = try session.rows("SELECT name, amount, weight, bytes FROM deal_thing ORDER BY id") { row in
        let (amount, weight, bytes): (Cell, Cell, Cell) = (try row.get(1), try row.get(2), try row.get(3))
        return (name: try row.get(0) as String, cells: [amount, weight, bytes].map(\.sqlCell))
      }
      XCTAssertEqual(kept.map { Array($0.name.utf8) }, names.map { Array($0.utf8) })
      XCTAssertEqual(kept.map(\.cells), cells.map { [$0.0, $0.1, $0.2] })
    },
    Clause(name: "booleans, counts and sums are read alike, and the highest of nothing is NULL") { contract in
      let session = try contract.open()
      try contract.commit(on: session) {
        try contract.add("a", amount: 2, on: session)
        try contract.add("b", amount: 5, on: session)
      }
      let numbers = try session.row(
        "SELECT count(*), sum(amount), max(amount), count(weight), max(weight) FROM deal_thing"
      ) {
        row in
        let (count, sum, highest): (Int, Int, Int) = (try row.get(0), try row.get(1), try row.get(2))
        let (weighed, heaviest): (Int, Double?) = (try row.get(3), try row.get(4))
        XCTAssertNil(heaviest)
        return [count, sum, highest, weighed]
      }
      XCTAssertEqual(numbers, [2, 7, 5, 0])
      let isBig = try session.rows("SELECT is_big FROM deal_thing") { row in try row.get(0) as Bool }
      XCTAssertEqual(isBig, [false, false])
    },
    Clause(name: "a table is known by its name, and an index is none") { contract in
      let session = try contract.open()
      let names = ["deal_thing", "deal_thing_big", "deal_other", ""]
      XCTAssertEqual(try names.map(session.hasTable), [true, false, false, false])
    },
    Clause(name: "IN of nothing finds nothing, and its negation everything") { contract in
      let session = try contract.open()
      try contract.commit(on: session) { try contract.add("a", on: session) }
      let none: [String] = []
      let found = try session.rows("SELECT name FROM deal_thing WHERE name IN \(anyOf: none)") {
        try $0.get(0) as String
      }
      let others = try session.rows("SELECT name FROM deal_thing WHERE name NOT IN \(anyOf: none)") {
        try $0.get(0) as String
      }
      XCTAssertEqual([found, others], [[], ["a"]])
      let (numbers, bytes): ([Int], [[UInt8]]) = ([], [])
      for condition: SQL in ["id NOT IN \(anyOf: numbers)", "bytes NOT IN \(anyOf: bytes)"] {
        let all = try session.rows("SELECT name FROM deal_thing WHERE \(condition)") { try $0.get(0) as String }
        XCTAssertEqual(all, ["a"], condition.text)
      }
    },
    Clause(name: "text is compared byte by byte") { contract in
      let session = try contract.open()
      let names = ["b", "B", "a", "Z", "élan", "elan", "1", "10", "9", "_", "-", ""]
      try contract.commit(on: session) { for name in names { try contract.add(name, on: session) } }
      let sorted = try contract.names(on: session)
      XCTAssertEqual(sorted, names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    },
    Clause(name: "a text with U+0000 is refused") { contract in
      let session = try contract.open()
      XCTAssertThrowsError(try session.run("INSERT INTO deal_thing (name) VALUES (\("a\u{0}" as String))")) {
        XCTAssertEqual($0 as? StoreError, .nulInText)
      }
      XCTAssertThrowsError(
        try session.rows("SELECT id FROM deal_thing WHERE name = \("a\u{0}" as String)") { try $0.get(0) as Int }
      ) {
        XCTAssertEqual($0 as? StoreError, .nulInText)
      }
    },
    Clause(name: "what is not for modules is refused, and what is no statement") { contract in
      let session = try contract.open()
      let refused: [SQL] = [
        "COMMIT", "SAVEPOINT x", "DROP TABLE deal_thing", "CREATE TABLE t (a TEXT)", "", "SELECT 1; SELECT 2",
        "SELECT nothing FROM nowhere",
      ]
      for sql in refused {
        XCTAssertThrowsError(try session.run(sql), sql.text) { error in
          guard case StoreError.statement? = error as? StoreError else { return XCTFail("\(sql.text): \(error)") }
        }
      }
    },
    Clause(name: "a change says how many rows it changed, and gives what it is asked to") { contract in
      let session = try contract.open()
      try contract.commit(on: session) {
        for name in ["a", "b", "c"] { try contract.add(name, amount: 1, on: session) }
        let count = try session.run("UPDATE deal_thing SET amount = amount + 1 WHERE name <> 'b'")
        XCTAssertEqual(count, 2)
        let amount = try session.row("UPDATE deal_thing SET amount = 9 WHERE name = 'b' RETURNING amount") { row in
          try row.get(0) as Int
        }
        XCTAssertEqual(amount, 9)
      }
      let amounts = try session.rows("SELECT amount FROM deal_thing ORDER BY name") { try $0.get(0) as Int }
      XCTAssertEqual(amounts, [2, 9, 2])
    },
    Clause(name: "a row that is added tells the key that was drawn for it") { contract in
      let session = try contract.open()
      try contract.commit(on: session) {
        for name in ["a", "b", "c"] {
          let key = try session.insert("INSERT INTO deal_thing (name) VALUES (\(name))")
          let kept = try session.row("SELECT id FROM deal_thing WHERE name = \(name)") { row in try row.get(0) as Int64
          }
          XCTAssertEqual(kept, key)
        }
      }
      XCTAssertEqual(try contract.names(on: session), ["a", "b", "c"])
    },
    Clause(name: "a statement may be read inside itself") { contract in
      let session = try contract.open()
      try contract.commit(on: session) { for name in ["a", "b"] { try contract.add(name, on: session) } }
      let pairs = try session.rows("SELECT name FROM deal_thing ORDER BY name") { outer in
        let name: String = try outer.get(0)
        return name + (try contract.names(on: session).joined())
      }
      XCTAssertEqual(pairs, ["aab", "bab"])
    },
  ]
}

// MARK: transactions

extension SessionContract {
  private static let transactions: [Clause] = [
    Clause(name: "what is rolled back was never there") { contract in
      let session = try contract.open()
      try session.perform(.beginWriting)
      XCTAssertTrue(session.isInTransaction)
      try contract.add("a", on: session)
      session.rollBack()
      XCTAssertFalse(session.isInTransaction)
      session.rollBack()
      XCTAssertEqual(try contract.names(on: session), [])
    },
    Clause(name: "commits that keep something are numbered one after the other, across sessions") { contract in
      let (first, second) = (try contract.open(), try contract.open())
      let start = try XCTUnwrap(contract.commit(on: first) { try contract.add("a", on: first) })
      let empty = try contract.commit(on: second) {}
      XCTAssertNil(empty)
      let next = try contract.commit(on: second) { try contract.add("b", on: second) }
      XCTAssertEqual(next, start + 1)
      try first.perform(.beginWriting)
      try contract.add("taken back", on: first)
      first.rollBack()
      let last = try contract.commit(on: first) { try contract.add("c", on: first) }
      XCTAssertEqual(last, start + 2)
    },
    Clause(name: "a savepoint takes back what came after it, and no more") { contract in
      let session = try contract.open()
      try contract.commit(on: session) {
        try contract.add("a", on: session)
        try session.perform(.setSavepoint)
        try contract.add("b", on: session)
        XCTAssertThrowsError(try contract.add("b", on: session))
        try session.perform(.rollBackToSavepoint)
        try session.perform(.releaseSavepoint)
        XCTAssertTrue(session.isInTransaction)
        try session.perform(.setSavepoint)
        try contract.add("c", on: session)
        try session.perform(.releaseSavepoint)
      }
      XCTAssertEqual(try contract.names(on: session), ["a", "c"])
    },
    Clause(name: "a mark of tables stays as long as their rows do, and no longer") { contract in
      let (session, other) = (try contract.open(), try contract.open())
      func mark() throws -> ChangeMark { try session.mark(of: ["deal_part", "deal_thing"]) }
      func begin() throws -> ChangeMark {
        try session.perform(.beginWriting)
        return try mark()
      }
      let start = try begin()
      _ = try contract.names(on: session)
      _ = try session.run("INSERT INTO deal_book (page, line) VALUES (1, 'a')")
      XCTAssertEqual(try mark(), start)
      try contract.add("a", on: session)
      let added = try mark()
      XCTAssertNotEqual(added, start)
      try session.perform(.setSavepoint)
      XCTAssertEqual(try mark(), added)
      try contract.add("b", on: session)
      let withB = try mark()
      try session.perform(.rollBackToSavepoint)
      try session.perform(.releaseSavepoint)
      let withoutB = try mark()
      XCTAssertNotEqual(withoutB, withB)
      _ = try session.commit(since: -1)
      XCTAssertEqual(try begin(), withoutB, "a commit changes nothing")
      try contract.add("c", on: session)
      let withC = try mark()
      session.rollBack()
      let withoutC = try begin()
      XCTAssertNotEqual(withoutC, withC)
      session.rollBack()
      try contract.commit(on: other) { try contract.add("d", on: other) }
      XCTAssertNotEqual(try begin(), withoutC, "another session has committed")
      session.rollBack()
      try other.perform(.beginWriting)
      XCTAssertEqual(try other.mark(of: ["deal_thing"]), try other.mark(of: ["deal_thing"]))
      other.rollBack()
    },
    Clause(name: "a reader sees one moment, whatever is committed meanwhile") { contract in
      let (reader, writer) = (try contract.open(), try contract.open())
      try contract.commit(on: writer) { try contract.add("a", on: writer) }
      try reader.perform(.beginReading)
      XCTAssertEqual(try contract.names(on: reader), ["a"])
      try contract.commit(on: writer) { try contract.add("b", on: writer) }
      XCTAssertEqual(try contract.names(on: reader), ["a"])
      reader.rollBack()
      XCTAssertEqual(try contract.names(on: reader), ["a", "b"])
    },
    Clause(name: "the journal's numbers are the order of commits, without gaps") { contract in
      let (first, second) = (try contract.open(), try contract.open())
      func append(_ entity: String, on session: any DatabaseSession) throws {
        try Transaction(on: session, clock: contract.clock).append(Event(kind: "deal.made", entity: entity))
      }
      try contract.commit(on: first) { for entity in ["a", "b"] { try append(entity, on: first) } }
      try second.perform(.beginWriting)
      try append("taken back", on: second)
      second.rollBack()
      try contract.commit(on: second) {
        try append("c", on: second)
        try second.perform(.setSavepoint)
        try append("taken back, too", on: second)
        try second.perform(.rollBackToSavepoint)
        try second.perform(.releaseSavepoint)
        try append("d", on: second)
      }
      try contract.commit(on: first) { try append("e", on: first) }
      let events = try Snapshot(of: first).events(after: 0, limit: 10)
      XCTAssertEqual(events.map(\.entity), ["a", "b", "c", "d", "e"])
      XCTAssertEqual(events.map(\.sequence), [1, 2, 3, 4, 5])
      let latest = try Snapshot(of: second).latestSequence()
      XCTAssertEqual(latest, 5)
    },
    Clause(name: "changes of tables are taken back with the transaction") { contract in
      let session = try contract.open()
      try session.perform(.beginWriting)
      try session.apply([
        .add(Table("deal_more", columns: [.identity("id"), .text("name")])),
        .addColumn(.text("colour").optional, to: "deal_thing"),
        .run("INSERT INTO deal_more (name) VALUES ('a')"),
      ])
      let more = try session.rows("SELECT name FROM deal_more") { try $0.get(0) as String }
      XCTAssertEqual(more, ["a"])
      session.rollBack()
      XCTAssertThrowsError(try session.run("SELECT name FROM deal_more"))
      XCTAssertThrowsError(try session.run("SELECT colour FROM deal_thing"))
    },
    Clause(name: "what was committed is there for the next session, also after settling") { contract in
      let first = try contract.open()
      try contract.commit(on: first) { try contract.add("a", on: first) }
      try first.settle()
      let second = try contract.open()
      XCTAssertEqual(try contract.names(on: second), ["a"])
    },
  ]
}

// MARK: what a schema promises

extension SessionContract {
  private static let promises: [Clause] = [
    Clause(name: "what a schema promises is held, and what is broken is told by its kind") { contract in
      let session = try contract.open()
      try contract.commit(on: session) {
        _ = try session.run("INSERT INTO deal_thing (id, name, is_big) VALUES (7, 'a', 1)")
        _ = try session.run("INSERT INTO deal_part (thing) VALUES (7)")
        _ = try session.run("INSERT INTO deal_book (page, line) VALUES (1, 'a')")
      }
      let cases: [(SQL, StoreError.Constraint?)] = [
        ("INSERT INTO deal_thing (name) VALUES ('a')", .unique),
        ("INSERT INTO deal_thing (id, name) VALUES (7, 'b')", .unique),
        ("INSERT INTO deal_thing (name, is_big) VALUES ('b', 1)", .unique),
        ("INSERT INTO deal_thing (name, is_big) VALUES ('b', 0)", nil),
        ("INSERT INTO deal_thing (name) VALUES (NULL)", .notNull),
        ("INSERT INTO deal_thing (name, amount) VALUES ('b', -1)", .check),
        ("INSERT INTO deal_thing (name, is_big) VALUES ('b', 2)", .check),
        ("INSERT INTO deal_part (thing) VALUES (8)", .foreignKey),
        ("DELETE FROM deal_thing WHERE id = 7", .foreignKey),
        ("UPDATE deal_book SET line = 'b'", .trigger), ("DELETE FROM deal_book", .trigger),
        ("INSERT INTO deal_book (page, line) VALUES (2, 'b')", nil),
      ]
      for (sql, kind) in cases {
        let found = try contract.breach(sql, on: session)
        XCTAssertEqual(found, kind, sql.text)
      }
    },
    Clause(name: "a reference that is checked late is told before the commit") { contract in
      let session = try contract.open()
      try session.perform(.beginWriting)
      _ = try session.run("INSERT INTO deal_thing (id, name) VALUES (7, 'a')")
      _ = try session.run("INSERT INTO deal_part (thing, late) VALUES (7, 8)")
      XCTAssertTrue(session.hasDanglingForeignKey)
      _ = try session.run("INSERT INTO deal_thing (id, name) VALUES (8, 'b')")
      XCTAssertFalse(session.hasDanglingForeignKey)
      session.rollBack()
    },
    Clause(name: "keys that nobody gives are drawn, each once") { contract in
      let session = try contract.open()
      try contract.commit(on: session) { for number in 0..<50 { try contract.add("n\(number)", on: session) } }
      let keys = try session.rows("SELECT id FROM deal_thing") { try $0.get(0) as Int64 }
      XCTAssertEqual(Set(keys).count, 50)
    },
  ]
}
