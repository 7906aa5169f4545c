public import Core
import Crypto

/// Proof that a person may see and do what a number names, for a short time: what a signed cookie holds.
///
/// `NUMBER.EXPIRY.MAC`; several of them, such as a family's, with `~` between. Nothing is kept on the server, and a
/// stolen one opens its case until it expires.
public struct CasePass: Sendable {
  /// 128 bits.
  private static let macByteCount = 16
  /// A family's; more would not fit into a cookie beside others.
  private static let countMax = 8

  let hash: any KeyedHash
  let clock: any WallClock
  let purpose: StaticString
  /// How long it holds.
  public let lifetime: Duration

  /// - Parameter purpose: what it opens; a pass for one purpose is none for another.
  public init(hash: any KeyedHash, clock: any WallClock, for purpose: StaticString, lifetime: Duration) {
    self.hash = hash
    self.clock = clock
    self.purpose = purpose
    self.lifetime = lifetime
  }

  /// A pass for the number from now on: letters, digits, dots and `~`.
  ///
  /// - Parameter earlier: the passes that the browser has; those for other numbers that still hold are kept, the latest
  ///   first.
  public func issue<Kind>(for number: CaseNumber<Kind>, besides earlier: String? = nil) -> String {
    let expiry = clock.now + lifetime
    let kept = passes(in: earlier).filter { text in
      self.number(of: text, Kind.self).map { $0 != number && isPass(text, for: $0, issuedWithin: nil) } ?? false
    }
    let own = "\(number.value).\(expiry.milliseconds).\(mac(number, expiry))"
    return ([own] + kept.prefix(Self.countMax - 1)).joined(separator: "~")
  }

  /// Whether there is a pass for the number in `text` that still holds.
  ///
  /// - Parameter age: it was issued no longer ago than that; nil takes it for as long as it holds.
  public func holds<Kind>(_ text: String?, for number: CaseNumber<Kind>, issuedWithin age: Duration? = nil) -> Bool {
    passes(in: text).contains { isPass($0, for: number, issuedWithin: age) }
  }

  /// The numbers for which there are passes in `text` that still hold.
  public func numbers<Kind: NumberedKind>(in text: String?, of kind: Kind.Type) -> [CaseNumber<Kind>] {
    passes(in: text).compactMap { pass in
      number(of: pass, kind).flatMap { isPass(pass, for: $0, issuedWithin: nil) ? $0 : nil }
    }
  }

  private func passes(in text: String?) -> [String] {
    (text ?? "").split(separator: "~").prefix(Self.countMax).map(String.init)
  }

  private func number<Kind: NumberedKind>(of pass: String, _ kind: Kind.Type) -> CaseNumber<Kind>? {
    pass.split(separator: ".").first.flatMap { CaseNumber<Kind>(String($0)) }
  }

  private func isPass<Kind>(_ text: String, for number: CaseNumber<Kind>, issuedWithin age: Duration?) -> Bool {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == String(number.value), let milliseconds = Int64(parts[1]) else { return false }
    let expiry = Instant(milliseconds: milliseconds)
    guard clock.now < expiry, expiry - clock.now <= lifetime else { return false }
    if let age, clock.now - (expiry - lifetime) > age { return false }
    let (sent, right) = (Array(parts[2].utf8), Array(mac(number, expiry).utf8))
    return CryptoLibrary.areEqual(sent, right)
  }

  private func mac<Kind>(_ number: CaseNumber<Kind>, _ expiry: Instant) -> String {
    let message = Array("\(number.value).\(expiry.milliseconds)".utf8)
    return Hexadecimal.text(hash.authenticate(message, for: purpose).prefix(Self.macByteCount))
  }
}
