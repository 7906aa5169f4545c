public import Core
public import Store

/// A person, as every module but the Vault knows them.
public enum SubjectTag {}
/// The Vault's number for a person, which tells nothing by itself.
public typealias SubjectID = ID<SubjectTag>

/// Why personal data is opened: a closed list, so that the ledger can be read and counted.
public enum Purpose: String, Sendable, CaseIterable {
  /// An officer serves the person at a counter.
  case service
  /// The person follows their own application.
  case tracking
  /// The person looks at what they themselves have just sent.
  case receipt
  /// An officer compares identities that look alike.
  case duplicateCheck = "duplicate-check"
  /// The person's right to a copy, a correction or a restriction is carried out.
  case rights
  /// The person's right to have their data erased is carried out.
  case erasure
  /// The time for which a record may be kept is over.
  case retention
  /// None of the above, by a supervisor who writes down why. Only through `breakGlass`.
  case breakGlass = "break-glass"
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

  /// Seals several records of the person as if each were sealed alone, and looks the person up once for all of them.
  func seal(
    all records: Personal<[any PersonalRecord]>, of subject: SubjectID, in transaction: borrowing Transaction) throws

  /// Opens a whole record and leaves a ledger entry naming who, why, whom and what kind. Ask for fields instead where
  /// some of them are enough.
  ///
  /// - Returns: nil when the person has no such record.
  /// - Throws: `Problem` `vault.purpose-forbidden` when the configuration gives the principal no such purpose;
  ///   `vault.unreadable` when the ciphertext does not authenticate.
  func open<Record: PersonalRecord>(
    _ type: Record.Type, of subject: SubjectID, for purpose: Purpose, as principal: Principal,
    in transaction: borrowing Transaction
  ) throws -> Personal<Record>?

  /// Opens several whole records as if each were opened alone, with a ledger entry for each, and looks the person up once for
  /// all of them.
  ///
  /// - Parameter isMoreNeeded: says after each, by those opened so far, whether the next is to be opened, too; from there on
  ///   they stay closed, without an entry.
  /// - Throws: as `open` of one record.
  func open(
    all types: [any PersonalRecord.Type], of subject: SubjectID, for purpose: Purpose, as principal: Principal,
    in transaction: borrowing Transaction, while isMoreNeeded: (OpenedRecords) -> Bool
  ) throws -> OpenedRecords

  /// Opens those fields of a record, and names them in the ledger entry. Otherwise as `open` of a whole record.
  func open<Record: PersonalRecord>(
    _ type: Record.Type, fields: Set<Record.Field>, of subject: SubjectID, for purpose: Purpose,
    as principal: Principal, in transaction: borrowing Transaction
  ) throws -> Excerpt<Record>?

  /// Opens those fields without one of the usual purposes. The reason is sealed, committed to in the ledger, and shown
  /// on the supervisors' page.
  ///
  /// - Throws: as `open`; `Problem` `vault.reason-missing` when the reason is shorter than a few words.
  func breakGlass<Record: PersonalRecord>(
    _ type: Record.Type, fields: Set<Record.Field>, of subject: SubjectID, because reason: Personal<String>,
    as principal: Principal, in transaction: borrowing Transaction
  ) throws -> Excerpt<Record>?

  /// The masked forms of what people are found by, for lists. No record is opened, and no entry is left.
  func masked<Database: Queryable & ~Copyable>(
    _ subjects: [SubjectID], in database: borrowing Database
  ) throws -> [SubjectID: MaskedIdentities]

  /// Whether the person was born on `date`; an opening like any other, so it leaves a ledger entry.
  func confirm(
    dateOfBirth date: Personal<CivilDate>, of subject: SubjectID, for purpose: Purpose, as principal: Principal,
    in transaction: borrowing Transaction
  ) throws -> Bool

  /// The people filed under a NIK, passport number, telephone or e-mail, however it is written. Nothing is opened. Two
  /// people under one number are a finding for an officer, not an error.
  func subjects<Database: Queryable & ~Copyable>(
    with field: IdentityField, _ value: Personal<String>, in database: borrowing Database
  ) throws -> [SubjectID]

  /// Other people who are filed under a NIK, passport number, telephone or e-mail of this one, in the order of their ids.
  /// Nothing is opened.
  func alike<Database: Queryable & ~Copyable>(
    to subject: SubjectID, in database: borrowing Database
  ) throws -> [SubjectID]
}

/// Records of one person that were opened together.
public struct OpenedRecords: Sendable {
  private let records: Personal<[RecordKind: any PersonalRecord]>

  /// Those records, by their kinds.
  public init(_ records: Personal<[RecordKind: any PersonalRecord]>) { self.records = records }

  /// Whether there is none.
  public var isEmpty: Bool { records.exposed.isEmpty }

  /// The record of that type; nil when the person has none, or it was not asked for.
  public func record<Record: PersonalRecord>(_ type: Record.Type) -> Personal<Record>? {
    (records.exposed[type.kind] as? Record).map { Personal($0) }
  }
}

extension VaultService {
  /// Opens several whole records.
  ///
  /// - Parameter isFirstNeeded: whether the others stay closed, without an entry, where the person has none of the first.
  /// - Throws: as `open` of one record.
  public func open(
    all types: [any PersonalRecord.Type], isFirstNeeded: Bool, of subject: SubjectID, for purpose: Purpose,
    as principal: Principal, in transaction: borrowing Transaction
  ) throws -> OpenedRecords {
    try open(all: types, of: subject, for: purpose, as: principal, in: transaction) { opened in
      !isFirstNeeded || !opened.isEmpty
    }
  }
}

/// Message authentication under keys derived from the root key, one label a purpose; survives restarts.
public protocol KeyedHash: Sendable {
  /// HMAC-SHA-256 of `message` under the key derived for `purpose`.
  func authenticate(_ message: [UInt8], for purpose: StaticString) -> [UInt8]
}
