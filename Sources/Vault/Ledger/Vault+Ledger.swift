public import Contracts
public import Core
import Crypto
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
    try opened.ledger.receipt(on: matter, about: reference, in: database).map { code in
      Receipt(text: code.text, isProven: code.hold != .promise)
    }
  }

  public func check(receipt text: String) async throws -> ReceiptVerdict {
    let ledger = try opened.ledger
    let verdict = try ReceiptVerifier(ledger.keys.verifying, library: ledger.library).verdict(on: text)
    guard let code = ReceiptCode(ReceiptVerifier.symbols(in: text)) else { return verdict }
    switch verdict {
    case .forged, .otherKey, .unreadable, .notInLedger: return verdict
    case .genuine, .notYetProven:
      return try await store.read { snapshot in
        guard try ledger.holds(code, in: snapshot) else { return .notInLedger(code.content) }
        // A promise that has been kept since is as good as the proof that would be printed now.
        guard case .notYetProven(let content) = verdict,
          let head = try ledger.firstHead(beyond: code.entry, in: snapshot)
        else { return verdict }
        return .genuine(
          ReceiptContent(
            statement: content.statement, entry: content.entry, recordedAt: content.recordedAt, provenAt: head.at))
      }
    }
  }

  public func entries<Database: Queryable & ~Copyable>(
    about subject: SubjectID, limit: Int, in database: borrowing Database
  ) throws -> [LedgerRecord] {
    try LedgerRecord.read(
      """
      SELECT entry, at, kind, principal, facts FROM vault_ledger
      WHERE subject = \(subject) ORDER BY entry DESC LIMIT \(limit)
      """, in: database)
  }

  public func entries<Database: Queryable & ~Copyable>(
    of kind: LedgerKind, limit: Int, in database: borrowing Database
  ) throws -> [LedgerRecord] {
    try LedgerRecord.read(
      """
      SELECT entry, at, kind, principal, facts FROM vault_ledger
      WHERE kind = \(kind.rawValue) AND kind <> 'opening' ORDER BY entry DESC LIMIT \(limit)
      """, in: database)
  }

  public func proof<Database: Queryable & ~Copyable>(
    of entry: Int64, in database: borrowing Database
  ) throws -> InclusionProof? {
    let ledger = try opened.ledger
    guard entry >= 0, let head = try ledger.latestHead(in: database), entry < head.size else { return nil }
    let path = try TreeReader(hasher: TreeHasher(ledger.library)).path(of: entry, in: 0..<head.size, database)
    return InclusionProof(entry: entry, size: head.size, path: path.map(\.bytes))
  }

  public func publicKey() throws -> String { try opened.ledger.name().verifierKey }
}

extension LedgerRecord {
  fileprivate static func read(
    _ sql: SQL, in database: borrowing some Queryable & ~Copyable
  ) throws -> [LedgerRecord] {
    try database.rows(sql) { row in
      guard let kind = LedgerKind(rawValue: try row.get(2)) else { throw LedgerDamage.problem }
      let line = LedgerLine(
        at: try row.get(1), kind: kind.rawValue, principal: try row.get(3), subject: nil, facts: try row.get(4))
      return LedgerRecord(
        entry: try row.get(0), at: Instant(milliseconds: line.at), kind: kind, principal: line.principal,
        facts: line.factsByName)
    }
  }
}
