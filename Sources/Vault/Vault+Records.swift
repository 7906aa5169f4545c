public import Contracts
public import Core
import Crypto
import Ledger
public import Store

extension Vault: VaultService {
  /// A new person with a fresh data key, one of those that were made ahead where there is one.
  ///
  /// - Throws: `Problem` `vault.no-subject` when the random source gives the same numbers again and again.
  public func createSubject(in transaction: borrowing Transaction) throws -> SubjectID {
    let keyRing = try opened.keyRing
    for _ in 1...8 {
      let subject = try keyRing.takePrepared(drawing: random, in: transaction)
      let count = try transaction.run(
        "INSERT INTO vault_subjects (subject, created) VALUES (\(subject), \(clock.now)) ON CONFLICT DO NOTHING")
      if count == 1 { return subject }
    }
    // Eight collisions in a row among 2^53 numbers: the random source is broken.
    throw Problem(.fault, "vault.no-subject")
  }

  /// Seals a record in the place of an earlier one of its kind, and files what the person is found by.
  ///
  /// - Throws: `Problem` `vault.unknown-subject`, also for a person who is erased.
  public func seal<Record: PersonalRecord>(
    _ record: Personal<Record>, of subject: SubjectID, in transaction: borrowing Transaction
  ) throws {
    let dataKey = try sealingKey(of: subject, in: transaction)
    try seal(record, of: subject, under: dataKey, at: clock.now, in: transaction)
  }

  /// Seals several records under one data key, which is unwrapped once for all of them.
  ///
  /// - Throws: `Problem` `vault.unknown-subject`, also for a person who is erased.
  public func seal(
    all records: Personal<[any PersonalRecord]>, of subject: SubjectID, in transaction: borrowing Transaction
  ) throws {
    let dataKey = try sealingKey(of: subject, in: transaction)
    for record in records.exposed { try sealAny(record, of: subject, under: dataKey, in: transaction) }
  }

  /// Gives a record of any type its type.
  private func sealAny<Record: PersonalRecord>(
    _ record: Record, of subject: SubjectID, under dataKey: borrowing DataKey, in transaction: borrowing Transaction
  ) throws {
    try seal(Personal(record), of: subject, under: dataKey, at: clock.now, in: transaction)
  }

  /// The key under which a person's records may still be sealed.
  func sealingKey(of subject: SubjectID, in transaction: borrowing Transaction) throws -> DataKey {
    // Between the mark and the key's destruction there is a moment in which the key is still there.
    guard try ErasureTable.find(subject, in: transaction) == nil else {
      throw Problem(.notFound, "vault.unknown-subject")
    }
    return try dataKey(of: subject, opened)
  }

  /// Seals a record under a key that is at hand.
  ///
  /// - Parameter moment: when the time for which it may be kept begins.
  func seal<Record: PersonalRecord>(
    _ record: Personal<Record>, of subject: SubjectID, under dataKey: borrowing DataKey, at moment: Instant,
    in transaction: borrowing Transaction
  ) throws {
    let opened = try opened
    let sealed = try opened.library.seal(
      RecordCodec.encode(record), under: dataKey.key,
      binding: .record(
        of: subject, kind: Record.kind, schemaVersion: Record.schemaVersion, keyVersion: dataKey.version))
    let masked = try masks(record.exposed.identities, kind: Record.kind, of: subject, dataKey)
    try transaction.run(
      """
      INSERT INTO vault_records (subject, kind, schema_version, key_version, sealed, sealed_at, masked)
      VALUES (\(subject), \(Record.kind.rawValue), \(Record.schemaVersion), \(dataKey.version), \(sealed),
        \(moment), \(masked))
      ON CONFLICT (subject, kind) DO UPDATE SET schema_version = excluded.schema_version,
        key_version = excluded.key_version, sealed = excluded.sealed, sealed_at = excluded.sealed_at,
        masked = excluded.masked
      """)
    try opened.blindIndex.file(record.exposed.identities, kind: Record.kind, of: subject, in: transaction)
  }

  /// Opens a whole record and leaves its ledger entry, also where there is none to open.
  ///
  /// - Throws: `Problem` `vault.purpose-forbidden`, `vault.restricted`, `vault.unreadable`.
  public func open<Record: PersonalRecord>(
    _ type: Record.Type, of subject: SubjectID, for purpose: Purpose, as principal: Principal,
    in transaction: borrowing Transaction
  ) throws -> Personal<Record>? {
    try check(purpose, principal, type.kind)
    try refuseRestricted(subject, purpose, in: transaction)
    let record = try read(type, of: subject, in: transaction)
    try leaveEntry(
      record == nil ? .absent : .opened, type.kind, of: subject, for: purpose, as: principal, in: transaction)
    return record
  }

