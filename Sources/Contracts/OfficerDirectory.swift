public import Core
public import Store

/// Tells which officers are there. Provided by Officers.
public protocol OfficerPresence: Sendable {
  /// Whether any officer is signed in now, who can see a call.
  func isAnybodySignedIn<Database: Queryable & ~Copyable>(in database: borrowing Database) throws -> Bool
}

/// Who the officers are, by the names of their accounts; for supervisors, and for those whom the office tells names.
public protocol OfficerDirectory: Sendable {
  /// The account names of all officers, those whose account is closed too.
  func accountNames() async throws -> [OfficerID: String]

  /// The officer's name as colleagues know it; nil for an identity that no account has.
  func name<Database: Queryable & ~Copyable>(
    of officer: OfficerID, in database: borrowing Database
  ) throws -> String?
}
