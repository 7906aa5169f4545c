/// Base 32 of RFC 4648 (section 6), as the secrets of one-time codes are written. What people read aloud or type is written
/// in Crockford's instead.
public enum Base32 {
  private static let symbols = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)
  /// How many symbols more than whole groups of eight no bytes give.
  private static let impossibleCounts: Set<Int> = [1, 3, 6]

  /// The symbols of `bytes`.
  ///
  /// - Parameter isPadded: whether `=` fills the last group of eight up; the addresses of one-time codes want none.
  public static func text(_ bytes: some Collection<UInt8>, isPadded: Bool = true) -> String {
    var text: [UInt8] = []
    var (rest, bitCount): (UInt, Int) = (0, 0)
    for byte in bytes {
      (rest, bitCount) = (rest << 8 | UInt(byte), bitCount + 8)
      while bitCount >= 5 {
        bitCount -= 5
        text.append(symbols[Int(rest >> UInt(bitCount) & 31)])
      }
      rest &= 31
    }
    if bitCount > 0 { text.append(symbols[Int(rest << UInt(5 - bitCount) & 31)]) }
    while isPadded, !text.count.isMultiple(of: 8) { text.append(UInt8(ascii: "=")) }
    return String(decoding: text, as: UTF8.self)
  }

  /// The symbols of a secret, for the one page that shows it.
  public static func text(_ secret: borrowing SecretBytes, isPadded: Bool = true) -> String {
    unsafe secret.withBytes { bytes in unsafe text(bytes, isPadded: isPadded) }
  }

  /// The bytes that `text` has written, padded or not, in capitals or not; nil for anything else.
  public static func bytes(of text: String) -> [UInt8]? {
    let typed = text.utf8.prefix { $0 != UInt8(ascii: "=") }
    let padding = text.utf8.dropFirst(typed.count)
    guard padding.allSatisfy({ $0 == UInt8(ascii: "=") }),
      padding.isEmpty || padding.count < 8 && text.utf8.count.isMultiple(of: 8),
      !impossibleCounts.contains(typed.count % 8)
    else { return nil }
    var bytes: [UInt8] = []
    var (rest, bitCount): (UInt, Int) = (0, 0)
    for symbol in typed {
      guard let value = value(of: symbol) else { return nil }
      (rest, bitCount) = (rest << 5 | UInt(value), bitCount + 5)
      if bitCount >= 8 {
        bitCount -= 8
        bytes.append(UInt8(truncatingIfNeeded: rest >> UInt(bitCount)))
      }
      rest &= 255
    }
    // Spare bits that are set would be another spelling of the same bytes.
    return rest & (1 << UInt(bitCount) - 1) == 0 ? bytes : nil
  }

  private static func value(of symbol: UInt8) -> UInt8? {
    switch symbol {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): symbol - UInt8(ascii: "A")
    case UInt8(ascii: "a")...UInt8(ascii: "z"): symbol - UInt8(ascii: "a")
    case UInt8(ascii: "2")...UInt8(ascii: "7"): symbol - UInt8(ascii: "2") + 26
    default: nil
    }
  }
}
