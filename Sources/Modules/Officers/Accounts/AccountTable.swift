internal import Core
internal import Store

/// The accounts as they stand in the database.
enum AccountTable {
  private static let columns: SQL = "id, username, display_name, is_disabled, must_change, initial_until"

  /// An account with what only sign-in may see.
  struct Credentials {
    let account: Account
    /// The password's hash, in PHC string format.
    let hash: String
  }

  static func all(in database: borrowing some Queryable & ~Copyable) throws -> [Account] {
    let grants = Dictionary(grouping: try GrantTable.all(in: database), by: \.account)
    return try database.rows("SELECT \(columns) FROM officers_account ORDER BY is_disabled, username") { row in
      try read(row, grants[row.get(0), default: []])
    }
  }

  static func account(_ id: OfficerID, in database: borrowing some Queryable & ~Copyable) throws -> Account? {
    let grants = try GrantTable.grants(of: id, in: database)
    return try database.row("SELECT \(columns) FROM officers_account WHERE id = \(id)") { try read($0, grants) }
  }

  static func credentials(
    _ username: Username, in database: borrowing some Queryable & ~Copyable
  ) throws -> Credentials? {
    let id: OfficerID? = try database.value("SELECT id FROM officers_account WHERE username = \(username)")
    return try id.flatMap { try credentials(of: $0, in: database) }
  }

  static func credentials(
    of id: OfficerID, in database: borrowing some Queryable & ~Copyable
  ) throws -> Credentials? {
    let grants = try GrantTable.grants(of: id, in: database)
    return try database.row("SELECT \(columns), password FROM officers_account WHERE id = \(id)") { row in
      try Credentials(account: read(row, grants), hash: row.get(6))
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
        (username, display_name, password, must_change, is_disabled, created, initial_until)
      VALUES (
        \(new.username), \(new.displayName), \(hash), \(new.mustChangePassword), 0, \(now), \(initialUntil))
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

  private static func read(_ row: borrowing Row, _ grants: [Grant]) throws -> Account {
    try Account(
      id: row.get(0), username: row.get(1), displayName: row.get(2), grants: grants, isDisabled: row.get(3),
      mustChangePassword: row.get(4), initialPasswordEndsAt: row.get(5))
  }
}

/// What is asked for when an account is added.
struct NewAccount: Sendable {
  let username: Username
  let displayName: String?
  /// What it is given with; one without an end.
  let role: Role
  let mustChangePassword: Bool
}
