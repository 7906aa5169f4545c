public import Contracts
public import Core
import Crypto
import Ledger
public import Store

extension Vault: LedgerService {
  /// Appends an entry with the present moment.
  ///
  /// - Returns: its index, from 0.
  /// - Throws: `Problem` `vault.ledger-broken`, `vault.locked`.
  @discardableResult
  public func append(_ entry: LedgerEntry, in transaction: borrowing Transaction) throws -> Int64 {
    try opened.ledger.append(entry, at: clock.now, in: transaction)
  }

  /// SHA-256 over the salt and the value.
  public func commitment(to value: [UInt8], salt: [UInt8]) throws -> LedgerCommitment {
    try opened.library.commitment(to: value, salt: salt)
  }

  /// Appends the entry of a receipt and keeps what it says.
  ///
  /// - Returns: the entry's index, from 0.
  @discardableResult
  public func issueReceipt(
    _ statement: ReceiptStatement, by principal: Principal, in transaction: borrowing Transaction
  ) throws -> Int64 {
    try opened.ledger.issue(statement, by: principal, at: clock.now, in: transaction)
  }

  /// The latest receipt on that matter under that reference; nil where none was issued.
  public func receipt<Database: Queryable & ~Copyable>(
    on matter: ReceiptStatement.Matter, about reference: String, in database: borrowing Database
  ) throws -> Receipt? {
    try opened.ledger.receipt(on: matter, about: reference, in: database)
  }

  /// Whether a receipt's text is genuine and its entry still stands in the ledger.
  public func check(receipt text: String) async throws -> ReceiptVerdict {
    try await opened.ledger.check(receipt: text, in: store)
  }

  /// The latest `limit` entries about a person, the latest first.
  public func entries<Database: Queryable & ~Copyable>(
    about subject: SubjectID, limit: Int, in database: borrowing Database
  ) throws -> [LedgerRecord] {
    try opened.ledger.entries(about: subject, limit: limit, in: database)
  }

  /// The latest `limit` entries of a kind, the latest first.
  public func entries<Database: Queryable & ~Copyable>(
    of kind: LedgerKind, limit: Int, in database: borrowing Database
  ) throws -> [LedgerRecord] {
    try opened.ledger.entries(of: kind, limit: limit, in: database)
  }

  /// The way from the entry to the latest signed head; nil while no head holds it.
  public func proof<Database: Queryable & ~Copyable>(
    of entry: Int64, in database: borrowing Database
  ) throws -> InclusionProof? {
    try opened.ledger.proof(of: entry, in: database)
  }

  /// The key against which heads and receipts are checked, as a line in the form of a verifier key (C2SP signed-note).
  ///
  /// - Throws: `Problem` `vault.locked`.
  public func publicKey() throws -> String { try opened.ledger.name().verifierKey }
}
