internal import Core
internal import Passkeys
internal import Store

/// The passkeys as they stand in the database.
enum PasskeyTable {
  private static let columns: SQL = """
    f.id, f.account, f.label, f.added, f.last_used, p.credential, p.cose, p.sign_count, p.transports,
    p.is_backup_eligible, p.is_backed_up, p.copied
    """

  static func all(of account: OfficerID, in database: borrowing some Queryable & ~Copyable) throws -> [Passkey] {
    try database.rows(
      """
      SELECT \(columns) FROM officers_passkey p JOIN officers_factor f ON f.id = p.factor
      WHERE f.account = \(account) ORDER BY f.id
      """, read)
  }

  static func passkey(
    _ factor: Int64, of account: OfficerID, in database: borrowing some Queryable & ~Copyable
  ) throws -> Passkey? {
    try database.row(
      """
      SELECT \(columns) FROM officers_passkey p JOIN officers_factor f ON f.id = p.factor
      WHERE f.id = \(factor) AND f.account = \(account)
      """, read)
  }

  /// The passkey that an authenticator has shown with the handle of its account.
  static func passkey(
    _ credentialID: [UInt8], heldBy handle: [UInt8], in database: borrowing some Queryable & ~Copyable
  ) throws -> Passkey? {
    try database.row(
      """
      SELECT \(columns) FROM officers_passkey p JOIN officers_factor f ON f.id = p.factor
      JOIN officers_passkey_user u ON u.account = f.account
      WHERE p.credential = \(credentialID) AND u.handle = \(handle)
      """, read)
  }

  /// Adds a passkey.
  ///
  /// - Returns: false where one of that identifier is there already, of this account or another.
  static func insert(
    _ new: NewCredential, _ transports: [Passkey.Transport], of account: OfficerID, label: String, at now: Instant,
    in transaction: borrowing Transaction
  ) throws -> Bool {
    let known: Int? = try transaction.value("SELECT 1 FROM officers_passkey WHERE credential = \(new.id)")
    guard known == nil else { return false }
    let factor = try FactorTable.insert(.passkey, of: account, label: label, at: now, in: transaction)
    try transaction.run(
      """
      INSERT INTO officers_passkey
        (factor, credential, cose, sign_count, transports, is_backup_eligible, is_backed_up)
      VALUES (
        \(factor), \(new.id), \(new.key.cose), \(Int64(new.signCount)), \(transports.text), \(new.isBackupEligible),
        \(new.isBackedUp))
      """)
    return true
  }

  static func rename(
    _ factor: Int64, of account: OfficerID, as label: String, in transaction: borrowing Transaction
  ) throws {
    try transaction.run(
      """
      UPDATE officers_factor SET label = \(label)
      WHERE id = \(factor) AND account = \(account) AND kind = \(Factor.Kind.passkey)
      """)
  }

  /// Keeps how far the key has counted, now that it was shown.
  static func use(
    _ factor: Int64, _ verified: VerifiedAssertion, at now: Instant, in transaction: borrowing Transaction
  ) throws {
    try transaction.run(
      """
      UPDATE officers_passkey SET sign_count = \(Int64(verified.signCount)), is_backed_up = \(verified.isBackedUp)
      WHERE factor = \(factor)
      """)
    try FactorTable.use(factor, at: now, in: transaction)
  }

  /// Keeps that there are two of it; the first such moment stays.
  static func distrust(_ factor: Int64, at now: Instant, in transaction: borrowing Transaction) throws {
    try transaction.run("UPDATE officers_passkey SET copied = \(now) WHERE factor = \(factor) AND copied IS NULL")
  }

  /// By what authenticators know the account; drawn when it is asked for the first time.
  static func handle(
    of account: OfficerID, drawing fresh: [UInt8], in transaction: borrowing Transaction
  ) throws -> [UInt8] {
    try transaction.run(
      """
      INSERT INTO officers_passkey_user (account, handle) VALUES (\(account), \(fresh)) ON CONFLICT (account) DO NOTHING
      """)
    return try transaction.value("SELECT handle FROM officers_passkey_user WHERE account = \(account)") ?? fresh
  }

  private static func read(_ row: borrowing Row) throws -> Passkey {
    let factor = try Factor(
      id: row.get(0), account: row.get(1), kind: .passkey, label: row.get(2), addedAt: row.get(3),
      lastUsedAt: row.get(4))
    return try Passkey(
      factor: factor, credentialID: row.get(5), cose: row.get(6), signCount: UInt32(clamping: row.get(7) as Int64),
      transports: [Passkey.Transport](text: row.get(8)), isBackupEligible: row.get(9), isBackedUp: row.get(10),
      copiedAt: row.get(11))
  }
}
