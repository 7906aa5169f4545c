import Contracts
import Core
import Crypto

/// One version of the key under which people's data keys are wrapped.
final class KeyEncryptionKey: Sendable {
  let version: Int
  private let key: SecretBytes

  init(version: Int, key: consuming SecretBytes) {
    self.version = version
    self.key = key
  }

  /// This key as it is kept: wrapped under the root key's wrapping key, bound to its version.
  func wrapped(under wrappingKey: borrowing SecretBytes, library: CryptoLibrary) throws(CryptoFailure) -> [UInt8] {
    try library.seal(key, under: wrappingKey, binding: .keyEncryptionKey(version: version))
  }

  /// A data key as it is kept: bound to the person, this version and its own.
  func wrap(_ dataKey: borrowing DataKey, of subject: SubjectID, library: CryptoLibrary) throws(CryptoFailure)
    -> [UInt8]
  {
    try library.seal(
      dataKey.key, under: key,
      binding: .dataKey(of: subject, kekVersion: version, keyVersion: dataKey.version))
  }

  /// The data key that `wrap` wrapped.
  func unwrap(
    _ wrapped: [UInt8], of subject: SubjectID, keyVersion: Int, library: CryptoLibrary
  ) throws(CryptoFailure) -> DataKey {
    let key = try library.open(
      wrapped, under: key, binding: .dataKey(of: subject, kekVersion: version, keyVersion: keyVersion))
    return try DataKey(version: keyVersion, checking: key)
  }
}

/// The key under which one person's records are sealed.
struct DataKey: ~Copyable {
  let version: Int
  let key: SecretBytes

  /// A fresh one, of the first version.
  init(fresh library: CryptoLibrary) throws(CryptoFailure) {
    try self.init(version: 1, checking: library.randomKey())
  }

  init(version: Int, checking key: consuming SecretBytes) throws(CryptoFailure) {
    guard key.count == CryptoLibrary.keyByteCount else { throw .malformed }
    self.version = version
    self.key = key
  }
}

extension AssociatedData {
  /// What a wrapped key-encryption key belongs to.
  static func keyEncryptionKey(version: Int) -> Self { Self("gapura/v1/kek").adding(Int64(version)) }

  /// What a wrapped data key belongs to.
  static func dataKey(of subject: SubjectID, kekVersion: Int, keyVersion: Int) -> Self {
    Self("gapura/v1/data-key").adding(subject.rawValue).adding(Int64(kekVersion)).adding(Int64(keyVersion))
  }

  /// What a sealed record belongs to.
  static func record(of subject: SubjectID, kind: RecordKind, schemaVersion: Int, keyVersion: Int) -> Self {
    Self("gapura/v1/record").adding(subject.rawValue).adding(kind.rawValue).adding(Int64(schemaVersion))
      .adding(Int64(keyVersion))
  }

  /// What a record belongs to that has been corrected since: its place in the history, too.
  static func earlierRecord(
    of subject: SubjectID, kind: RecordKind, revision: Int, schemaVersion: Int, keyVersion: Int
  ) -> Self {
    Self("gapura/v1/earlier-record").adding(subject.rawValue).adding(kind.rawValue).adding(Int64(revision))
      .adding(Int64(schemaVersion)).adding(Int64(keyVersion))
  }
}
