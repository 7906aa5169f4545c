import Contracts
import Core
import Store

/// What stood in records before they were corrected; sealed under the person's data key, so that it goes with them.
enum HistoryTable {
  /// A record as it was.
  struct Earlier {
    let correction: Correction
    let schemaVersion: Int
    let keyVersion: Int
    let sealed: [UInt8]
  }

  static func nextRevision(
    of kind: RecordKind, of subject: SubjectID, in database: borrowing some Queryable & ~Copyable
  ) throws -> Int {
    let last: Int? = try database.value(
      "SELECT max(revision) FROM vault_history WHERE subject = \(subject) AND kind = \(kind)")
    return (last ?? 0) + 1
  }

  static func insert(_ earlier: Earlier, of subject: SubjectID, in transaction: borrowing Transaction) throws {
    let correction = earlier.correction
    try transaction.run(
      """
      INSERT INTO vault_history (subject, kind, revision, schema_version, key_version, sealed, corrected_at, fields)
      VALUES (\(subject), \(correction.record), \(correction.revision), \(earlier.schemaVersion),
        \(earlier.keyVersion), \(earlier.sealed), \(correction.at), \(correction.fields.joined(separator: ",")))
      """)
  }

  static func all(
    of subject: SubjectID, in database: borrowing some Queryable & ~Copyable
  ) throws -> [Correction] {
    try database.rows(
      """
      SELECT revision, kind, corrected_at, fields FROM vault_history WHERE subject = \(subject)
      ORDER BY corrected_at, kind, revision
      """, correction)
  }

  static func all(
    _ kind: RecordKind, of subject: SubjectID, in database: borrowing some Queryable & ~Copyable
  ) throws -> [Earlier] {
    try database.rows(
      """
      SELECT revision, kind, corrected_at, fields, schema_version, key_version, sealed FROM vault_history
      WHERE subject = \(subject) AND kind = \(kind) ORDER BY revision
      """
    ) { row in
      Earlier(
        correction: try correction(row), schemaVersion: try row.get(4), keyVersion: try row.get(5),
        sealed: try row.get(6))
    }
  }

  private static func correction(_ row: borrowing Row) throws -> Correction {
    let fields: String = try row.get(3)
    return Correction(
      revision: try row.get(0), record: try row.get(1), at: try row.get(2),
      fields: fields.split(separator: ",").map(String.init))
  }
}
