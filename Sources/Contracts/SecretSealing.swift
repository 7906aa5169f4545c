public import Crypto

/// Seals short secrets that a module must be able to read again, such as those of one-time codes, under a key that the
/// database does not hold, and makes some. There is one key a purpose, and it outlives a change of the root key. Provided by
/// the Vault.
public protocol SecretSealing: Sendable {
  /// Seals a secret.
  ///
  /// - Parameters:
  ///   - purpose: text of the source, by which the key is derived.
  ///   - associated: whose it is, so that rows cannot be exchanged.
  func seal(
    _ secret: borrowing SecretBytes, for purpose: StaticString, binding associated: AssociatedData
  ) throws -> [UInt8]

  /// Opens what `seal` has made.
  ///
  /// - Throws: `Problem` `vault.unreadable` for changed bytes, another purpose, or a secret that is another's.
  func open(
    _ sealed: [UInt8], for purpose: StaticString, binding associated: AssociatedData
  ) throws -> SecretBytes

  /// A secret that is the same each time for the same data, and tells nothing of that for any other.
  func derive(byteCount: Int, for purpose: StaticString, from associated: AssociatedData) throws -> SecretBytes
}
