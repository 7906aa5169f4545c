public import Core
public import Store

/// A correction of a record: what stood there before is kept, sealed.
public struct Correction: Sendable, Equatable {
  /// Counted from 1 for each person and kind.
  public let revision: Int
  /// The kind of record that was corrected.
  public let record: RecordKind
  /// When it was corrected.
  public let at: Instant
  /// Names of the fields that were changed.
  public let fields: [String]

  /// A correction as it is kept.
  public init(revision: Int, record: RecordKind, at: Instant, fields: [String]) {
    self.revision = revision
    self.record = record
    self.at = at
    self.fields = fields
  }
}

/// Carries out what a person may ask for: correction (UU 27/2022, articles 6 and 30), restriction (articles 11 and 41)
/// and the record that a copy was given (articles 7 and 32). Provided by the Vault.
public protocol RightsService: Sendable {
  /// Seals a corrected record in the place of the one that stands there, which is kept as history.
  ///
  /// - Throws: `Problem` `vault.nothing-to-correct` when there is no such record or nothing in it changes, and as
  ///   `VaultService.open` with the purpose `rights`.
  func rectify<Record: PersonalRecord>(
    _ record: Personal<Record>, of subject: SubjectID, as principal: Principal, in transaction: borrowing Transaction
  ) throws -> Correction where Record.Field: CaseIterable

  /// The corrections of a person's records, the first one first. Nothing is opened.
  func corrections<Database: Queryable & ~Copyable>(
    of subject: SubjectID, in database: borrowing Database
  ) throws -> [Correction]

  /// What stood in a person's record before each correction, the first one first; an opening for the purpose `rights`.
  func earlier<Record: PersonalRecord>(
    _ type: Record.Type, of subject: SubjectID, as principal: Principal, in transaction: borrowing Transaction
  ) throws -> [(correction: Correction, record: Personal<Record>)]

  /// From now on the person's records are opened for the purposes alone that the configuration names
  /// (`purposesWhileRestricted`); a caller with another purpose gets `Problem` `vault.restricted`.
  func restrict(_ subject: SubjectID, as principal: Principal, in transaction: borrowing Transaction) throws

  /// Ends the restriction; nothing happens where there is none.
  func liftRestriction(of subject: SubjectID, as principal: Principal, in transaction: borrowing Transaction) throws

  /// Since when the person is restricted; nil when they are not.
  func restrictedSince<Database: Queryable & ~Copyable>(
    _ subject: SubjectID, in database: borrowing Database
  ) throws -> Instant?

  /// Leaves the entry that the person was given their data.
  func noteAccess(of subject: SubjectID, as principal: Principal, in transaction: borrowing Transaction) throws
}
