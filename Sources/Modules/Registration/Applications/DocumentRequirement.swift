import Contracts
import Core
import Store

/// What a document is sent for: one of the service's requirements, known by its words.
///
/// The requirements of the catalogue have no codes, and their order may change; the words of a requirement are what the
/// person was asked for.
struct DocumentRequirement: Hashable, Sendable {
  let code: String
  let text: LocalizedText

  init(_ text: LocalizedText) {
    self.text = text
    // FNV-1a: it tells requirements apart and guards against no enemy.
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in text[.indonesian].utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    code = Crockford.encode(hash, length: 13)
  }

  /// The requirements of a service, in its order.
  static func all(of service: OfferedService) -> [DocumentRequirement] {
    service.requirements.map(DocumentRequirement.init)
  }
}

/// The documents that belong to each application.
enum ApplicationDocumentTable {
  /// Puts a document in its place.
  ///
  /// - Returns: the one that stood there before.
  static func put(
    _ document: DocumentID, in requirement: String, of number: ApplicationNumber, in transaction: borrowing Transaction
  ) throws -> DocumentID? {
    let previous = try find(requirement, of: number, in: transaction)
    try transaction.run(
      """
      INSERT INTO registration_document (application, requirement, document)
      VALUES (\(number), \(requirement), \(document))
      ON CONFLICT (application, requirement) DO UPDATE SET document = excluded.document
      """)
    return previous
  }

  /// Takes the document out of its place.
  ///
  /// - Returns: the one that stood there.
  static func clear(
    _ requirement: String, of number: ApplicationNumber, in transaction: borrowing Transaction
  ) throws -> DocumentID? {
    let previous = try find(requirement, of: number, in: transaction)
    try transaction.run(
      "DELETE FROM registration_document WHERE application = \(number) AND requirement = \(requirement)")
    return previous
  }

  /// The application's documents by the codes of their requirements.
  static func all(
    of number: ApplicationNumber, in database: borrowing some Queryable & ~Copyable
  ) throws -> [(requirement: String, document: DocumentID)] {
    try database.rows(
      "SELECT requirement, document FROM registration_document WHERE application = \(number) ORDER BY requirement"
    ) { row in (try row.get(0), try row.get(1)) }
  }

  private static func find(
    _ requirement: String, of number: ApplicationNumber, in database: borrowing some Queryable & ~Copyable
  ) throws -> DocumentID? {
    try database.row(
      "SELECT document FROM registration_document WHERE application = \(number) AND requirement = \(requirement)"
    ) { row in try row.get(0) }
  }
}
