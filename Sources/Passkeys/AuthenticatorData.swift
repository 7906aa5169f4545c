/// What an authenticator says and signs (WebAuthn Level 2, section 6.1).
struct AuthenticatorData: Equatable, Sendable {
  /// What it says of the person and of the key.
  struct Flags: OptionSet, Sendable {
    let rawValue: UInt8

    /// A person has touched it.
    static let present = Flags(rawValue: 0x01)
    /// It has made sure whose hand that was, by a PIN or a finger.
    static let verified = Flags(rawValue: 0x04)
    /// The key may be copied to further devices of the same person (Level 3).
    static let backupEligible = Flags(rawValue: 0x08)
    /// It has been.
    static let backedUp = Flags(rawValue: 0x10)
    /// A new key follows.
    static let attested = Flags(rawValue: 0x40)
    /// Answers to extensions follow.
    static let extended = Flags(rawValue: 0x80)
  }

  private static let partyHashByteCount = 32
  private static let headByteCount = 37
  /// A key of RSA, an identifier of the greatest length and answers to extensions are half of it.
  private static let byteCountMax = 4096

  /// SHA-256 of the site for which the key is.
  let partyHash: [UInt8]
  let flags: Flags
  /// How often the key has signed; 0 of an authenticator that does not count.
  let signCount: UInt32
  /// The new key; nil where an existing one is shown.
  let attested: AttestedCredential?

  init(_ bytes: [UInt8]) throws(PasskeyFailure) {
    guard (Self.headByteCount...Self.byteCountMax).contains(bytes.count) else { throw .malformed }
    partyHash = Array(bytes[..<Self.partyHashByteCount])
    flags = Flags(rawValue: bytes[Self.partyHashByteCount])
    signCount = bytes[(Self.partyHashByteCount + 1)..<Self.headByteCount].reduce(0) { $0 << 8 | UInt32($1) }
    guard flags.contains(.backupEligible) || !flags.contains(.backedUp) else { throw .malformed }
    var position = Self.headByteCount
    var attested: AttestedCredential?
    if flags.contains(.attested) { attested = try AttestedCredential(bytes, &position) }
    self.attested = attested
    if flags.contains(.extended) {
      var reader = CBORReader(bytes, from: position)
      guard case .map = try reader.next() else { throw .malformed }
      position = reader.position
    }
    guard position == bytes.count else { throw .malformed }
  }
}

/// A new key within an authenticator's data (WebAuthn Level 2, section 6.5.1).
struct AttestedCredential: Equatable, Sendable {
  private static let modelByteCount = 16
  private static let idByteCountMax = 1023

  /// By which the authenticator finds the key again.
  let id: [UInt8]
  let key: CredentialKey

  /// - Parameter position: where it begins; afterwards where it ends.
  init(_ bytes: [UInt8], _ position: inout Int) throws(PasskeyFailure) {
    // The authenticator's model comes first, which nothing here depends on.
    let idLength = position + Self.modelByteCount
    guard bytes.count >= idLength + 2 else { throw .malformed }
    let idByteCount = Int(bytes[idLength]) << 8 | Int(bytes[idLength + 1])
    let keyStart = idLength + 2 + idByteCount
    guard (1...Self.idByteCountMax).contains(idByteCount), bytes.count >= keyStart else { throw .malformed }
    id = Array(bytes[(idLength + 2)..<keyStart])
    var reader = CBORReader(bytes, from: keyStart)
    let value = try reader.next()
    key = try CredentialKey(value, writtenAs: Array(bytes[keyStart..<reader.position]))
    position = reader.position
  }
}
