public import Core
public import Store

/// A person, as every module but the Vault knows them.
public enum SubjectTag {}
public typealias SubjectID = ID<SubjectTag>

/// Why personal data is opened: a closed list, so that the audit can be read and counted.
public enum Purpose: String, Sendable, CaseIterable {
  /// An officer serves the person at a counter.
  case service
  /// The person follows their own application.
  case tracking
  /// The person looks at what they themselves have just sent.
  case receipt
  /// An officer compares identities that look alike.
  case duplicateCheck = "duplicate-check"
  /// The person's right to have their data erased is carried out.
  case erasure
  /// The time for which a record may be kept is over.
  case retention
}

/// What kind of record it is; part of what a ciphertext is bound to.
public enum RecordKind: String, Sendable, CaseIterable {
  case biodata
  case contact
  case travelDocument = "travel-document"
  case statement
  /// An uploaded file: an identity card, a family card, a certificate.
  case document
}

/// What a person can be found by without opening anything: a keyed hash of it is kept beside the records.
public enum IdentityField: String, Sendable, CaseIterable {
  case nik
  case passportNumber = "passport-number"
}

/// A record that the Vault keeps; plain values only while they are being sealed or shown.
public protocol PersonalRecord: Codable, Sendable, Equatable {
  static var kind: RecordKind { get }
  /// Raised when the shape changes; bound to the ciphertext.
  static var schemaVersion: Int { get }
  /// What the person can be found by, normalised: digits of the NIK, upper-case passport number.
  var identities: [IdentityField: Personal<String>] { get }
}

extension PersonalRecord {
  public var identities: [IdentityField: Personal<String>] { [:] }
}

/// Keeps personal data sealed under one data key per person.
///
/// All calls run inside the caller's transaction: what an application says and what the Vault
/// keeps of it become durable together or not at all.
public protocol VaultService: Sendable {
  /// A new person with a fresh data key, wrapped under the present key-encryption key.
  func createSubject(in transaction: borrowing Transaction) throws -> SubjectID

  /// Seals a record of the person, replacing an earlier one of the same kind, and files its blind indexes.
  func seal<Record: PersonalRecord>(
    _ record: Personal<Record>, of subject: SubjectID, in transaction: borrowing Transaction) throws

  /// Opens a record and leaves an audit row naming who, why, whom and what kind.
  ///
  /// - Returns: nil when the person has no such record.
  /// - Throws: `Problem` `vault.unreadable` when the ciphertext does not authenticate.
  func open<Record: PersonalRecord>(
    _ type: Record.Type, of subject: SubjectID, for purpose: Purpose, as principal: Principal,
    in transaction: borrowing Transaction
  ) throws -> Personal<Record>?

  /// Whether the person was born on `date`; an opening like any other, so it leaves an audit row.
  func confirm(
    dateOfBirth date: Personal<CivilDate>, of subject: SubjectID, for purpose: Purpose, as principal: Principal,
    in transaction: borrowing Transaction
  ) throws -> Bool

  /// The people filed under a NIK or passport number. Nothing is opened.
  func subjects<Database: Queryable & ~Copyable>(
    with field: IdentityField, _ value: Personal<String>, in database: borrowing Database
  ) throws -> [SubjectID]
}

/// Hashes passwords with scrypt; one string holds algorithm, cost, salt and hash (PHC string format).
public protocol PasswordHasher: Sendable {
  /// Takes some tenths of a second of one core on purpose.
  func hash(_ password: Personal<String>) async throws -> String

  /// Whether the password fits. Takes as long for a `hash` that is nil (no such account) as for a real one.
  func verify(_ password: Personal<String>, against hash: String?) async throws -> Bool
}

/// Message authentication under keys derived from the root key, one label a purpose; survives restarts.
public protocol KeyedHash: Sendable {
  /// HMAC-SHA-256 of `message` under the key derived for `purpose`.
  func authenticate(_ message: [UInt8], for purpose: StaticString) -> [UInt8]
}
