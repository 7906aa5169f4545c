public import Contracts
public import Core
import Crypto
public import Store

extension Ledger {
  /// Appends the entry of a receipt and keeps what makes it up.
  public func issue(
    _ statement: ReceiptStatement, by principal: Principal, at instant: Instant, in transaction: borrowing Transaction
  ) throws -> Int64 {
    let salt = try library.randomSalt(byteCount: ReceiptCode.saltByteCount)
    let commitment = try library.commitment(to: statement.bytes, salt: salt)
    let entry = try append(
      LedgerEntry(.receipt, by: principal, commitment: commitment), at: instant, in: transaction)
    try transaction.run(
      """
      INSERT INTO ledger_receipts (entry, matter, reference, day, salt)
      VALUES (\(entry), \(statement.matter.rawValue), \(statement.reference), \(statement.day?.description), \(salt))
      """)
    return entry
  }

  /// The latest receipt on that matter, as it is printed now.
  public func receipt(
    on matter: ReceiptStatement.Matter, about reference: String,
    in database: borrowing some Queryable & ~Copyable
  ) throws -> Receipt? {
    try code(on: matter, about: reference, in: database).map { code in
      Receipt(text: code.text, isProven: code.hold != .promise)
    }
  }

  /// The latest receipt on that matter, signed as its entry now stands.
  private func code(
    on matter: ReceiptStatement.Matter, about reference: String,
    in database: borrowing some Queryable & ~Copyable
  ) throws -> ReceiptCode? {
    let row = try database.row(
      """
      SELECT entry, day, salt FROM ledger_receipts
      WHERE matter = \(matter.rawValue) AND reference = \(reference) ORDER BY entry DESC LIMIT 1
      """
    ) { row in (entry: try row.get(0) as Int64, day: try row.get(1) as String?, salt: try row.get(2) as [UInt8]) }
    guard let row else { return nil }
    guard let statement = ReceiptStatement(matter, about: reference, day: row.day.flatMap(CivilDate.init(iso:))),
      let line = try line(row.entry, in: database)
    else { throw LedgerDamage.problem }
    return try sign(
      ReceiptCode(
        keyID: ReceiptVerifier.keyID(of: keys.verifying, library: library), entry: row.entry,
        at: Instant(milliseconds: line.at), principal: line.principal, statement: statement, salt: row.salt,
        hold: hold(row.entry, in: database)), in: database)
  }

  /// Whether a receipt is genuine, and whether the ledger still holds its entry.
  public func check(receipt text: String, in store: Store) async throws -> ReceiptVerdict {
    let verdict = try ReceiptVerifier(keys.verifying, library: library).verdict(on: text)
    guard let code = ReceiptCode(ReceiptVerifier.symbols(in: text)) else { return verdict }
    switch verdict {
    case .forged, .otherKey, .unreadable, .notInLedger: return verdict
    case .genuine, .notYetProven:
      return try await store.read { snapshot in
        guard try holds(code, in: snapshot) else { return .notInLedger(code.content) }
        // A promise that has been kept since is as good as the proof that would be printed now.
        guard case .notYetProven(let content) = verdict, let head = try firstHead(beyond: code.entry, in: snapshot)
        else { return verdict }
        return .genuine(
          ReceiptContent(
            statement: content.statement, entry: content.entry, recordedAt: content.recordedAt, provenAt: head.at))
      }
    }
  }

  /// Whether the ledger holds what the receipt says, in the tree of a signed head if it is proven.
  func holds(_ code: ReceiptCode, in database: borrowing some Queryable & ~Copyable) throws -> Bool {
    try leaf(code.entry, in: database) == TreeHasher(library).leaf(code.line(library).bytes)
  }

  private func sign(_ code: ReceiptCode, in database: borrowing some Queryable & ~Copyable) throws -> ReceiptCode {
    // What was changed from outside since is not signed.
    guard try holds(code, in: database), let bytes = try code.signedBytes(TreeHasher(library), library) else {
      throw LedgerDamage.problem
    }
    var code = code
    code.signature = try keys.signing.sign(bytes)
    return code
  }

  private func hold(_ entry: Int64, in database: borrowing some Queryable & ~Copyable) throws -> ReceiptCode.Hold {
    guard let head = try firstHead(beyond: entry, in: database) else { return .promise }
    let stretch = Self.stretch(around: entry, of: head.previousSize..<head.size)
    let path = try TreeReader(hasher: TreeHasher(library)).path(of: entry, in: stretch, database)
    return .proof(ReceiptCode.Proof(stretch: stretch, path: path, headSize: head.size, headAt: head.at))
  }

  /// The subtree of an RFC 9162 tree that holds `entry`, of the two that together cover `batch`: what comes before the
  /// highest multiple of a power of two inside the batch, and what comes from there on.
  static func stretch(around entry: Int64, of batch: Range<Int64>) -> Range<Int64> {
    let (first, last) = (batch.lowerBound, batch.upperBound - 1)
    guard first < last else { return batch }
    let bit = Int64(Int64.bitWidth - 1 - (first ^ last).leadingZeroBitCount)
    let middle = (last >> bit) << bit
    guard entry < middle else { return middle..<batch.upperBound }
    var length: Int64 = 1
    while middle - length > first { length <<= 1 }
    return (middle - length)..<middle
  }

  private func line(_ entry: Int64, in database: borrowing some Queryable & ~Copyable) throws -> LedgerLine? {
    try database.row("SELECT at, kind, principal, subject, facts FROM ledger_entries WHERE entry = \(entry)") { row in
      LedgerLine(
        at: try row.get(0), kind: try row.get(1), principal: try row.get(2), subject: try row.get(3),
        facts: try row.get(4))
    }
  }

  private func leaf(_ entry: Int64, in database: borrowing some Queryable & ~Copyable) throws -> TreeHash? {
    let leaf: [UInt8]? = try database.value("SELECT leaf FROM ledger_entries WHERE entry = \(entry)")
    return leaf.flatMap(TreeHash.init)
  }
}
