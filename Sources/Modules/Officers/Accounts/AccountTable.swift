internal import Core
internal import Store

/// The accounts as they stand in the database.
enum AccountTable {
  private static let columns: SQL = "id, username, display_name, role, is_disabled, must_change, initial_until"

  /// An account with what only sign-in may see.
  struct Credentials {
    let account: Account
    /// The password's hash, in PHC string format.
    let hash: String
  }

  static func all(in database: borrowing some Queryable & ~Copyable) throws -> [Account] {
    try database.rows("SELECT \(columns) FROM officers_account ORDER BY is_disabled, username", read)
  }

  static func account(_ id: OfficerID, in database: borrowing some Queryable & ~Copyable) throws -> Account? {
    try database.row("SELECT \(columns) FROM officers_account WHERE id = \(id)", read)
  }

  static func credentials(
    _ username: Username, in database: borrowing some Queryable & ~Copyable
  ) throws -> Credentials? {
    try database.row("SELECT \(columns), password FROM officers_account WHERE username = \(username)") { row in
      try Credentials(account: read(row), hash: row.get(7))
    }
  }

  static func credentials(
    of id: OfficerID, in database: borrowing some Queryable & ~Copyable
  ) throws -> Credentials? {
    try database.row("SELECT \(columns), password FROM officers_account WHERE id = \(id)") { row in
      try Credentials(account: read(row), hash: row.get(7))
    }
  }

  /// Adds the account; nil when the name is taken.
  static func insert(
    _ new: NewAccount, hash: String, at now: Instant, in transaction: borrowing Transaction
  ) throws -> OfficerID? {
    let initialUntil = new.mustChangePassword ? now + InitialPassword.lifetime : nil
    return try transaction.value(
      """
      INSERT INTO officers_account
        (username, display_name, role, password, must_change, is_disabled, created, initial_until)
      VALUES (
        \(new.username), \(new.displayName), \(new.role.rawValue), \(hash), \(new.mustChangePassword), 0, \(now),
        \(initialUntil))
      ON CONFLICT (username) DO NOTHING RETURNING id
      """)
  }

  /// - Parameter initialUntil: until when it can be used by an officer who must change it; nil for one of their own.
  static func setPassword(
    _ hash: String, initialUntil: Instant?, of id: OfficerID, in transaction: borrowing Transaction
  ) throws {
    try transaction.run(
      """
      UPDATE officers_account SET password = \(hash), must_change = \(initialUntil != nil), initial_until = \(initialUntil)
      WHERE id = \(id)
      """)
  }

  /// Keeps the same password under another hash of it.
  static func renewHash(_ hash: String, of id: OfficerID, in transaction: borrowing Transaction) throws {
    try transaction.run("UPDATE officers_account SET password = \(hash) WHERE id = \(id)")
  }

  /// From now on the officer does nothing before they have changed a password of their own.
  static func demandChange(of id: OfficerID, in transaction: borrowing Transaction) throws {
    try transaction.run("UPDATE officers_account SET must_change = \(true) WHERE id = \(id)")
  }

  static func setDisabled(_ isDisabled: Bool, _ id: OfficerID, in transaction: borrowing Transaction) throws {
    try transaction.run("UPDATE officers_account SET is_disabled = \(isDisabled) WHERE id = \(id)")
  }

  /// How many supervisors could still sign in without that account.
  static func otherSupervisorCount(
    than id: OfficerID, in database: borrowing some Queryable & ~Copyable
  ) throws -> Int {
    try database.value(
      "SELECT COUNT(*) FROM officers_account WHERE role = \(Role.supervisor.rawValue) AND is_disabled = 0 AND id <> \(id)"
    ) ?? 0
  }

  private static func read(_ row: borrowing Row) throws -> Account {
    // The table's check admits no other role; the lower one is the safe reading of one unknown to this version.
    let role = Role(rawValue: try row.get(3)) ?? .clerk
    return try Account(
      id: row.get(0), username: row.get(1), displayName: row.get(2), role: role, isDisabled: row.get(4),
      mustChangePassword: row.get(5), initialPasswordEndsAt: row.get(6))
  }
}

/// What is asked for when an account is added.
struct NewAccount: Sendable {
  let username: Username
  let displayName: String?
  let role: Role
  let mustChangePassword: Bool
}