  /// Opens several whole records under one data key, with a ledger entry for each that was asked for.
  ///
  /// - Throws: as `open` of one record.
  public func open(
    all types: [any PersonalRecord.Type], of subject: SubjectID, for purpose: Purpose, as principal: Principal,
    in transaction: borrowing Transaction, while isMoreNeeded: (OpenedRecords) -> Bool
  ) throws -> OpenedRecords {
    guard let first = types.first else { return OpenedRecords(Personal([:])) }
    try check(purpose, principal, first.kind)
    try refuseRestricted(subject, purpose, in: transaction)
    let found = try types.map { type in try sealedRecord(type.kind, of: subject, in: transaction) }
    var records: [RecordKind: any PersonalRecord] = [:]
    guard found.contains(where: { $0 != nil }) else {
      // Nothing to open, so that no key is needed.
      for (place, type) in types.enumerated() where place == 0 || isMoreNeeded(OpenedRecords(Personal(records))) {
        try check(purpose, principal, type.kind)
        try leaveEntry(.absent, type.kind, of: subject, for: purpose, as: principal, in: transaction)
      }
      return OpenedRecords(Personal(records))
    }
    let dataKey = try dataKey(of: subject, opened)
    for (place, (type, sealed)) in zip(types, found).enumerated() {
      if place > 0, !isMoreNeeded(OpenedRecords(Personal(records))) { break }
      try check(purpose, principal, type.kind)
      if let sealed { records[type.kind] = try openAny(type, sealed, of: subject, under: dataKey, in: transaction) }
      try leaveEntry(
        sealed == nil ? .absent : .opened, type.kind, of: subject, for: purpose, as: principal, in: transaction)
    }
    return OpenedRecords(Personal(records))
  }

  /// Opens a whole record, gives out those fields of it alone, and names them in the ledger entry.
  ///
  /// - Throws: as `open` of a whole record.
  public func open<Record: PersonalRecord>(
    _ type: Record.Type, fields: Set<Record.Field>, of subject: SubjectID, for purpose: Purpose,
    as principal: Principal, in transaction: borrowing Transaction
  ) throws -> Excerpt<Record>? {
    try check(purpose, principal, type.kind)
    try refuseRestricted(subject, purpose, in: transaction)
    let record = try read(type, of: subject, in: transaction)
    try leaveEntry(
      record == nil ? .absent : .opened, type.kind, LedgerFact("fields", fields: fields), of: subject, for: purpose,
      as: principal, in: transaction)
    return record.map { Excerpt(of: $0, fields: fields) }
  }

  /// Whether the person was born on that day, compared in constant time; false too for a person without biodata.
  ///
  /// - Throws: as `open` of a whole record.
  public func confirm(
    dateOfBirth date: Personal<CivilDate>, of subject: SubjectID, for purpose: Purpose, as principal: Principal,
    in transaction: borrowing Transaction
  ) throws -> Bool {
    try check(purpose, principal, .biodata)
    try refuseRestricted(subject, purpose, in: transaction)
    let biodata = try read(Biodata.self, of: subject, in: transaction)
    let isTheSame = biodata.map { biodata in
      CryptoLibrary.areEqual(Array(biodata.exposed.dateOfBirth.utf8), Array(date.exposed.description.utf8))
    }
    let outcome: OpeningOutcome = isTheSame.map { $0 ? .confirmed : .denied } ?? .absent
    try leaveEntry(
      outcome, .biodata, LedgerFact("fields", fields: [Biodata.Field.dateOfBirth]), of: subject, for: purpose,
      as: principal, in: transaction)
    return isTheSame ?? false
  }

  /// The people filed under that value, by its blind index; nothing is opened.
  public func subjects<Database: Queryable & ~Copyable>(
    with field: IdentityField, _ value: Personal<String>, in database: borrowing Database
  ) throws -> [SubjectID] {
    try opened.blindIndex.subjects(with: field, value, in: database)
  }

  /// The other people who share a blind index with this one, in the order of their numbers; nothing is opened.
  public func alike<Database: Queryable & ~Copyable>(
    to subject: SubjectID, in database: borrowing Database
  ) throws -> [SubjectID] {
    try opened.blindIndex.subjects(alike: subject, in: database)
  }
}

