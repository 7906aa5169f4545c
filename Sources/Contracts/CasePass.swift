public import Core

/// Proof that somebody may see and do what one number names, for a short time: what a signed cookie holds.
///
/// `NUMBER.EXPIRY.MAC`. Nothing is kept on the server, and a stolen one opens one case until it expires.
public struct CasePass: Sendable {
  /// 128 bits.
  private static let macByteCount = 16

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

  /// A pass for the number from now on: letters, digits and dots.
  public func issue<Kind>(for number: CaseNumber<Kind>) -> String {
    let expiry = clock.now + lifetime
    return "\(number.value).\(expiry.milliseconds).\(mac(number, expiry))"
  }

  /// Whether `text` is a pass for the number that still holds.
  ///
  /// - Parameter age: it was issued no longer ago than that; nil takes it for as long as it holds.
  public func holds<Kind>(_ text: String?, for number: CaseNumber<Kind>, issuedWithin age: Duration? = nil) -> Bool {
    let parts = (text ?? "").split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == String(number.value), let milliseconds = Int64(parts[1]) else { return false }
    let expiry = Instant(milliseconds: milliseconds)
    guard clock.now < expiry, expiry - clock.now <= lifetime else { return false }
    if let age, clock.now - (expiry - lifetime) > age { return false }
    let (sent, right) = (Array(parts[2].utf8), Array(mac(number, expiry).utf8))
    guard sent.count == right.count else { return false }
    return zip(sent, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }

  private func mac<Kind>(_ number: CaseNumber<Kind>, _ expiry: Instant) -> String {
    let message = Array("\(number.value).\(expiry.milliseconds)".utf8)
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: hash.authenticate(message, for: purpose).prefix(Self.macByteCount)
        .flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
