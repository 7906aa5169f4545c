/// The public key of a passkey, as COSE writes it (RFC 9053; WebAuthn Level 2, sections 5.8.5 and 6.5.1.1).
public struct CredentialKey: Equatable, Sendable {
  /// What it signs with, by COSE's number.
  public enum Algorithm: Int, CaseIterable, Sendable {
    /// ECDSA on P-256 over SHA-256.
    case es256 = -7
    /// Ed25519.
    case edDSA = -8
    /// RSASSA-PKCS1-v1_5 over SHA-256, of 2048 bits.
    case rs256 = -257
  }

  /// What it signs with.
  public let algorithm: Algorithm
  /// The key as its authenticator wrote it, to be kept.
  public let cose: [UInt8]
  /// The key as libfido2 takes it: both coordinates, the point, or the modulus and the exponent.
  let material: [UInt8]

  /// Reads a key.
  ///
  /// - Throws: `PasskeyFailure` `unsupportedKey` for another algorithm and for a key that is none; `malformed` for other
  ///   bytes.
  public init(cose bytes: [UInt8]) throws(PasskeyFailure) {
    try self.init(CBORReader.value(of: bytes), writtenAs: bytes)
  }

  init(_ value: CBORValue, writtenAs bytes: [UInt8]) throws(PasskeyFailure) {
    guard case .map = value else { throw .malformed }
    guard let number = value[3]?.number, let algorithm = Algorithm(rawValue: number),
      let material = Self.material(of: value, algorithm)
    else { throw .unsupportedKey }
    self.algorithm = algorithm
    self.material = material
    cose = bytes
    try FidoLibrary.check(self)
  }

  /// The parts of the key; nil where one is missing or of another length, or where there is more than the key.
  private static func material(of value: CBORValue, _ algorithm: Algorithm) -> [UInt8]? {
    let keys = Set(value.keys.map(\.number))
    switch algorithm {
    case .es256:
      guard keys == [1, 3, -1, -2, -3], value[1] == 2, value[-1] == 1, let x = value[-2]?.bytes(count: 32),
        let y = value[-3]?.bytes(count: 32)
      else { return nil }
      return x + y
    case .edDSA:
      guard keys == [1, 3, -1, -2], value[1] == 1, value[-1] == 6 else { return nil }
      return value[-2]?.bytes(count: 32)
    case .rs256:
      // Both ends of the modulus set: 2048 bits, and odd as every product of odd primes.
      guard keys == [1, 3, -1, -2], value[1] == 3, let modulus = value[-1]?.bytes(count: 256), modulus[0] >= 0x80,
        modulus[255] & 1 == 1, let exponent = value[-2]?.bytes(count: 3), exponent == [1, 0, 1]
      else { return nil }
      return modulus + exponent
    }
  }
}
