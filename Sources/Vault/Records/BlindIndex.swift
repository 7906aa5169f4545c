import Contracts
import Core
import Crypto
import Store

/// Finds people by NIK, passport number, telephone or e-mail without opening anything: beside the records stand keyed
/// hashes.
struct BlindIndex: Sendable {
  private let keys: [IdentityField: AuthenticationKey]

  init(officeKey: borrowing OfficeKey, library: CryptoLibrary) throws(CryptoFailure) {
    var keys: [IdentityField: AuthenticationKey] = [:]
    for field in IdentityField.allCases {
      keys[field] = try officeKey.authenticationKey(for: .blindIndex(field), library: library)
    }
    self.keys = keys
  }

  /// Files the person under what this record says, in place of what an earlier one of its kind said.
  func file(
    _ identities: [IdentityField: Personal<String>], kind: RecordKind, of subject: SubjectID,
    in transaction: borrowing Transaction
  ) throws {
    try transaction.run("DELETE FROM vault_blind_index WHERE subject = \(subject) AND kind = \(kind.rawValue)")
    for (field, value) in identities {
      guard let tag = try tag(of: value, as: field) else { continue }
      try transaction.run(
        """
        INSERT INTO vault_blind_index (field, tag, subject, kind)
        VALUES (\(field.rawValue), \(tag), \(subject), \(kind.rawValue))
        """)
    }
  }

  /// The people filed under the value, in the order of their ids.
  func subjects(
    with field: IdentityField, _ value: Personal<String>, in database: borrowing some Queryable & ~Copyable
  ) throws -> [SubjectID] {
    guard let tag = try tag(of: value, as: field) else { return [] }
    return try database.rows(
      """
      SELECT DISTINCT subject FROM vault_blind_index
      WHERE field = \(field.rawValue) AND tag = \(tag) ORDER BY subject
      """
    ) { row in try row.get(0) }
  }

  /// How many people one number may stand for, such as a telephone of a whole office, before it tells nothing any more.
  private static let alikeCountMax = 500

  /// The others who are filed under something that this person is filed under, in the order of their ids.
  func subjects(
    alike subject: SubjectID, in database: borrowing some Queryable & ~Copyable
  ) throws -> [SubjectID] {
    try database.rows(
      """
      SELECT DISTINCT other.subject FROM vault_blind_index own
      JOIN vault_blind_index other ON other.field = own.field AND other.tag = own.tag
      WHERE own.subject = \(subject) AND other.subject <> \(subject) ORDER BY other.subject
      LIMIT \(Self.alikeCountMax)
      """
    ) { row in try row.get(0) }
  }

  /// The value's tag; nil for a value of which normalising leaves nothing.
  private func tag(of value: Personal<String>, as field: IdentityField) throws -> [UInt8]? {
    guard let normal = field.normalise(value), let key = keys[field] else { return nil }
    return try key.authenticate(Array(normal.exposed.utf8))
  }
}
