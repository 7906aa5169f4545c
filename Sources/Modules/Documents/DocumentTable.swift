import Contracts
import Core
import Store

/// A document as the table has it.
struct DocumentRow: Sendable {
  var summary: DocumentSummary
  /// The file's name in the folder.
  let name: String
  let keyVersion: Int
}

/// `documents_document` and the files that are to go.
enum DocumentTable {
  static func find(
    _ id: DocumentID, in database: borrowing some Queryable & ~Copyable
  ) throws -> DocumentRow? {
    try database.row(
      """
      SELECT document, subject, name, type, byte_count, key_version, state, received_at FROM documents_document
      WHERE document = \(id)
      """, read)
  }

  static func all(
    of subject: SubjectID, in database: borrowing some Queryable & ~Copyable
  ) throws -> [DocumentRow] {
    try database.rows(
      """
      SELECT document, subject, name, type, byte_count, key_version, state, received_at FROM documents_document
      WHERE subject = \(subject) ORDER BY received_at, document
      """, read)
  }

  /// The documents that have waited for the scanner longest.
  static func waiting(limit: Int, in database: borrowing some Queryable & ~Copyable) throws -> [DocumentRow] {
    try database.rows(
      """
      SELECT document, subject, name, type, byte_count, key_version, state, received_at FROM documents_document
      WHERE state = \(DocumentState.quarantined) ORDER BY received_at LIMIT \(limit)
      """, read)
  }

  /// The documents that were received before that moment, the oldest first.
  static func oldest(
    before moment: Instant, limit: Int, in database: borrowing some Queryable & ~Copyable
  ) throws -> [DocumentRow] {
    try database.rows(
      """
      SELECT document, subject, name, type, byte_count, key_version, state, received_at FROM documents_document
      WHERE received_at < \(moment) ORDER BY received_at LIMIT \(limit)
      """, read)
  }

  static func count(before moment: Instant, in database: borrowing some Queryable & ~Copyable) throws -> Int {
    try database.value("SELECT count(*) FROM documents_document WHERE received_at < \(moment)") ?? 0
  }

  static func holds(name: String, in database: borrowing some Queryable & ~Copyable) throws -> Bool {
    let count: Int? = try database.value("SELECT count(*) FROM documents_document WHERE name = \(name)")
    return count == 1
  }

  static func count(of subject: SubjectID, in database: borrowing some Queryable & ~Copyable) throws -> Int {
    try database.value("SELECT count(*) FROM documents_document WHERE subject = \(subject)") ?? 0
  }

  /// The documents after that one whose files are there: those in which the scanner found something are gone.
  static func kept(
    after document: DocumentID, limit: Int, in database: borrowing some Queryable & ~Copyable
  ) throws -> [DocumentRow] {
    try database.rows(
      """
      SELECT document, subject, name, type, byte_count, key_version, state, received_at FROM documents_document
      WHERE document > \(document) AND state <> \(DocumentState.infected) ORDER BY document LIMIT \(limit)
      """, read)
  }

  static func count(in database: borrowing some Queryable & ~Copyable) throws -> Int {
    try database.value("SELECT count(*) FROM documents_document") ?? 0
  }

  /// The one at a place in the order of their numbers, counted from 0; where there is none, one that is before all.
  static func document(
    at place: Int, in database: borrowing some Queryable & ~Copyable
  ) throws -> DocumentID {
    try database.value("SELECT document FROM documents_document ORDER BY document LIMIT 1 OFFSET \(place)")
      ?? DocumentID(Int64.min)
  }

  static func insert(_ row: DocumentRow, in transaction: borrowing Transaction) throws {
    let summary = row.summary
    try transaction.run(
      """
      INSERT INTO documents_document (document, subject, name, type, byte_count, key_version, state, received_at)
      VALUES (\(summary.id), \(summary.subject), \(row.name), \(summary.type), \(summary.byteCount),
        \(row.keyVersion), \(summary.state), \(summary.receivedAt))
      """)
    try count(1, as: summary.state, in: transaction)
  }

  /// The digest of the document's sealed file; nil where none has been kept yet.
  static func digest(
    of id: DocumentID, in database: borrowing some Queryable & ~Copyable
  ) throws -> [UInt8]? {
    try database.value("SELECT digest FROM documents_digest WHERE document = \(id)")
  }

