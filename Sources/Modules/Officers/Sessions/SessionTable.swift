internal import Core
internal import Store

/// The sessions as they stand in the database, by the keyed hash of their token.
enum SessionTable {
  /// A few devices each; an older session ends when one more is opened.
  static let sessionCountMaxPerAccount = 8

  private static let columns: SQL = "id, account, stage, seed, client, signed_in, last_used, proven_at, locked"

  /// What is demanded of an officer now (`Sessions.demands`).
  typealias Demands = (Account) -> RoleDemands

  /// A row without its account.
  private struct Line {
    let id: Int64
    let account: OfficerID
    let stage: SessionStage
    let seed: [UInt8]
    let device: DeviceName
    let signedInAt: Instant
    let lastUsedAt: Instant
    let provenAt: Instant
    let isShut: Bool

    init(_ row: borrowing Row) throws {
      id = try row.get(0)
      account = try row.get(1)
      stage = try row.get(2)
      seed = try row.get(3)
      device = try row.get(4)
      signedInAt = try row.get(5)
      lastUsedAt = try row.get(6)
      provenAt = try row.get(7)
      isShut = try row.get(8)
    }

    func session(of account: Account, _ demands: Demands) -> Session {
      Session(
        id: id, account: account, stage: stage, seed: seed, device: device, signedInAt: signedInAt,
        lastUsedAt: lastUsedAt, provenAt: provenAt, isShut: isShut, demands: demands(account))
    }
  }

  static func session(
    _ hash: [UInt8], _ demands: Demands, in database: borrowing some Queryable & ~Copyable
  ) throws -> Session? {
    let line = try database.row("SELECT \(columns) FROM officers_session WHERE hash = \(hash)") { try Line($0) }
    guard let line, let account = try AccountTable.account(line.account, in: database) else { return nil }
    return line.session(of: account, demands)
  }

  /// Those of all officers, the latest used first.
  static func all(_ demands: Demands, in database: borrowing some Queryable & ~Copyable) throws -> [Session] {
    let lines = try database.rows("SELECT \(columns) FROM officers_session ORDER BY last_used DESC, id") {
      try Line($0)
    }
    let accounts = Dictionary(try AccountTable.all(in: database).map { ($0.id, $0) }, uniquingKeysWith: { $1 })
    return lines.compactMap { line in accounts[line.account].map { line.session(of: $0, demands) } }
  }

  /// Those of an account, the latest used first.
  static func all(
    of id: OfficerID, _ demands: Demands, in database: borrowing some Queryable & ~Copyable
  ) throws -> [Session] {
    guard let account = try AccountTable.account(id, in: database) else { return [] }
    let lines = try database.rows(
      "SELECT \(columns) FROM officers_session WHERE account = \(id) ORDER BY last_used DESC, id"
    ) { try Line($0) }
    return lines.map { $0.session(of: account, demands) }
  }

  /// Begins a session and ends those that are over or too many.
  static func open(
    _ hash: [UInt8], of account: OfficerID, on device: DeviceName, stage: SessionStage, at now: Instant,
    in transaction: borrowing Transaction
  ) throws {
    try transaction.run(
      """
      INSERT INTO officers_session
        (hash, account, stage, seed, client, signed_in, last_used, proven_at, locked, tries)
      VALUES (\(hash), \(account), \(stage), \(hash), \(device), \(now), \(now), \(now), \(false), 0)
      """)
    try transaction.run(
      """
      DELETE FROM officers_session
      WHERE signed_in <= \(now - Session.ageMaxOfAll) OR last_used > \(Instant.latest(at: now))
        OR stage = \(SessionStage.password) AND signed_in <= \(now - Session.pendingAgeMax)
      """)
    try limit(account, at: stage, keeping: hash, in: transaction)
  }

  /// Ends the sessions that are too many. Those that have only shown the password push no others out: a stranger
  /// who knows it could otherwise end the officer's own.
  private static func limit(
    _ account: OfficerID, at stage: SessionStage, keeping hash: [UInt8], in transaction: borrowing Transaction
  ) throws {
    let kept = try transaction.rows(
      """
      SELECT hash FROM officers_session WHERE account = \(account) AND stage = \(stage) AND hash <> \(hash)
      ORDER BY last_used DESC, hash LIMIT \(sessionCountMaxPerAccount - 1)
      """
    ) { row in try row.get(0) as [UInt8] }
    try transaction.run(
      """
      DELETE FROM officers_session
      WHERE account = \(account) AND stage = \(stage) AND hash NOT IN \(anyOf: kept + [hash])
      """)
  }

  /// Opens a session of which all has been proven now, under another token. It is as old as it was.
  static func finish(
    _ hash: [UInt8], as new: [UInt8], of account: OfficerID, at now: Instant, in transaction: borrowing Transaction
  ) throws {
    try transaction.run(
      """
      UPDATE officers_session
      SET hash = \(new), seed = \(new), stage = \(SessionStage.open), tries = 0, last_used = \(now), proven_at = \(now)
      WHERE hash = \(hash)
      """)
    try limit(account, at: .open, keeping: new, in: transaction)
  }

  /// Counts a wrong code of the second step, or a try to open a locked session.
  ///
  /// - Returns: how many there were at that door, with this one.
  static func countTry(_ hash: [UInt8], in transaction: borrowing Transaction) throws -> Int {
    try transaction.run("UPDATE officers_session SET tries = tries + 1 WHERE hash = \(hash)")
    return try transaction.value("SELECT tries FROM officers_session WHERE hash = \(hash)") ?? 0
  }

  static func use(_ hash: [UInt8], at now: Instant, in transaction: borrowing Transaction) throws {
    try transaction.run(
      """
      UPDATE officers_session SET last_used = \(now)
      WHERE hash = \(hash) AND last_used < \(now) AND locked = \(false)
      """)
  }

  /// Gives a session another token, with a change of what its officer is proven by. It is as old as it was.
  static func renew(_ hash: [UInt8], as new: [UInt8], in transaction: borrowing Transaction) throws {
    try transaction.run("UPDATE officers_session SET hash = \(new), seed = \(new) WHERE hash = \(hash)")
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
