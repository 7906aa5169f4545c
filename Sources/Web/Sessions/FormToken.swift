internal import Core
internal import Crypto

/// Proves that a form came from a page of ours that this browser was shown (CSRF): a code over the
/// visitor's cookie, under a key that outlives the process. Nothing is kept.
struct FormToken: Sendable {
  /// 128 bits.
  private static let byteCount = 16

  let signer: any RequestSigner

  let random: any RandomSource

  /// A token for the visitor's forms: random bytes, and the visitor's code mixed with them (exclusive or). So it looks
  /// different on every page, and the size of a packed page tells nothing of the code (BREACH).
  func token(for visitor: Visitor) -> String {
    let code = code(of: visitor)
    let mask = random.bytes(code.count)
    return Hexadecimal.text(mask + zip(mask, code).map { $0 ^ $1 })
  }

  /// Whether `sent` is one of the visitor's tokens. Takes as long for a wrong one as for a right one.
  func accepts(_ sent: String, from visitor: Visitor) -> Bool {
    guard !visitor.isNew, let bytes = Self.read(sent) else { return false }
    let code = zip(bytes[..<Self.byteCount], bytes[Self.byteCount...]).map { $0 ^ $1 }
    return CryptoLibrary.areEqual(code, self.code(of: visitor))
  }

  private func code(of visitor: Visitor) -> [UInt8] {
    Array(signer.sign(Array("form\u{0}\(visitor.identity)".utf8)).prefix(Self.byteCount))
  }

  /// The bytes of a token; nil for what is not as long or no hexadecimal number.
  private static func read(_ text: String) -> [UInt8]? {
    guard let bytes = Hexadecimal.bytes(of: text), bytes.count == byteCount * 2 else { return nil }
    return bytes
  }
}
