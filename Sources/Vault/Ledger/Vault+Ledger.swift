public import Contracts
public import Core
import Crypto
import Ledger
public import Store

extension Vault: LedgerService {
  @discardableResult
  public func append(_ entry: LedgerEntry, in transaction: borrowing Transaction) throws -> Int64 {
    try opened.ledger.append(entry, at: clock.now, in: transaction)
  }

  public func commitment(to value: [UInt8], salt: [UInt8]) throws -> LedgerCommitment {
    try opened.library.commitment(to: value, salt: salt)
  }

  @discardableResult
  public func issueReceipt(
    _ statement: ReceiptStatement, by principal: Principal, in transaction: borrowing Transaction
  ) throws -> Int64 {
    try opened.ledger.issue(statement, by: principal, at: clock.now, in: transaction)
  }

  public func receipt<Database: Queryable & ~Copyable>(
    on matter: ReceiptStatement.Matter, about reference: String, in database: borrowing Database
  ) throws -> Receipt? {
    try opened.ledger.receipt(on: matter, about: reference, in: database)
  }

  public func check(receipt text: String) async throws -> ReceiptVerdict {
    try await opened.ledger.check(receipt: text, in: store)
  }

  public func entries<Database: Queryable & ~Copyable>(
    about subject: SubjectID, limit: Int, in database: borrowing Database
  ) throws -> [LedgerRecord] {
    try opened.ledger.entries(about: subject, limit: limit, in: database)
  }

  public func entries<Database: Queryable & ~Copyable>(
    of kind: LedgerKind, limit: Int, in database: borrowing Database
  ) throws -> [LedgerRecord] {
    try opened.ledger.entries(of: kind, limit: limit, in: database)
  }

  public func proof<Database: Queryable & ~Copyable>(
    of entry: Int64, in database: borrowing Database
  ) throws -> InclusionProof? {
    try opened.ledger.proof(of: entry, in: database)
  }

  public func publicKey() throws -> String { try opened.ledger.name().verifierKey }
}
