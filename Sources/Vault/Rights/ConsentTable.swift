import Contracts
import Core
import Store

/// The words to which people have agreed, each kept once, and who agreed to them when.
enum ConsentTable {
  /// The number under which the words are kept.
  static func file(_ text: ConsentText, in transaction: borrowing Transaction) throws -> Int64 {
    try transaction.run(
      """
      INSERT INTO vault_consent_texts (matter, version, language, text)
      VALUES (\(text.matter.rawValue), \(text.version), \(text.language.rawValue), \(text.text))
      ON CONFLICT (matter, version, language, text) DO NOTHING
      """)
    let id: Int64? = try transaction.value(
      """
      SELECT id FROM vault_consent_texts WHERE matter = \(text.matter.rawValue) AND version = \(text.version)
        AND language = \(text.language.rawValue) AND text = \(text.text)
      """)
    guard let id else { throw Problem(.fault, "vault.unreadable") }
    return id
  }

  static func insert(
    text: Int64, matter: ConsentMatter, of subject: SubjectID, by way: ConsentWay, salt: [UInt8], at now: Instant,
    in transaction: borrowing Transaction
  ) throws {
    try transaction.run(
      """
      INSERT INTO vault_consents (subject, matter, text, way, given_at, withdrawn_at, salt)
      VALUES (\(subject), \(matter.rawValue), \(text), \(way.rawValue), \(now), NULL, \(salt))
      """)
  }

  /// The number of the words to which the person agrees now; nil when they do not.
  static func standing(
    _ matter: ConsentMatter, of subject: SubjectID, in database: borrowing some Queryable & ~Copyable
  ) throws -> Int64? {
    try database.value(
      """
      SELECT text FROM vault_consents
      WHERE subject = \(subject) AND matter = \(matter.rawValue) AND withdrawn_at IS NULL
      """)
  }

  /// How many were taken back: one or none.
  static func withdraw(
    _ matter: ConsentMatter, of subject: SubjectID, at now: Instant, in transaction: borrowing Transaction
  ) throws -> Int {
    try transaction.run(
      """
      UPDATE vault_consents SET withdrawn_at = \(now)
      WHERE subject = \(subject) AND matter = \(matter.rawValue) AND withdrawn_at IS NULL
      """)
  }

  static func all(
    of subject: SubjectID, in database: borrowing some Queryable & ~Copyable
  ) throws -> [Consent] {
    let rows = try database.rows(
      """
      SELECT t.matter, t.version, t.language, t.text, c.way, c.given_at, c.withdrawn_at FROM vault_consents c
      JOIN vault_consent_texts t ON t.id = c.text WHERE c.subject = \(subject) ORDER BY c.given_at, c.id
      """
    ) { row -> Consent? in
      guard let matter = ConsentMatter(rawValue: try row.get(0)), let way = ConsentWay(rawValue: try row.get(4))
      else { return nil }
      return Consent(
        text: ConsentText(
          matter, version: try row.get(1), language: Language(rawValue: try row.get(2)), text: try row.get(3)),
        way: way, givenAt: try row.get(5), withdrawnAt: try row.get(6))
    }
    return rows.compactMap(\.self)
  }
}
