public import Core
public import Store

/// One opening of personal data, as the ledger has it.
public struct Opening: Sendable, Equatable {
  /// Its index in the ledger.
  public let entry: Int64
  /// When it was opened.
  public let at: Instant
  /// `officer:12:clerk`; for supervisors. The person concerned is shown `role`.
  public let principal: String
  /// What kind of principal it was, without saying who.
  public let role: PrincipalRole
  /// Why it was opened.
  public let purpose: Purpose
  /// What kind of record it was.
  public let record: RecordKind
  /// The fields that were asked for; empty for the whole record.
  public let fields: [String]
  /// Whom it concerned.
  public let subject: SubjectID
  /// What came of it.
  public let outcome: OpeningOutcome
  /// Why it was opened without the usual permission; nil otherwise, and once the person has been erased.
  public let reason: Personal<String>?

  /// An opening that was read from the ledger.
  public init(
    entry: Int64, at: Instant, principal: String, role: PrincipalRole, purpose: Purpose, record: RecordKind,
    fields: [String], subject: SubjectID, outcome: OpeningOutcome, reason: Personal<String>?
  ) {
    self.entry = entry
    self.at = at
    self.principal = principal
    self.role = role
    self.purpose = purpose
    self.record = record
    self.fields = fields
    self.subject = subject
    self.outcome = outcome
    self.reason = reason
  }
}

/// What came of an opening. One that failed to authenticate is rolled back with its transaction; the log has it.
public enum OpeningOutcome: String, Sendable, CaseIterable {
  /// What was asked for was shown.
  case opened
  /// The person has no such record.
  case absent
  /// The value asked about is the one kept.
  case confirmed
  /// The value asked about is another: nothing was shown, and the one who asked need not be the person.
  case denied
}

/// What kind of principal opened something: all that the person concerned is shown of them.
public enum PrincipalRole: String, Sendable, CaseIterable {
  /// An officer.
  case officer
  /// The person concerned.
  case applicant
  /// A terminal in the hall.
  case kiosk
  /// A module that acts by itself.
  case system
}

/// Who opened whose data: for supervisors, and for the persons themselves (UU 27/2022, articles 7 and 31).
public protocol VaultOversight: Sendable {
  /// Openings of all people's data, the latest first; `before` the entry of the last one seen.
  func openings<Database: Queryable & ~Copyable>(
    before entry: Int64?, limit: Int, in database: borrowing Database
  ) throws -> [Opening]

  /// The openings without the usual permission, the latest first, with their reasons.
  func breakGlassOpenings<Database: Queryable & ~Copyable>(
    before entry: Int64?, limit: Int, in database: borrowing Database
  ) throws -> [Opening]

  /// The openings of one person's data, the latest first: up to `limit`, and as many wrong guesses.
  func openings<Database: Queryable & ~Copyable>(
    of subject: SubjectID, limit: Int, in database: borrowing Database
  ) throws -> [Opening]
}
