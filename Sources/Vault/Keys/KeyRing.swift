import Contracts
import Core
import Store

/// The key-encryption keys, opened, and the data keys that they wrap in `vault_data_keys`.
///
/// Data keys stand in a table of their own, so that they can be backed up apart from the records and re-wrapped
/// without touching them.
final class KeyRing: Sendable {
  private let keys: [KeyEncryptionKey]
  private let library: CryptoLibrary
  /// The version under which new data keys are wrapped: the highest.
  let currentVersion: Int

  /// Opens every version in `vault_kek`, and makes the first one where there is none.
  ///
  /// - Throws: `Problem` `vault.kek-unreadable` when one does not open under the root key.
  init(root: borrowing RootKey, library: CryptoLibrary, now: Instant, in transaction: borrowing Transaction) throws {
    let wrappingKey = try root.key(for: .keyWrapping, library: library)
    var wrapped = try transaction.rows("SELECT version, wrapped FROM vault_kek ORDER BY version") { row in
      (version: try row.get(0) as Int, bytes: try row.get(1) as [UInt8])
    }
    if wrapped.isEmpty {
      let bytes = try library.seal(library.randomKey(), under: wrappingKey, binding: .keyEncryptionKey(version: 1))
      try transaction.run("INSERT INTO vault_kek (version, wrapped, created) VALUES (1, \(bytes), \(now))")
      wrapped = [(version: 1, bytes: bytes)]
    }
    var keys: [KeyEncryptionKey] = []
    for (version, bytes) in wrapped {
      guard let key = try? library.open(bytes, under: wrappingKey, binding: .keyEncryptionKey(version: version)),
        key.count == CryptoLibrary.keyByteCount
      else { throw Problem(.unavailable, "vault.kek-unreadable", ["version": String(version)]) }
      keys.append(KeyEncryptionKey(version: version, key: key))
    }
    self.keys = keys
    self.library = library
    currentVersion = keys.last?.version ?? 1
  }

  /// Makes a person's data key and keeps it wrapped under the present key-encryption key.
  func createDataKey(of subject: SubjectID, in transaction: borrowing Transaction) throws {
    let key = try DataKey(fresh: library)
    let wrapped = try keyEncryptionKey(currentVersion).wrap(key, of: subject, library: library)
    try transaction.run(
      """
      INSERT INTO vault_data_keys (subject, key_version, kek_version, wrapped)
      VALUES (\(subject), \(key.version), \(currentVersion), \(wrapped))
      """)
  }

  /// The person's data key; nil when there is no such person, or not any more.
  func dataKey(of subject: SubjectID, in transaction: borrowing Transaction) throws -> DataKey? {
    let row = try transaction.row(
      "SELECT key_version, kek_version, wrapped FROM vault_data_keys WHERE subject = \(subject)"
    ) { row in
      (keyVersion: try row.get(0) as Int, kekVersion: try row.get(1) as Int, wrapped: try row.get(2) as [UInt8])
    }
    guard let row else { return nil }
    return try keyEncryptionKey(row.kekVersion)
      .unwrap(row.wrapped, of: subject, keyVersion: row.keyVersion, library: library)
  }

  private func keyEncryptionKey(_ version: Int) throws(CryptoFailure) -> KeyEncryptionKey {
    // A row that names a version which was not there at start was changed by somebody else.
    guard let key = keys.first(where: { $0.version == version }) else { throw .notAuthentic }
    return key
  }
}
