import Contracts
import Core
import Store

/// Finds people by NIK or passport number without opening anything: beside the records stand keyed hashes.
struct BlindIndex: Sendable {
  private let keys: [IdentityField: AuthenticationKey]

  init(house: borrowing HouseKey, library: CryptoLibrary) throws(CryptoFailure) {
    var keys: [IdentityField: AuthenticationKey] = [:]
    for field in IdentityField.allCases {
      keys[field] = try house.authenticationKey(for: .blindIndex(field), library: library)
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

  /// The value's tag; nil for a value of which normalising leaves nothing.
  private func tag(of value: Personal<String>, as field: IdentityField) throws -> [UInt8]? {
    let normal = Self.normalise(value, as: field).exposed
    guard !normal.isEmpty, let key = keys[field] else { return nil }
    return try key.authenticate(normal)
  }

  /// One spelling for all: the digits of a NIK, a passport number in upper case without spaces, hyphens or dots.
  static func normalise(_ value: Personal<String>, as field: IdentityField) -> Personal<[UInt8]> {
    let letters = value.exposed.utf8.map { letter in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(letter) ? letter - 32 : letter
    }
    return Personal(
      letters.filter { letter in
        let isDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(letter)
        return isDigit || (field == .passportNumber && (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(letter))
      })
  }
}
