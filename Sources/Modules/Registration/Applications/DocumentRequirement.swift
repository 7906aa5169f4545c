import Contracts
import Core
import Store

/// What a document is sent for: one of the service's requirements, known by its words.
///
/// The requirements of the catalogue have no codes, and their order may change; the words of a requirement are what the
/// person was asked for.
struct DocumentSlot: Hashable, Sendable {
  let code: String
  let requirement: LocalizedText

  init(_ requirement: LocalizedText) {
    self.requirement = requirement
    // FNV-1a: it tells requirements apart and guards against no enemy.
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in requirement[.indonesian].utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    code = Crockford.encode(hash, length: 13)
  }

  /// The slots of a service, in the order of its requirements.
  static func all(of service: OfferedService) -> [DocumentSlot] { service.requirements.map(DocumentSlot.init) }
}

/// The documents that belong to each application.
enum DocumentSlotTable {
  /// Puts a document in its place.
  ///
  /// - Returns: the one that stood there before.
  static func put(
    _ document: DocumentID, in slot: String, of number: ApplicationNumber, in transaction: borrowing Transaction
  ) throws -> DocumentID? {
    let previous = try find(slot, of: number, in: transaction)
    try transaction.run(
      """
      INSERT INTO registration_document (application, slot, document) VALUES (\(number), \(slot), \(document))
      ON CONFLICT (application, slot) DO UPDATE SET document = excluded.document
      """)
    return previous
  }

  /// Takes the document out of its place.
  ///
  /// - Returns: the one that stood there.
  static func clear(
    _ slot: String, of number: ApplicationNumber, in transaction: borrowing Transaction
  ) throws -> DocumentID? {
    let previous = try find(slot, of: number, in: transaction)
    try transaction.run("DELETE FROM registration_document WHERE application = \(number) AND slot = \(slot)")
    return previous
  }

  /// The application's documents by their slots' codes.
  static func all(
    of number: ApplicationNumber, in database: borrowing some Queryable & ~Copyable
  ) throws -> [(slot: String, document: DocumentID)] {
    try database.rows(
      "SELECT slot, document FROM registration_document WHERE application = \(number) ORDER BY slot"
    ) { row in (try row.get(0), try row.get(1)) }
  }

  private static func find(
    _ slot: String, of number: ApplicationNumber, in database: borrowing some Queryable & ~Copyable
  ) throws -> DocumentID? {
    try database.row(
      "SELECT document FROM registration_document WHERE application = \(number) AND slot = \(slot)"
    ) { row in try row.get(0) }
  }
}
