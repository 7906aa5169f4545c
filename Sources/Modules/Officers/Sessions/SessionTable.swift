internal import Core
internal import Store

/// The sessions as they stand in the database, by the keyed hash of their token.
enum SessionTable {
  /// A few devices each; an older session ends when one more is opened.
  static let sessionCountMaxPerAccount = 8

  private static let columns: SQL = "id, account, client, signed_in, last_used, proven_at, locked"

  /// A row without its account.
  private struct Line {
    let id: Int64
    let account: OfficerID
    let device: DeviceName
    let signedInAt: Instant
    let lastUsedAt: Instant
    let provenAt: Instant
    let isShut: Bool

    init(_ row: borrowing Row) throws {
      id = try row.get(0)
      account = try row.get(1)
      device = try row.get(2)
      signedInAt = try row.get(3)
      lastUsedAt = try row.get(4)
      provenAt = try row.get(5)
      isShut = try row.get(6)
    }

    func session(of account: Account) -> Session {
      Session(
        id: id, account: account, device: device, signedInAt: signedInAt, lastUsedAt: lastUsedAt, provenAt: provenAt,
        isShut: isShut)
    }
  }

  static func session(_ hash: [UInt8], in database: borrowing some Queryable & ~Copyable) throws -> Session? {
    let line = try database.row("SELECT \(columns) FROM officers_session WHERE hash = \(hash)") { try Line($0) }
    guard let line, let account = try AccountTable.account(line.account, in: database) else { return nil }
    return line.session(of: account)
  }

  /// Those of all officers, the latest used first.
  static func all(in database: borrowing some Queryable & ~Copyable) throws -> [Session] {
    let lines = try database.rows("SELECT \(columns) FROM officers_session ORDER BY last_used DESC, id") {
      try Line($0)
    }
    let accounts = Dictionary(try AccountTable.all(in: database).map { ($0.id, $0) }, uniquingKeysWith: { $1 })
    return lines.compactMap { line in accounts[line.account].map(line.session) }
  }

  /// Those of an account, the latest used first.
  static func all(
    of id: OfficerID, in database: borrowing some Queryable & ~Copyable
  ) throws -> [Session] {
    guard let account = try AccountTable.account(id, in: database) else { return [] }
    let lines = try database.rows(
      "SELECT \(columns) FROM officers_session WHERE account = \(id) ORDER BY last_used DESC, id"
    ) { try Line($0) }
    return lines.map { $0.session(of: account) }
  }

  /// Whether any session admits its officer; one that may only change the password sees no calls.
  static func isAnyOpen(at now: Instant, in database: borrowing some Queryable & ~Copyable) throws -> Bool {
    try all(in: database).contains { $0.isOpen(at: now) && !$0.account.mustChangePassword }
  }

  /// Whether an account has a session for which its officer counts as there.
  static func isAttended(
    of account: OfficerID, at now: Instant, in database: borrowing some Queryable & ~Copyable
  ) throws -> Bool {
    try all(of: account, in: database).contains { $0.isAttended(at: now) }
  }

  /// Opens a session and ends those that are over or too many.
  static func open(
    _ hash: [UInt8], of account: OfficerID, on device: DeviceName, at now: Instant,
    in transaction: borrowing Transaction
  ) throws {
    try transaction.run(
      """
      INSERT INTO officers_session (hash, account, client, signed_in, last_used, proven_at, locked, tries)
      VALUES (\(hash), \(account), \(device), \(now), \(now), \(now), \(false), 0)
      """)
    try transaction.run(
      """
      DELETE FROM officers_session
      WHERE signed_in <= \(now - Session.ageMaxOfAll) OR last_used > \(Instant.latest(at: now))
      """)
    let kept = try transaction.rows(
      """
      SELECT hash FROM officers_session WHERE account = \(account) AND hash <> \(hash)
      ORDER BY last_used DESC, hash LIMIT \(sessionCountMaxPerAccount - 1)
      """
    ) { row in try row.get(0) as [UInt8] }
    try transaction.run(
      "DELETE FROM officers_session WHERE account = \(account) AND hash NOT IN \(anyOf: kept + [hash])")
  }

  static func use(_ hash: [UInt8], at now: Instant, in transaction: borrowing Transaction) throws {
    try transaction.run(
      """
      UPDATE officers_session SET last_used = \(now)
      WHERE hash = \(hash) AND last_used < \(now) AND locked = \(false)
      """)
  }

  /// Gives a session another token. It is as old as it was.
  static func renew(_ hash: [UInt8], as new: [UInt8], in transaction: borrowing Transaction) throws {
    try transaction.run("UPDATE officers_session SET hash = \(new) WHERE hash = \(hash)")
  }

  static func end(_ hash: [UInt8], in transaction: borrowing Transaction) throws {
    try transaction.run("DELETE FROM officers_session WHERE hash = \(hash)")
  }

  static func end(_ id: Int64, in transaction: borrowing Transaction) throws {
    try transaction.run("DELETE FROM officers_session WHERE id = \(id)")
  }

  /// Ends every session of the account but that one.
  static func endAll(
    of account: OfficerID, except hash: [UInt8]? = nil, in transaction: borrowing Transaction
  ) throws {
    try transaction.run(
      "DELETE FROM officers_session WHERE account = \(account) AND (hash <> \(hash ?? []))")
  }
}
