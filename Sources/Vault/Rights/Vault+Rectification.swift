public import Contracts
public import Core
import Crypto
public import Store

extension Vault {
  /// Seals a corrected record, keeps the one before as history under the same data key, and names the changed fields in
  /// the ledger.
  ///
  /// - Throws: `Problem` `vault.nothing-to-correct` where there is no such record or nothing in it changes;
  ///   `vault.purpose-forbidden`, `vault.unknown-subject`, `vault.unreadable`.
  public func rectify<Record: PersonalRecord>(
    _ record: Personal<Record>, of subject: SubjectID, as principal: Principal, in transaction: borrowing Transaction
  ) throws -> Correction where Record.Field: CaseIterable {
    try check(.rights, principal, Record.kind)
    guard let sealed = try sealedRecord(Record.kind, of: subject, in: transaction) else {
      throw Problem(.notFound, "vault.nothing-to-correct")
    }
    let dataKey = try sealingKey(of: subject, in: transaction)
    let present = try unseal(Record.self, sealed, of: subject, under: dataKey, in: transaction)
    let changed = Record.Field.allCases.filter { present.exposed.value(of: $0) != record.exposed.value(of: $0) }
    guard !changed.isEmpty else { throw Problem(.conflict, "vault.nothing-to-correct") }
    let correction = Correction(
      revision: try HistoryTable.nextRevision(of: Record.kind, of: subject, in: transaction), record: Record.kind,
      at: clock.now, fields: changed.map(\.rawValue).sorted())
    try keep(present, correction, of: subject, under: dataKey, in: transaction)
    try seal(record, of: subject, under: dataKey, at: clock.now, in: transaction)
    try append(
      LedgerEntry(
        .rectification, by: principal, about: subject,
        facts: [
          LedgerFact("record", Record.kind), LedgerFact("revision", Int64(correction.revision)),
          LedgerFact("fields", fields: changed),
        ]), in: transaction)
    return correction
  }

  /// Seals what stood there anew, bound to its place in the history: it cannot be put back as the present record.
  private func keep<Record: PersonalRecord>(
    _ record: Personal<Record>, _ correction: Correction, of subject: SubjectID, under dataKey: borrowing DataKey,
    in transaction: borrowing Transaction
  ) throws {
    let opened = try opened
    let sealed = try opened.library.seal(
      RecordCodec.encode(record), under: dataKey.key,
      binding: .earlierRecord(
        of: subject, kind: Record.kind, revision: correction.revision, schemaVersion: Record.schemaVersion,
        keyVersion: dataKey.version))
    try HistoryTable.insert(
      HistoryTable.Earlier(
        correction: correction, schemaVersion: Record.schemaVersion, keyVersion: dataKey.version, sealed: sealed),
      of: subject, in: transaction)
  }

  /// The corrections of a person's records, the first one first; nothing is opened.
  public func corrections<Database: Queryable & ~Copyable>(
    of subject: SubjectID, in database: borrowing Database
  ) throws -> [Correction] {
    try HistoryTable.all(of: subject, in: database)
  }

  /// What stood in the record before each correction, the first one first, with one ledger entry for them all.
  ///
  /// - Throws: `Problem` `vault.purpose-forbidden`, `vault.unreadable`; a restriction refuses nothing here.
  public func earlier<Record: PersonalRecord>(
    _ type: Record.Type, of subject: SubjectID, as principal: Principal, in transaction: borrowing Transaction
  ) throws -> [(correction: Correction, record: Personal<Record>)] {
    try check(.rights, principal, type.kind)
    let rows = try HistoryTable.all(type.kind, of: subject, in: transaction)
    guard !rows.isEmpty else { return [] }
    let opened = try opened
    let dataKey = try dataKey(of: subject, opened)
    let records = try rows.map { row in
      do {
        let padded = try opened.library.open(
          row.sealed, under: dataKey.key,
          binding: .earlierRecord(
            of: subject, kind: type.kind, revision: row.correction.revision, schemaVersion: row.schemaVersion,
            keyVersion: row.keyVersion))
        return (
          correction: row.correction, record: try RecordCodec.decode(type, version: row.schemaVersion, from: padded)
        )
      } catch let failure as CryptoFailure {
        throw unreadable("a record's history does not open", subject: subject, kind: type.kind, failure)
      }
    }
    try leaveEntry(.opened, type.kind, of: subject, for: .rights, as: principal, in: transaction)
    return records
  }
}
