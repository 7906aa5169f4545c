/// What an authenticator gives with a new key (WebAuthn Level 2, section 6.5.4), where nothing was asked about itself.
struct AttestationObject: Equatable, Sendable {
  private static let byteCountMax = 8192

  let authenticatorData: AuthenticatorData

  /// - Throws: `PasskeyFailure` `attested` where a maker vouches for it: that says which model a person has, and was not asked
  ///   for. What a key signs of itself passes; browsers leave it as it is (section 5.1.3, step 21), and it is not believed.
  init(_ bytes: [UInt8]) throws(PasskeyFailure) {
    guard bytes.count <= Self.byteCountMax else { throw .malformed }
    let value = try CBORReader.value(of: bytes)
    guard value.keys.count == 3, case .text(let format) = value["fmt"], let statement = value["attStmt"],
      case .map(let entries) = statement, case .bytes(let data) = value["authData"]
    else { throw .malformed }
    switch format {
    case "none": guard entries.isEmpty else { throw .malformed }
    case "packed": guard statement["x5c"] == nil else { throw .attested }
    default: throw .attested
    }
    authenticatorData = try AuthenticatorData(data)
  }
}
