public import Contracts
public import Core
import Crypto
public import Store

extension Vault {
  /// The masked forms of what people are found by, from a copy that is sealed beside each record: no record is opened,
  /// and no entry is left. A person without any is left out.
  ///
  /// - Throws: `Problem` `vault.unreadable`.
  public func masked<Database: Queryable & ~Copyable>(
    _ subjects: [SubjectID], in database: borrowing Database
  ) throws -> [SubjectID: MaskedIdentities] {
    var masked: [SubjectID: MaskedIdentities] = [:]
    for subject in subjects { masked[subject] = try masks(of: subject, in: database) }
    return masked
  }

  /// The sealed masked forms of a record; nil when it has nothing to be found by.
  func masks(
    _ identities: [IdentityField: Personal<String>], kind: RecordKind, of subject: SubjectID,
    _ dataKey: borrowing DataKey
  ) throws -> [UInt8]? {
    guard let padded = try MaskCodec.encode(identities) else { return nil }
    return try opened.library.seal(
      padded, under: dataKey.key, binding: .masks(of: subject, kind: kind, keyVersion: dataKey.version))
  }

  /// nil for no person, or one without any.
  private func masks(
    of subject: SubjectID, in database: borrowing some Queryable & ~Copyable
  ) throws -> MaskedIdentities? {
    let rows = try database.rows(
      "SELECT kind, key_version, masked FROM vault_records WHERE subject = \(subject) AND masked IS NOT NULL"
    ) { row in
      (kind: try row.get(0) as RecordKind, keyVersion: try row.get(1) as Int, masked: try row.get(2) as [UInt8])
    }
    if rows.isEmpty { return nil }
    let opened = try opened
    let dataKey = try dataKey(of: subject, opened)
    var values: [IdentityField: String] = [:]
    for row in rows {
      do {
        let padded = try opened.library.open(
          row.masked, under: dataKey.key,
          binding: .masks(of: subject, kind: row.kind, keyVersion: row.keyVersion))
        values.merge(try MaskCodec.decode(padded)) { first, _ in first }
      } catch let failure as CryptoFailure {
        throw unreadable("masked forms do not open", subject: subject, kind: row.kind, failure)
      }
    }
    return MaskedIdentities(values)
  }
}
