public import Contracts
public import Core
import Ledger
public import Store

extension Vault: VaultOversight {
  /// At most `limit` openings of all people's data before an entry, the latest first.
  public func openings<Database: Queryable & ~Copyable>(
    before entry: Int64?, limit: Int, in database: borrowing Database
  ) throws -> [Opening] {
    try openings(opened.ledger.openings(before: entry, limit: limit, in: database), in: database)
  }

  /// At most `limit` openings without the usual permission before an entry, the latest first, with their reasons.
  public func breakGlassOpenings<Database: Queryable & ~Copyable>(
    before entry: Int64?, limit: Int, in database: borrowing Database
  ) throws -> [Opening] {
    try openings(opened.ledger.breakGlassOpenings(before: entry, limit: limit, in: database), in: database)
  }

  /// The openings of one person's data, the latest first: up to `limit`, and as many wrong guesses.
  public func openings<Database: Queryable & ~Copyable>(
    of subject: SubjectID, limit: Int, in database: borrowing Database
  ) throws -> [Opening] {
    // A stranger can guess wrong as often as they like: that must not push real openings out of sight.
    let ledger = try opened.ledger
    let records =
      try ledger.openings(of: subject, wereDenied: false, limit: limit, in: database)
      + ledger.openings(of: subject, wereDenied: true, limit: limit, in: database)
    return try openings(records, in: database).sorted { $0.entry > $1.entry }
  }

  /// What is not an opening that this program would have written is for `gapura ledger verify` to name.
  private func openings(
    _ records: [LedgerRecord], in database: borrowing some Queryable & ~Copyable
  ) throws -> [Opening] {
    var openings: [Opening] = []
    for record in records {
      if let opening = try opening(record, in: database) { openings.append(opening) }
    }
    return openings
  }

  private func opening(
    _ record: LedgerRecord, in database: borrowing some Queryable & ~Copyable
  ) throws -> Opening? {
    let facts = record.facts
    guard let subject = record.subject, let purpose = facts["purpose"].flatMap(Purpose.init(rawValue:)),
      let kind = facts["record"].flatMap(RecordKind.init(rawValue:)),
      let outcome = facts["outcome"].flatMap(OpeningOutcome.init(rawValue:)),
      let role = PrincipalRole(described: record.principal)
    else { return nil }
    return Opening(
      entry: record.entry, at: record.at, principal: record.principal, role: role, purpose: purpose, record: kind,
      fields: facts["fields"].map { $0.split(separator: ",").map(String.init) } ?? [], subject: subject,
      outcome: outcome,
      reason: purpose == .breakGlass ? try reason(of: record.entry, about: subject, in: database) : nil)
  }
}

extension PrincipalRole {
  /// Reads a principal as it describes itself: `officer:12:clerk`.
  init?(described text: String) {
    switch text.split(separator: ":").first {
    case "officer": self = .officer
    case "applicant": self = .applicant
    case "kiosk": self = .kiosk
    case "system": self = .system
    default: return nil
    }
  }
}
