public import Core

/// Hashes passwords with scrypt; one string holds algorithm, cost, salt and hash (PHC string format).
///
/// A hash takes some tenths of a second of one core and 32 MiB on purpose, so few are made at once: the others wait for
/// their turn, and where too many do, the problem `vault.passwords-busy` says to try again.
public protocol PasswordHasher: Sendable {
  /// The hash of a password that an account gets, in an officer's turn.
  func hash(_ password: Personal<String>) async throws -> String

  /// Whether the password fits. Takes as long for a `hash` that is nil (no such account), or of an earlier cost, as for one
  /// of today's.
  func verify(_ password: Personal<String>, against hash: String?, in turn: PasswordTurn) async throws -> Bool

  /// Whether the hash was made at a lower cost than one of today: the password that fits it is to be hashed anew.
  func isOutdated(_ hash: String) -> Bool
}

extension PasswordHasher {
  /// Whether the password fits, in the turn of a client of whom nothing is known.
  public func verify(_ password: Personal<String>, against hash: String?) async throws -> Bool {
    try await verify(password, against: hash, in: .stranger([]))
  }
}

/// Whose turn it is to have a password hashed.
public enum PasswordTurn: Sendable, Hashable {
  /// That of an officer who is known by the browser, or of a command: strangers never hold it up.
  case officer
  /// Any other client's; the same bytes for the same client. One that has had many turns comes after one that has had few.
  case stranger([UInt8])
}
