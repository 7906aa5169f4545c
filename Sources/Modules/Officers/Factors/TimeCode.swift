internal import Core
internal import Crypto

/// Codes of six digits that change every half a minute, as authenticator apps show them: TOTP (RFC 6238) with HMAC-SHA-1.
enum TimeCode {
  static let digitCount = 6
  /// How long an app shows a code (RFC 6238, section 4.1).
  static let period = Duration.seconds(30)
  /// 160 bits (RFC 4226, section 4, R6).
  static let secretByteCount = 20
  /// By how many periods a phone's clock may differ from the office's (RFC 6238, section 6).
  static let driftMax: Int64 = 1

  /// The period in which a moment lies, counted from 1970.
  static func step(at moment: Instant) -> Int64 { moment.milliseconds / period.milliseconds }

  /// The code of a period: HOTP with its number as counter (RFC 4226, section 5.3).
  static func code(of step: Int64, under key: AuthenticationKey) throws -> String {
    let message = stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: step >> Int64($0)) }
    let mac = try key.authenticate(message)
    let offset = Int(mac[mac.count - 1] & 15)
    let word = mac[offset..<(offset + 4)].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7fff_ffff
    let digits = String(word % 1_000_000)
    return String(repeating: "0", count: digitCount - digits.count) + digits
  }

  /// The period whose code was typed; nil for a wrong code, and for one of a period that has been used up.
  ///
  /// - Parameter last: the latest period of which a code was taken. One that lies in the future was written on a wrong date,
  ///   and would refuse every code until then.
  static func step(
    of typed: String, under key: AuthenticationKey, at now: Instant, after last: Int64?
  ) throws -> Int64? {
    let present = step(at: now)
    let used = last.flatMap { $0 <= step(at: .latest(at: now)) ? $0 : nil } ?? .min
    var found: Int64?
    // All of them, so that the time taken does not tell which one it was.
    for step in (present - driftMax)...(present + driftMax) {
      let isSame = CryptoLibrary.areEqual(Array(typed.utf8), Array(try code(of: step, under: key).utf8))
      if isSame, step > used { found = step }
    }
    return found
  }

  /// Whether a text looks like such a code.
  static func isShaped(_ text: String) -> Bool {
    text.utf8.count == digitCount && text.allSatisfy { $0.isASCII && $0.isNumber }
  }
}
