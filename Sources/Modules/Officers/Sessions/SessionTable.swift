internal import Core
internal import Store

/// The sessions as they stand in the database, by the keyed hash of their token.
enum SessionTable {
  /// A few devices each; an older session ends when one more is opened.
  static let sessionCountMaxPerAccount = 8

  static func session(_ hash: [UInt8], in database: borrowing some Queryable & ~Copyable) throws -> Session? {
    let found = try database.row(
      "SELECT account, stage, signed_in, last_used FROM officers_session WHERE hash = \(hash)"
    ) { row in
      try (
        account: row.get(0) as OfficerID, stage: row.get(1) as SessionStage, signedInAt: row.get(2) as Instant,
        lastUsedAt: row.get(3) as Instant
      )
    }
    guard let found, let account = try AccountTable.account(found.account, in: database) else { return nil }
    return Session(
      account: account, stage: found.stage, signedInAt: found.signedInAt, lastUsedAt: found.lastUsedAt)
  }

  /// Whether any session admits its officer; one that may only change the password, or whose second step is still to be
  /// done, sees no calls.
  static func isAnyOpen(at now: Instant, in database: borrowing some Queryable & ~Copyable) throws -> Bool {
    let open = try database.rows(
      """
      SELECT DISTINCT account FROM officers_session
      WHERE \(isOpen(at: now))
      """
    ) { row in try row.get(0) as OfficerID }
    for officer in open {
      guard let account = try AccountTable.account(officer, in: database) else { continue }
      if !account.isDisabled && !account.mustChangePassword { return true }
    }
    return false
  }

  /// The condition `Session.isOpen` for rows of sessions of which all is proven.
  private static func isOpen(at now: Instant) -> SQL {
    """
    stage = \(SessionStage.open)
      AND last_used BETWEEN \(now - Session.idleMax + .milliseconds(1)) AND \(Instant.latest(at: now))
      AND signed_in > \(now - Session.ageMax)
    """
  }

  /// Whether an account has any open session.
  static func isOpen(
    of account: OfficerID, at now: Instant, in database: borrowing some Queryable & ~Copyable
  ) throws -> Bool {
    try database.value(
      """
      SELECT 1 FROM officers_session WHERE account = \(account) AND \(isOpen(at: now)) LIMIT 1
      """) as Int? != nil
  }

  /// Begins a session and ends those that are over or too many.
  static func open(
    _ hash: [UInt8], of account: OfficerID, stage: SessionStage, at now: Instant, in transaction: borrowing Transaction
  ) throws {
    try transaction.run(
      """
      INSERT INTO officers_session (hash, account, stage, failures, signed_in, last_used)
      VALUES (\(hash), \(account), \(stage), 0, \(now), \(now))
      """)
    try transaction.run(
      """
      DELETE FROM officers_session
      WHERE last_used <= \(now - Session.idleMax) OR signed_in <= \(now - Session.ageMax)
        OR last_used > \(Instant.latest(at: now))
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
      UPDATE officers_session SET hash = \(new), stage = \(SessionStage.open), failures = 0, last_used = \(now)
      WHERE hash = \(hash)
      """)
    try limit(account, at: .open, keeping: new, in: transaction)
  }

  /// Counts a wrong code.
  ///
  /// - Returns: how many this session has seen.
  static func countFailure(_ hash: [UInt8], in transaction: borrowing Transaction) throws -> Int {
    try transaction.run("UPDATE officers_session SET failures = failures + 1 WHERE hash = \(hash)")
    return try transaction.value("SELECT failures FROM officers_session WHERE hash = \(hash)") ?? 0
  }

  static func use(_ hash: [UInt8], at now: Instant, in transaction: borrowing Transaction) throws {
    try transaction.run("UPDATE officers_session SET last_used = \(now) WHERE hash = \(hash) AND last_used < \(now)")
  }

  /// Gives a session another token. It is as old as it was.
  static func renew(_ hash: [UInt8], as new: [UInt8], in transaction: borrowing Transaction) throws {
    try transaction.run("UPDATE officers_session SET hash = \(new) WHERE hash = \(hash)")
  }

  static func end(_ hash: [UInt8], in transaction: borrowing Transaction) throws {
    try transaction.run("DELETE FROM officers_session WHERE hash = \(hash)")
  }

  /// Ends every session of the account but that one.
  static func endAll(
    of account: OfficerID, except hash: [UInt8]? = nil, in transaction: borrowing Transaction
  ) throws {
    try transaction.run(
      "DELETE FROM officers_session WHERE account = \(account) AND (hash <> \(hash ?? []))")
  }
}
