public import Core
public import Store

/// What a ledger entry records: a closed list, so that the ledger can be read and counted. A new kind is a case here.
public enum LedgerKind: String, Sendable, CaseIterable {
  /// Personal data was opened, or was asked for.
  case opening
  /// The same without the usual permission, by a supervisor with a written reason.
  case breakGlass = "break-glass"
  /// A person's data key was destroyed.
  case erasure
  /// Data keys were wrapped anew under another key-encryption key.
  case rotation
  /// The person agreed to something, or took that back.
  case consent
  /// The person's record was corrected.
  case rectification
  /// The person's data may not be used for a while, or may again.
  case restriction
  /// The person was given their data.
  case access
  /// Records were removed because the time for which they may be kept had passed.
  case retention
  /// An officer looked at an identity document and handed out a code for the person's application.
  case counterCode = "counter-code"
  /// A receipt was issued: what it says stands in its commitment.
  case receipt
  /// The secret of a public draw was fixed before the draw.
  case drawCommitment = "draw-commitment"
  /// The draw's public list, with the secret, as it stood after the draw.
  case drawOutcome = "draw-outcome"
  /// A person was called before those who came earlier.
  case outOfOrderCall = "out-of-order-call"
  /// An officer took over a counter at which another one sat.
  case counterTakeOver = "counter-take-over"
  /// A supervisor stopped the office or one service for a while.
  case serviceStop = "service-stop"
  /// That was taken back.
  case serviceResumption = "service-resumption"
  /// A supervisor, or a command, took away what an officer had proven themselves with beside the password.
  case factorReset = "factor-reset"
  /// An officer was given a role, or one was ended.
  case rights
  /// An officer knows the person, and left the case to a colleague.
  case acquaintance
}

/// One thing that an entry says besides who and when.
///
/// A number, a day, or a member of a closed list: free text could hold personal data, and has no way in here. What has
/// to be provable all the same goes in as a commitment.
public struct LedgerFact: Sendable, Equatable {
  /// The name before the equals sign, fixed in the source.
  public let name: String
  /// As it stands in the entry: no spaces.
  public let value: String

  /// A count, a version, an identity of a row.
  public init(_ name: StaticString, _ number: Int64) {
    self.name = name.description
    value = String(number)
  }

  /// A member of a closed list: `purpose=service`.
  public init<Choice: RawRepresentable & CaseIterable>(_ name: StaticString, _ choice: Choice)
  where Choice.RawValue == String {
    self.name = name.description
    value = choice.rawValue
  }

  /// Names of fields, never what stands in them: `fields=fullName,nik`.
  public init<Field: RawRepresentable>(_ name: StaticString, fields: some Collection<Field>)
  where Field.RawValue == String {
    self.name = name.description
    value = fields.map(\.rawValue).sorted().joined(separator: ",")
  }

  /// A day.
  public init(_ name: StaticString, _ day: CivilDate) {
    self.name = name.description
    value = day.description
  }
}

/// A value's fingerprint under a salt: it tells nothing of the value, and binds the keeper of value and salt to it.
///
/// Once the salt is destroyed no one can try values against it any more.
public struct LedgerCommitment: Sendable, Equatable {
  /// SHA-256 over the salt and the value.
  public let digest: [UInt8]

  /// Takes 32 bytes, as `LedgerService.commitment(to:salt:)` computes them.
  public init(digest: [UInt8]) {
    precondition(digest.count == 32, "a commitment has 32 bytes")
    self.digest = digest
  }
}

/// What is appended to the ledger; the ledger adds when.
public struct LedgerEntry: Sendable, Equatable {
  /// What happened.
  public let kind: LedgerKind
  /// Who did it.
  public let principal: Principal
  /// Whom it concerns, by the Vault's number for them, which tells nothing by itself.
  public let subject: SubjectID?
  /// What is said besides, in order.
  public let facts: [LedgerFact]
  /// The fingerprint of a value that must be provable; nil where there is none.
  public let commitment: LedgerCommitment?

