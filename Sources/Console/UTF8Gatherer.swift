/// Gathers the bytes of one character that has several (RFC 3629): no overlong forms, no surrogates,
/// nothing above U+10FFFF.
struct UTF8Gatherer: Sendable {
  enum Step {
    case more
    case scalar(Unicode.Scalar)
    case broken
  }

  private var value: UInt32
  private var missing: Int
  private let lowest: UInt32

  /// Nil when no character begins with this byte.
  init?(lead: UInt8) {
    switch lead {
    case 0xC2...0xDF: (value, missing, lowest) = (UInt32(lead & 0x1F), 1, 0x80)
    case 0xE0...0xEF: (value, missing, lowest) = (UInt32(lead & 0x0F), 2, 0x800)
    case 0xF0...0xF4: (value, missing, lowest) = (UInt32(lead & 0x07), 3, 0x10000)
    default: return nil
    }
  }

  mutating func take(_ byte: UInt8) -> Step {
    guard byte & 0xC0 == 0x80 else { return .broken }
    value = value << 6 | UInt32(byte & 0x3F)
    missing -= 1
    guard missing == 0 else { return .more }
    guard value >= lowest, let scalar = Unicode.Scalar(value) else { return .broken }
    return .scalar(scalar)
  }
}
