public import Core
internal import Crypto

/// What shows one-time codes on an officer's phone: it was given the secret by a page, and reckons by its own clock.
public struct AuthenticatorApp: Sendable {
  /// Why it takes no secret.
  public struct Unreadable: Error {}

  private let key: AuthenticationKey

  /// Reads the secret that a page shows as text.
  public init(showing page: String) throws {
    guard let shown = page.firstMatch(of: /(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}/),
      let bytes = Base32.bytes(of: shown.output.filter { $0 != " " })
    else { throw Unreadable() }
    let secret = unsafe SecretBytes.filled(count: bytes.count) { unsafe $0.copyBytes(from: bytes) }
    key = try AuthenticationKey(secret, hash: .sha1, library: CryptoLibrary())
  }

  /// The code that it shows then: RFC 6238, written down once more, apart from the product.
  public func code(at moment: Instant) throws -> String {
    var counter = UInt64(moment.milliseconds / 30_000).bigEndian
    let message = unsafe withUnsafeBytes(of: &counter) { unsafe Array($0) }
    let mac = try key.authenticate(message)
    let start = Int(mac[19] & 0x0f)
    let number = mac[start..<start + 4].reduce(0) { ($0 << 8) + Int($1) } & 0x7fff_ffff
    return String(String(number % 1_000_000 + 1_000_000).dropFirst())
  }
}