extension Vault {
  /// - Throws: `Problem` `vault.purpose-forbidden`; `vault.reason-missing` for what only `breakGlass` may do.
  func check(_ purpose: Purpose, _ principal: Principal, _ kind: RecordKind?) throws {
    if purpose == .breakGlass { throw Problem(.invalid, "vault.reason-missing") }
    try allow(purpose, principal, kind)
  }

  func allow(_ purpose: Purpose, _ principal: Principal, _ kind: RecordKind?) throws {
    guard policy.allows(purpose, principal, kind) else { throw Problem(.forbidden, "vault.purpose-forbidden") }
  }

  func dataKey(of subject: SubjectID, _ opened: OpenedVault) throws -> DataKey {
    do {
      guard let key = try opened.keyRing.dataKey(of: subject) else {
        throw Problem(.notFound, "vault.unknown-subject")
      }
      return key
    } catch let failure as CryptoFailure {
      throw unreadable("a wrapped data key does not open", subject: subject, kind: nil, failure)
    }
  }

  func read<Record: PersonalRecord>(
    _ type: Record.Type, of subject: SubjectID, in transaction: borrowing Transaction
  ) throws -> Personal<Record>? {
    guard let sealed = try sealedRecord(type.kind, of: subject, in: transaction) else { return nil }
    let dataKey = try dataKey(of: subject, opened)
    return try unseal(type, sealed, of: subject, under: dataKey, in: transaction)
  }

  /// The record as it lies there; nil when the person has none of that kind.
  func sealedRecord(
    _ kind: RecordKind, of subject: SubjectID, in transaction: borrowing Transaction
  ) throws -> SealedRecord? {
    try transaction.row(
      """
      SELECT schema_version, key_version, sealed, sealed_at FROM vault_records
      WHERE subject = \(subject) AND kind = \(kind.rawValue)
      """
    ) { row in
      try SealedRecord(schemaVersion: row.get(0), keyVersion: row.get(1), sealed: row.get(2), sealedAt: row.get(3))
    }
  }

  /// `unseal` for a type that is known only as one of some.
  private func openAny<Record: PersonalRecord>(
    _ type: Record.Type, _ sealed: SealedRecord, of subject: SubjectID, under dataKey: borrowing DataKey,
    in transaction: borrowing Transaction
  ) throws -> any PersonalRecord {
    try unseal(type, sealed, of: subject, under: dataKey, in: transaction).exposed
  }

  /// What a sealed record says.
  ///
  /// - Throws: `Problem` `vault.unreadable` when it does not authenticate.
  func unseal<Record: PersonalRecord>(
    _ type: Record.Type, _ row: SealedRecord, of subject: SubjectID, under dataKey: borrowing DataKey,
    in transaction: borrowing Transaction
  ) throws -> Personal<Record> {
    do {
      let padded = try opened.library.open(
        row.sealed, under: dataKey.key,
        binding: .record(
          of: subject, kind: type.kind, schemaVersion: row.schemaVersion, keyVersion: row.keyVersion))
      let record = try RecordCodec.decode(type, version: row.schemaVersion, from: padded)
      // An earlier shape is read once: from here on it is today's. That is no reason to keep it any longer.
      if row.schemaVersion < type.schemaVersion {
        try seal(record, of: subject, under: dataKey, at: row.sealedAt, in: transaction)
      }
      return record
    } catch let failure as CryptoFailure {
      throw unreadable("a sealed record does not open", subject: subject, kind: type.kind, failure)
    }
  }

  func unreadable(
    _ message: StaticString, subject: SubjectID, kind: RecordKind?, _ failure: CryptoFailure
  ) -> Problem {
    // In the log, since the caller's transaction is about to be rolled back with what the ledger would say.
    log.note(
      .damageFound,
      [
        "vault.found": "\(message)", "vault.subject": subject.description, "vault.kind": kind?.rawValue ?? "key",
        "vault.failure": "\(failure)",
      ])
    return Problem(.fault, "vault.unreadable")
  }

  func leaveEntry(
    _ outcome: OpeningOutcome, _ kind: RecordKind, _ fields: LedgerFact? = nil, of subject: SubjectID,
    for purpose: Purpose, as principal: Principal, in transaction: borrowing Transaction
  ) throws {
    let facts = [LedgerFact("purpose", purpose), LedgerFact("record", kind), LedgerFact("outcome", outcome)]
    let entry = LedgerEntry(.opening, by: principal, about: subject, facts: facts + (fields.map { [$0] } ?? []))
    try opened.ledger.append(entry, at: clock.now, in: transaction)
  }
}

/// A record as it lies in its table.
struct SealedRecord {
  let schemaVersion: Int
  let keyVersion: Int
  let sealed: [UInt8]
  let sealedAt: Instant
}
