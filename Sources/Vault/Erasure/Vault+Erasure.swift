public import Contracts
public import Core
import Crypto
import Ledger
public import Store

extension Vault: ErasureService {
  /// Marks the person erased, takes their records away and has every module forget what it keeps of them, in one
  /// transaction. The key stays until `settleErasures`.
  ///
  /// - Throws: `Problem` `vault.purpose-forbidden`, `vault.unknown-subject`.
  public func erase(
    _ subject: SubjectID, for purpose: Purpose, as principal: Principal, in transaction: borrowing Transaction
  ) throws -> ErasureReceipt {
    try check(purpose, principal, nil)
    if let erasure = try ErasureTable.find(subject, in: transaction) { return ErasureReceipt(erasure) }
    guard try transaction.value("SELECT 1 FROM vault_subjects WHERE subject = \(subject)") as Int? != nil else {
      throw Problem(.notFound, "vault.unknown-subject")
    }
    let count: Int64? = try transaction.value("SELECT count(*) FROM vault_records WHERE subject = \(subject)")
    let now = clock.now
    let erasure = Erasure(
      subject: subject, erased: now, goneBy: zone.date(of: now).adding(days: policy.keyRingCopyDays + 1))
    try ErasureTable.erase(erasure, isSettled: false, in: transaction)
    try followErasure(of: subject, in: transaction)
    try opened.ledger.append(
      LedgerEntry(
        .erasure, by: principal, about: subject,
        facts: [
          LedgerFact("purpose", purpose), LedgerFact("records", count ?? 0), LedgerFact("gone-by", erasure.goneBy),
        ]), at: now, in: transaction)
    return ErasureReceipt(erasure)
  }

  /// Destroys the keys of all who are marked erased, a page of them in each transaction; may be called again after a
  /// failure.
  ///
  /// - Throws: `StoreError.busy` when the key ring's log cannot be emptied.
  public func settleErasures() async throws {
    let keyRing = try opened.keyRing
    // Marked erased first, in a transaction that is durable by now; destroyed second; so neither a kill nor a caller's
    // rollback leaves records without a key. In the writer's turn, where waiting for the disk belongs.
    while try await store.write({ transaction in
      let page = try ErasureTable.unsettled(in: transaction)
      try keyRing.destroy(page)
      try ErasureTable.settle(page, in: transaction)
      return !page.isEmpty
    }) {}
  }

  /// A page of the erased people after that one, in the order of their numbers; empty after the last.
  public func erased<Database: Queryable & ~Copyable>(
    after subject: SubjectID, in database: borrowing Database
  ) throws -> [SubjectID] {
    try ErasureTable.page(after: subject, in: database).map(\.subject)
  }

  /// What an erased person was told; nil where the person is not erased.
  public func receipt<Database: Queryable & ~Copyable>(
    ofErased subject: SubjectID, in database: borrowing Database
  ) throws -> ErasureReceipt? {
    try ErasureTable.find(subject, in: database).map(ErasureReceipt.init)
  }

  /// Erases a person and destroys their key, in one go.
  @discardableResult
  public func erase(_ subject: SubjectID, for purpose: Purpose, as principal: Principal) async throws
    -> ErasureReceipt
  {
    let receipt = try await store.write { transaction in
      try self.erase(subject, for: purpose, as: principal, in: transaction)
    }
    try await settleErasures()
    return receipt
  }
}

extension ErasureReceipt {
  init(_ erasure: Erasure) {
    self.init(subject: erasure.subject, erased: erasure.erased, goneBy: erasure.goneBy)
  }
}
