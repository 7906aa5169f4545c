public import Contracts
public import Core
public import Store

extension Ledger {
  private static let openingKinds: [LedgerKind] = [.opening, .breakGlass]
  /// What stands in the facts of an opening at which a guess was wrong.
  private static let denial = "%outcome=\(OpeningOutcome.denied.rawValue)%"

  /// The entries about a person, the latest first.
  public func entries(
    about subject: SubjectID, limit: Int, in database: borrowing some Queryable & ~Copyable
  ) throws -> [LedgerRecord] {
    try records("WHERE subject = \(subject) ORDER BY entry DESC LIMIT \(limit)", in: database)
  }

  /// The entries of a kind, the latest first; none of openings, of which there are too many to be listed so.
  public func entries(
    of kind: LedgerKind, limit: Int, in database: borrowing some Queryable & ~Copyable
  ) throws -> [LedgerRecord] {
    try records(
      "WHERE kind = \(kind) AND kind <> \(literal: LedgerKind.opening) ORDER BY entry DESC LIMIT \(limit)",
      in: database)
  }

  /// The openings before an entry, also those without the usual permission, the latest first.
  public func openings(
    before entry: Int64?, limit: Int, in database: borrowing some Queryable & ~Copyable
  ) throws -> [LedgerRecord] {
    try records(
      """
      WHERE kind IN \(anyOf: Self.openingKinds) AND entry < \(entry ?? .max) ORDER BY entry DESC LIMIT \(limit)
      """, in: database)
  }

  /// The openings without the usual permission before an entry, the latest first.
  public func breakGlassOpenings(
    before entry: Int64?, limit: Int, in database: borrowing some Queryable & ~Copyable
  ) throws -> [LedgerRecord] {
    try records(
      "WHERE kind = \(LedgerKind.breakGlass) AND entry < \(entry ?? .max) ORDER BY entry DESC LIMIT \(limit)",
      in: database)
  }

  /// The openings of a person's data, the latest first.
  ///
  /// - Parameter wereDenied: whether only those are wanted at which a reader guessed wrong, or only the others.
  public func openings(
    of subject: SubjectID, wereDenied: Bool, limit: Int, in database: borrowing some Queryable & ~Copyable
  ) throws -> [LedgerRecord] {
    if wereDenied {
      return try records(
        """
        WHERE subject = \(subject) AND kind = \(LedgerKind.opening) AND facts LIKE \(Self.denial)
        ORDER BY entry DESC LIMIT \(limit)
        """, in: database)
    }
    return try records(
      """
      WHERE subject = \(subject) AND kind IN \(anyOf: Self.openingKinds) AND facts NOT LIKE \(Self.denial)
      ORDER BY entry DESC LIMIT \(limit)
      """, in: database)
  }

  /// Proves that the entry stands in the latest signed head's tree; nil when no head holds it yet.
  public func proof(of entry: Int64, in database: borrowing some Queryable & ~Copyable) throws -> InclusionProof? {
    guard entry >= 0, let head = try latestHead(in: database), entry < head.size else { return nil }
    let path = try TreeReader(hasher: TreeHasher(library)).path(of: entry, in: 0..<head.size, database)
    return InclusionProof(entry: entry, size: head.size, path: path.map(\.bytes))
  }

  private func records(
    _ condition: SQL, in database: borrowing some Queryable & ~Copyable
  ) throws -> [LedgerRecord] {
    try database.rows("SELECT entry, at, kind, principal, subject, facts FROM ledger_entries " + condition) { row in
      guard let kind = LedgerKind(rawValue: try row.get(2)) else { throw LedgerDamage.problem }
      let line = LedgerLine(
        at: try row.get(1), kind: kind.rawValue, principal: try row.get(3), subject: try row.get(4),
        facts: try row.get(5))
      return LedgerRecord(
        entry: try row.get(0), at: Instant(milliseconds: line.at), kind: kind, principal: line.principal,
        subject: line.subject.map { SubjectID($0) }, facts: line.factsByName)
    }
  }
}
