internal import Core
internal import Store

/// Which roles were given to whom. Both tables are only added to: what was given and ended is told for good.
enum GrantTable {
  static let table = Table(
    "officers_grant",
    columns: [
      .identity("id"),
      .integer("account").refers(to: "officers_account", "id"),
      .text("role"),
      .text("kind").check("kind IN \(literals: Grant.Kind.allCases)"),
      .integer("stands_for").optional.refers(to: "officers_account", "id"),
      .integer("since"),
      .integer("until").optional,
      .text("given_by"),
      .integer("given_at"),
      .text("reason"),
    ],
    indexes: [
      .index("officers_grant_account", on: ["account"])
    ],
    isAppendOnly: true)

  static let ending = Table(
    "officers_grant_end",
    columns: [
      .integer("grant_id").key.refers(to: "officers_grant", "id"),
      .text("ended_by"),
      .integer("ended_at"),
      .text("reason"),
    ],
    isAppendOnly: true)

  private static let selection: SQL = """
    SELECT g.id, g.account, g.role, g.kind, g.stands_for, g.since, g.until, g.given_by, g.given_at, g.reason,
      e.ended_by, e.ended_at, e.reason
    FROM officers_grant g LEFT JOIN officers_grant_end e ON e.grant_id = g.id
    """

  /// All that were ever given to an account, the latest first.
  static func grants(
    of account: OfficerID, in database: borrowing some Queryable & ~Copyable
  ) throws -> [Grant] {
    try database.rows("\(selection) WHERE g.account = \(account) ORDER BY g.id DESC", read)
  }

  /// All that were ever given, the latest first.
  static func all(in database: borrowing some Queryable & ~Copyable) throws -> [Grant] {
    try database.rows("\(selection) ORDER BY g.id DESC", read)
  }

  /// - Returns: its identity.
  @discardableResult
  static func insert(
    _ order: GrantOrder, to account: OfficerID, by principal: Principal, at now: Instant,
    in transaction: borrowing Transaction
  ) throws -> Int64 {
    try transaction.insert(
      """
      INSERT INTO officers_grant (account, role, kind, stands_for, since, until, given_by, given_at, reason)
      VALUES (\(account), \(order.role), \(order.kind), \(order.standsFor), \(order.since), \(order.until),
        \(principal.description), \(now), \(order.reason))
      """)
  }

  static func end(
    _ id: Int64, by principal: Principal, because reason: String, at now: Instant,
    in transaction: borrowing Transaction
  ) throws {
    try transaction.run(
      """
      INSERT INTO officers_grant_end (grant_id, ended_by, ended_at, reason)
      VALUES (\(id), \(principal.description), \(now), \(reason))
      """)
  }

  private static func read(_ row: borrowing Row) throws -> Grant {
    let (by, at, why): (String?, Instant?, String?) = (try row.get(10), try row.get(11), try row.get(12))
    var ending: Grant.Ending?
    if let by, let at, let why { ending = Grant.Ending(by: by, at: at, reason: why) }
    return try Grant(
      id: row.get(0), account: row.get(1), role: row.get(2), kind: row.get(3), standsFor: row.get(4),
      since: row.get(5), until: row.get(6), givenBy: row.get(7), givenAt: row.get(8), reason: row.get(9),
      ending: ending)
  }
}
