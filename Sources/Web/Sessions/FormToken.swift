internal import Core

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
    return Self.written(mask + zip(mask, code).map { $0 ^ $1 })
  }

  /// Whether `sent` is one of the visitor's tokens. Takes as long for a wrong one as for a right one.
  func accepts(_ sent: String, from visitor: Visitor) -> Bool {
    guard !visitor.isNew, let bytes = Self.read(sent) else { return false }
    let code = zip(bytes[..<Self.byteCount], bytes[Self.byteCount...]).map { $0 ^ $1 }
    return zip(code, self.code(of: visitor)).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }

  private func code(of visitor: Visitor) -> [UInt8] {
    Array(signer.sign(Array("form\u{0}\(visitor.identity)".utf8)).prefix(Self.byteCount))
  }

  private static func written(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// The bytes of a token; nil for what is not as long or no hexadecimal number.
  private static func read(_ text: String) -> [UInt8]? {
    let digits = text.utf8.compactMap { digit -> UInt8? in
      switch digit {
      case 0x30...0x39: digit - 0x30
      case 0x61...0x66: digit - 0x61 + 10
      default: nil
      }
    }
    guard digits.count == text.utf8.count, digits.count == byteCount * 4 else { return nil }
    return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }
}
