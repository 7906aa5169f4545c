import Core
import XCTest

@testable import Store

/// What every engine's sessions owe to Store, clause by clause. Each clause is tried on a new database that has the tables of
/// `SessionContract.schema`.
struct SessionContract {
  static let schema = Schema(
    module: "deal",
    migrations: [
      Migration(
        1, "things",
        tables: [
          Table(
            "deal_thing",
            columns: [
              .identity("id"), .text("name").unique, .integer("amount").optional.check("amount >= 0"),
              .real("weight").optional, .bytes("bytes").optional, .flag("is_big").defaulting(to: 0),
            ],
            indexes: [.unique("deal_thing_big", on: ["is_big"], where: "is_big = 1")]),
          Table(
            "deal_part",
            columns: [
              .identity("id"), .integer("thing").refers(to: "deal_thing", "id"),
              .integer("late").optional.refers(to: "deal_thing", "id", isDeferred: true),
            ]),
          Table("deal_book", columns: [.integer("page").key, .text("line")], isAppendOnly: true),
        ])
    ])

  struct Clause: Sendable {
    let name: String
    let isKept: @Sendable (SessionContract) throws -> Void
  }

  /// A further session on the same database.
  let open: () throws -> any DatabaseSession
  let clock = ManualClock(Instant(milliseconds: 1_800_000_000_000))

  /// Runs a closure in a transaction that is committed.
  ///
  /// - Returns: the commit's number; nil when there was nothing to be kept.
  @discardableResult
  func commit(on session: any DatabaseSession, _ body: () throws -> Void) throws -> Int64? {
    try session.perform(.beginWriting)
    do {
      let changes = session.changeTotal
      try body()
      return try session.commit(since: changes)
    } catch {
      session.rollBack()
      throw error
    }
  }

  func names(on session: any DatabaseSession) throws -> [String] {
    try session.rows("SELECT name FROM deal_thing ORDER BY name") { row in try row.get(0) }
  }

  func add(_ name: String, amount: Int? = nil, on session: any DatabaseSession) throws {
    _ = try session.run("INSERT INTO deal_thing (name, amount) VALUES (\(name), \(amount))")
  }

  /// Which promise of the schema a statement would break; nil when it breaks none. What it did is taken back.
  func breach(_ sql: SQL, on session: any DatabaseSession) throws -> StoreError.Constraint? {
    try session.perform(.beginWriting)
    defer { session.rollBack() }
    do {
      _ = try session.run(sql)
      return nil
    } catch StoreError.constraint(let kind, _) {
      return kind
    }
  }
}