  /// Keeps the digest of a document's sealed file, unless it has been removed meanwhile.
  static func keep(_ digest: [UInt8], of id: DocumentID, in transaction: borrowing Transaction) throws {
    try transaction.run(
      """
      INSERT INTO documents_digest (document, digest)
      SELECT document, \(digest) FROM documents_document WHERE document = \(id)
      ON CONFLICT (document) DO NOTHING
      """)
  }

  /// Changes the state of a document that waits; one that was removed meanwhile stays away.
  static func settle(_ id: DocumentID, as state: DocumentState, in transaction: borrowing Transaction) throws {
    let settled = try transaction.run(
      """
      UPDATE documents_document SET state = \(state)
      WHERE document = \(id) AND state = \(DocumentState.quarantined)
      """)
    try recount(settled, from: .quarantined, to: state, in: transaction)
  }

  /// Has all that wait count as received.
  ///
  /// - Returns: how many waited.
  static func releaseWaiting(in transaction: borrowing Transaction) throws -> Int {
    let released = try transaction.run(
      """
      UPDATE documents_document SET state = \(DocumentState.received) WHERE state = \(DocumentState.quarantined)
      """)
    try recount(released, from: .quarantined, to: .received, in: transaction)
    return released
  }

  static func remove(_ row: DocumentRow, in transaction: borrowing Transaction) throws {
    let left: DocumentState? = try transaction.value(
      "DELETE FROM documents_document WHERE document = \(row.summary.id) RETURNING state")
    if let left { try count(-1, as: left, in: transaction) }
    try transaction.run("DELETE FROM documents_digest WHERE document = \(row.summary.id)")
    try letGo(row.name, in: transaction)
  }

  /// The file is to be removed once this transaction is durable.
  static func letGo(_ name: String, in transaction: borrowing Transaction) throws {
    try transaction.run("INSERT INTO documents_leaving (name) VALUES (\(name)) ON CONFLICT (name) DO NOTHING")
  }

  static func leaving(limit: Int, in database: borrowing some Queryable & ~Copyable) throws -> [String] {
    try database.rows("SELECT name FROM documents_leaving ORDER BY name LIMIT \(limit)") { try $0.get(0) }
  }

  /// The names of all files that the data knows of.
  static func names(in database: borrowing some Queryable & ~Copyable) throws -> Set<String> {
    Set(
      try database.rows("SELECT name FROM documents_document UNION ALL SELECT name FROM documents_leaving") {
        try $0.get(0)
      })
  }

  static func forget(_ names: [String], in transaction: borrowing Transaction) throws {
    for name in names { try transaction.run("DELETE FROM documents_leaving WHERE name = \(name)") }
  }

  private static func read(_ row: borrowing Row) throws -> DocumentRow {
    DocumentRow(
      summary: DocumentSummary(
        id: try row.get(0), subject: try row.get(1), type: try row.get(3), byteCount: try row.get(4),
        state: try row.get(6), receivedAt: try row.get(7)),
      name: try row.get(2), keyVersion: try row.get(5))
  }
}

extension DocumentTable {
  /// How many documents are in each state: kept with each change, so that asking costs the same however many there are.
  static func counts(
    in database: borrowing some Queryable & ~Copyable
  ) throws -> [(state: DocumentState, count: Int)] {
    try database.rows(kept) { row in (state: try row.get(0), count: try row.get(1)) }
  }

  /// What `counts` asks.
  static let kept: SQL = "SELECT state, documents FROM documents_count WHERE documents > 0 ORDER BY state"

  private static func recount(
    _ documents: Int, from old: DocumentState, to new: DocumentState, in transaction: borrowing Transaction
  ) throws {
    guard documents > 0 else { return }
    try count(-documents, as: old, in: transaction)
    try count(documents, as: new, in: transaction)
  }

  /// Changes how many documents are in a state.
  private static func count(
    _ change: Int, as state: DocumentState, in transaction: borrowing Transaction
  ) throws {
    try transaction.run(
      """
      INSERT INTO documents_count (state, documents) VALUES (\(state), \(change))
      ON CONFLICT (state) DO UPDATE SET documents = documents_count.documents + excluded.documents
      """)
  }
}