  /// An entry to be appended.
  public init(
    _ kind: LedgerKind, by principal: Principal, about subject: SubjectID? = nil, facts: [LedgerFact] = [],
    commitment: LedgerCommitment? = nil
  ) {
    self.kind = kind
    self.principal = principal
    self.subject = subject
    self.facts = facts
    self.commitment = commitment
  }
}

/// An entry as it stands in the ledger.
public struct LedgerRecord: Sendable, Equatable {
  /// Its index; the first one is 0.
  public let entry: Int64
  /// When it was appended, by the office's clock.
  public let at: Instant
  /// What happened.
  public let kind: LedgerKind
  /// `officer:12:clerk`, as `Principal` describes itself.
  public let principal: String
  /// Whom it concerns; nil where it is about no person.
  public let subject: SubjectID?
  /// What was said besides, by name.
  public let facts: [String: String]

  /// An entry that was read back.
  public init(
    entry: Int64, at: Instant, kind: LedgerKind, principal: String, subject: SubjectID? = nil, facts: [String: String]
  ) {
    self.entry = entry
    self.at = at
    self.kind = kind
    self.principal = principal
    self.subject = subject
    self.facts = facts
  }
}

/// Proves that an entry stands in the tree of the first `size` entries (RFC 9162, section 2.1.3).
public struct InclusionProof: Sendable, Equatable {
  /// The index of the entry that is proven.
  public let entry: Int64
  /// How many entries the tree has.
  public let size: Int64
  /// From the leaf upwards, 32 bytes each.
  public let path: [[UInt8]]

  /// A proof for an entry in the tree of that size.
  public init(entry: Int64, size: Int64, path: [[UInt8]]) {
    self.entry = entry
    self.size = size
    self.path = path
  }
}

/// The append-only, tamper-evident record of the office: a Merkle tree (RFC 9162) with signed heads. Provided by the
/// Vault.
public protocol LedgerService: Sendable {
  /// Appends an entry; it becomes durable together with what it records, or not at all.
  ///
  /// - Returns: the entry's index.
  /// - Throws: `Problem` `vault.ledger-broken` when the ledger was changed from outside.
  @discardableResult
  func append(_ entry: LedgerEntry, in transaction: borrowing Transaction) throws -> Int64

  /// The commitment to a value; keep the salt (16 random bytes) beside the value, and destroy it with it.
  func commitment(to value: [UInt8], salt: [UInt8]) throws -> LedgerCommitment

  /// Appends an entry for a receipt and keeps what the receipt says, so that it can be shown again.
  ///
  /// - Returns: the entry's index.
  @discardableResult
  func issueReceipt(
    _ statement: ReceiptStatement, by principal: Principal, in transaction: borrowing Transaction
  ) throws -> Int64

  /// The latest receipt on that matter under that reference; nil when none was issued.
  func receipt<Database: Queryable & ~Copyable>(
    on matter: ReceiptStatement.Matter, about reference: String, in database: borrowing Database
  ) throws -> Receipt?

  /// Whether a receipt is genuine, and whether the ledger still holds its entry.
  func check(receipt text: String) async throws -> ReceiptVerdict

  /// The entries about a person, the latest first.
  func entries<Database: Queryable & ~Copyable>(
    about subject: SubjectID, limit: Int, in database: borrowing Database
  ) throws -> [LedgerRecord]

  /// The entries of a kind, the latest first.
  func entries<Database: Queryable & ~Copyable>(
    of kind: LedgerKind, limit: Int, in database: borrowing Database
  ) throws -> [LedgerRecord]

  /// Proves that the entry stands in the latest signed head's tree; nil when no head holds it yet.
  func proof<Database: Queryable & ~Copyable>(
    of entry: Int64, in database: borrowing Database
  ) throws -> InclusionProof?

  /// The public key as all may have it: a line of text in the form of a verifier key (C2SP signed-note).
  func publicKey() throws -> String
}
