public import Contracts
public import Core
public import Store

extension Vault: VaultOversight {
  public func openings<Database: Queryable & ~Copyable>(
    before entry: Int64?, limit: Int, in database: borrowing Database
  ) throws -> [Opening] {
    try openings(
      """
      WHERE kind IN ('opening', 'break-glass') AND entry < \(entry ?? .max) ORDER BY entry DESC LIMIT \(limit)
      """, in: database)
  }

  public func breakGlassOpenings<Database: Queryable & ~Copyable>(
    before entry: Int64?, limit: Int, in database: borrowing Database
  ) throws -> [Opening] {
    try openings(
      "WHERE kind = 'break-glass' AND entry < \(entry ?? .max) ORDER BY entry DESC LIMIT \(limit)", in: database)
  }

  public func openings<Database: Queryable & ~Copyable>(
    of subject: SubjectID, limit: Int, in database: borrowing Database
  ) throws -> [Opening] {
    // Anybody can guess wrong as often as they like: that must not push out of sight who has really opened something.
    let opened = try openings(
      """
      WHERE subject = \(subject) AND kind IN ('opening', 'break-glass') AND facts NOT LIKE '%outcome=denied%'
      ORDER BY entry DESC LIMIT \(limit)
      """, in: database)
    let guessed = try openings(
      """
      WHERE subject = \(subject) AND kind = 'opening' AND facts LIKE '%outcome=denied%'
      ORDER BY entry DESC LIMIT \(limit)
      """, in: database)
    return (opened + guessed).sorted { $0.entry > $1.entry }
  }

  private func openings(_ condition: SQL, in database: borrowing some Queryable & ~Copyable) throws -> [Opening] {
    let lines = try database.rows("SELECT entry, at, kind, principal, subject, facts FROM vault_ledger " + condition) {
      row in
      (
        entry: try row.get(0) as Int64,
        line: LedgerLine(
          at: try row.get(1), kind: try row.get(2), principal: try row.get(3), subject: try row.get(4),
          facts: try row.get(5))
      )
    }
    // What is not an opening that this program would have written is for `gapura ledger verify` to name.
    return try lines.compactMap { entry, line in try opening(entry, line, in: database) }
  }

  private func opening(
    _ entry: Int64, _ line: LedgerLine, in database: borrowing some Queryable & ~Copyable
  ) throws -> Opening? {
    let facts = line.factsByName
    guard let subject = line.subject.map({ SubjectID($0) }),
      let purpose = facts["purpose"].flatMap(Purpose.init(rawValue:)),
      let record = facts["record"].flatMap(RecordKind.init(rawValue:)),
      let outcome = facts["outcome"].flatMap(OpeningOutcome.init(rawValue:)),
      let role = PrincipalRole(described: line.principal)
    else { return nil }
    return Opening(
      entry: entry, at: Instant(milliseconds: line.at), principal: line.principal, role: role, purpose: purpose,
      record: record, fields: facts["fields"].map { $0.split(separator: ",").map(String.init) } ?? [],
      subject: subject, outcome: outcome,
      reason: purpose == .breakGlass ? try reason(of: entry, about: subject, in: database) : nil)
  }
}

extension PrincipalRole {
  /// Of a principal as it describes itself: `officer:12:clerk`.
  init?(described text: String) {
    let parts = text.split(separator: ":")
    switch parts.first {
    case "officer": self.init(rawValue: parts.last.map(String.init) ?? "")
    case "applicant": self = .applicant
    case "kiosk": self = .kiosk
    case "system": self = .system
    default: return nil
    }
  }
}
