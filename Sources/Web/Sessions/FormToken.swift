/// Proves that a form came from a page of ours that this browser was shown (CSRF): a code over the
/// visitor's cookie, under a key that outlives the process. Nothing is kept.
struct FormToken: Sendable {
  /// 128 bits.
  private static let byteCount = 16

  let signer: any RequestSigner

  /// The token for the visitor's forms.
  func token(for visitor: Visitor) -> String {
    let code = signer.sign(Array("form\u{0}\(visitor.identity)".utf8)).prefix(Self.byteCount)
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: code.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// Whether `sent` is the visitor's token. Takes as long for a wrong one as for a right one.
  func accepts(_ sent: String, from visitor: Visitor) -> Bool {
    guard !visitor.isNew else { return false }
    let right = Array(token(for: visitor).utf8)
    let sent = Array(sent.utf8)
    guard sent.count == right.count else { return false }
    return zip(sent, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }
}
