import Contracts
import Core
import Store

/// The audit: rows that are only ever appended, each holding a keyed hash over itself and the hash before it.
///
/// Beside them stands a sealed head, so that rows cut off at the end are missed too. Not found is a database put
/// back as a whole to an earlier state; that takes a head kept elsewhere.
struct AuditChain: Sendable {
  /// The last row's number and hash, and the seal over both.
  private struct Head {
    let seq: Int64
    let chain: [UInt8]
    let seal: [UInt8]
  }

  /// A row as it stands in the table, as text: what a hand has put there need not be an enum's case.
  private struct Row {
    let seq: Int64
    let at: Int64
    let texts: (principal: String, purpose: String, kind: String, outcome: String)
    let subject: Int64
    let chain: [UInt8]
  }

  private let chainKey: AuthenticationKey
  private let headKey: AuthenticationKey

  init(house: borrowing HouseKey, library: CryptoLibrary) throws(CryptoFailure) {
    chainKey = try house.authenticationKey(for: .auditChain, library: library)
    headKey = try house.authenticationKey(for: .auditHead, library: library)
  }

  /// Seals the head of an empty chain in a new database.
  func begin(in transaction: borrowing Transaction) throws {
    let chain = [UInt8](repeating: 0, count: CryptoLibrary.digestByteCount)
    try transaction.run(
      "INSERT INTO vault_audit_head (id, seq, chain, seal) VALUES (1, 0, \(chain), \(try seal(seq: 0, chain: chain)))")
  }

  /// Appends a row.
  ///
  /// - Throws: `Problem` `vault.audit-broken` when the head is not the one left here: going on would cover up what
  ///   was done.
  func append(_ entry: AuditEntry, in transaction: borrowing Transaction) throws {
    guard let head = try head(in: transaction), try isSealed(head) else {
      throw Problem(.unavailable, "vault.audit-broken")
    }
    let seq = head.seq + 1
    let row = Row(
      seq: seq, at: entry.at.milliseconds,
      texts: (entry.principal.description, entry.purpose.rawValue, entry.kind.rawValue, entry.outcome.rawValue),
      subject: entry.subject.rawValue, chain: [])
    let chain = try link(row, after: head.chain)
    try transaction.run(
      """
      INSERT INTO vault_audit (seq, at, principal, purpose, subject, kind, outcome, chain)
      VALUES (\(seq), \(row.at), \(row.texts.principal), \(row.texts.purpose), \(row.subject), \(row.texts.kind),
        \(row.texts.outcome), \(chain))
      """)
    try transaction.run(
      """
      UPDATE vault_audit_head SET seq = \(seq), chain = \(chain), seal = \(try seal(seq: seq, chain: chain))
      WHERE id = 1
      """
    )
  }

  /// How many rows the head says there are.
  func length(in database: borrowing some Queryable & ~Copyable) throws -> Int64 {
    try head(in: database)?.seq ?? 0
  }

  /// Goes over every row, some at a time.
  func verify(in database: borrowing some Queryable & ~Copyable) throws -> AuditVerdict {
    guard let head = try head(in: database), try isSealed(head) else { return .headForged }
    var last: Int64 = 0
    var chain = [UInt8](repeating: 0, count: CryptoLibrary.digestByteCount)
    while true {
      let rows = try page(after: last, in: database)
      if rows.isEmpty { break }
      for row in rows {
        guard row.seq == last + 1 else { return .rowMissing(last + 1) }
        guard CryptoLibrary.areEqual(row.chain, try link(row, after: chain)) else { return .rowChanged(row.seq) }
        (last, chain) = (row.seq, row.chain)
      }
    }
    guard last >= head.seq else { return .rowMissing(last + 1) }
    guard last == head.seq, CryptoLibrary.areEqual(chain, head.chain) else { return .rowChanged(head.seq) }
    return .intact(length: last)
  }

  private func page(after seq: Int64, in database: borrowing some Queryable & ~Copyable) throws -> [Row] {
    try database.rows(
      """
      SELECT seq, at, principal, purpose, kind, outcome, subject, chain FROM vault_audit
      WHERE seq > \(seq) ORDER BY seq LIMIT 1000
      """
    ) { row in
      Row(
        seq: try row.get(0), at: try row.get(1),
        texts: (try row.get(2), try row.get(3), try row.get(4), try row.get(5)),
        subject: try row.get(6), chain: try row.get(7))
    }
  }

  private func head(in database: borrowing some Queryable & ~Copyable) throws -> Head? {
    try database.row("SELECT seq, chain, seal FROM vault_audit_head WHERE id = 1") { row in
      Head(seq: try row.get(0), chain: try row.get(1), seal: try row.get(2))
    }
  }

  private func isSealed(_ head: Head) throws -> Bool {
    CryptoLibrary.areEqual(head.seal, try seal(seq: head.seq, chain: head.chain))
  }

  private func seal(seq: Int64, chain: [UInt8]) throws(CryptoFailure) -> [UInt8] {
    try headKey.authenticate(AssociatedData("gapura/v1/audit-head").adding(seq).adding(chain).bytes)
  }

  private func link(_ row: Row, after chain: [UInt8]) throws(CryptoFailure) -> [UInt8] {
    let message = AssociatedData("gapura/v1/audit-row").adding(chain).adding(row.seq).adding(row.at)
      .adding(row.texts.principal).adding(row.texts.purpose).adding(row.subject)
      .adding(row.texts.kind).adding(row.texts.outcome)
    return try chainKey.authenticate(message.bytes)
  }
}

/// What going over the audit has found.
public enum AuditVerdict: Sendable, Equatable {
  /// Every row is the one that was written.
  case intact(length: Int64)
  /// The row of that number is gone, or another stands in its place.
  case rowMissing(Int64)
  /// The row of that number, or an addition after it, is not what was written.
  case rowChanged(Int64)
  /// The head is not one that this root key sealed.
  case headForged
}
