/// Fingerprints that all can compute for themselves, without a key. Provided by the Vault.
public protocol PublicDigest: Sendable {
  /// SHA-256 (FIPS 180-4) of `message`.
  func sha256(_ message: [UInt8]) throws -> [UInt8]
}
