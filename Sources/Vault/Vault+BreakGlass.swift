public import Contracts
public import Core
import Crypto
import Ledger
public import Store

extension Vault {
  /// Shorter than this is no reason that could be judged.
  private static let reasonCharacterCountMin = 10
  /// A reason is some sentences, not a file.
  private static let reasonCharacterCountMax = 1_000

  /// Opens those fields without one of the usual purposes, and seals the reason under the person's key: once the person
  /// is erased, it is gone too.
  ///
  /// - Throws: `Problem` `vault.purpose-forbidden`, `vault.restricted`; `vault.reason-missing` for a reason of fewer
  ///   than ten characters or more than a thousand; `vault.unreadable`.
  public func breakGlass<Record: PersonalRecord>(
    _ type: Record.Type, fields: Set<Record.Field>, of subject: SubjectID, because reason: Personal<String>,
    as principal: Principal, in transaction: borrowing Transaction
  ) throws -> Excerpt<Record>? {
    try allow(.breakGlass, principal, type.kind)
    try refuseRestricted(subject, .breakGlass, in: transaction)
    let text = Personal(String(reason.exposed.drop(while: \.isWhitespace)))
    guard (Self.reasonCharacterCountMin...Self.reasonCharacterCountMax).contains(text.exposed.count) else {
      throw Problem(.invalid, "vault.reason-missing")
    }
    let dataKey = try dataKey(of: subject, opened)
    var record: Personal<Record>?
    if let sealed = try sealedRecord(type.kind, of: subject, in: transaction) {
      record = try unseal(type, sealed, of: subject, under: dataKey, in: transaction)
    }
    let salt = try opened.library.randomSalt(byteCount: 16)
    let outcome: OpeningOutcome = record == nil ? .absent : .opened
    let entry = try append(
      LedgerEntry(
        .breakGlass, by: principal, about: subject,
        facts: [
          LedgerFact("purpose", Purpose.breakGlass), LedgerFact("record", type.kind), LedgerFact("outcome", outcome),
          LedgerFact("fields", fields: fields),
        ], commitment: try commitment(to: Array(text.exposed.utf8), salt: salt)), in: transaction)
    let sealed = try seal(text, of: subject, entry: entry, dataKey)
    try ReasonTable.insert(
      sealed, salt: salt, entry: entry, of: subject, keyVersion: dataKey.version, in: transaction)
    return record.map { Excerpt(of: $0, fields: fields) }
  }

  private func seal(
    _ reason: Personal<String>, of subject: SubjectID, entry: Int64, _ dataKey: borrowing DataKey
  ) throws -> [UInt8] {
    let text = Array(reason.exposed.utf8)
    let padded = unsafe text.span.bytes.withUnsafeBytes { bytes in unsafe Padding.pad(bytes) }
    guard let padded else { throw Problem(.invalid, "vault.reason-missing") }
    return try opened.library.seal(padded, under: dataKey.key, binding: .reason(of: subject, entry: entry))
  }

  /// The written reason of an entry; nil when it has none, or the person has been erased.
  func reason(
    of entry: Int64, about subject: SubjectID, in database: borrowing some Queryable & ~Copyable
  ) throws -> Personal<String>? {
    let opened = try opened
    guard let sealed = try ReasonTable.find(entry, in: database), let dataKey = try opened.keyRing.dataKey(of: subject)
    else { return nil }
    do {
      let padded = try opened.library.open(
        sealed, under: dataKey.key, binding: .reason(of: subject, entry: entry))
      return try unsafe Padding.withUnpadded(padded) { bytes in
        unsafe Personal(String(decoding: bytes, as: UTF8.self))
      }
    } catch let failure as CryptoFailure {
      throw unreadable("a sealed reason does not open", subject: subject, kind: nil, failure)
    }
  }
}
