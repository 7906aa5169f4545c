/// Base 64 with the alphabet for addresses and without padding (RFC 4648, section 5), as WebAuthn has it in JSON.
public enum Base64URL {
  private static let symbols = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

  /// The symbols of `bytes`.
  public static func text(_ bytes: some Collection<UInt8>) -> String {
    var text: [UInt8] = []
    var (rest, bitCount): (UInt, Int) = (0, 0)
    for byte in bytes {
      (rest, bitCount) = (rest << 8 | UInt(byte), bitCount + 8)
      while bitCount >= 6 {
        bitCount -= 6
        text.append(symbols[Int(rest >> UInt(bitCount) & 63)])
      }
      rest &= 63
    }
    if bitCount > 0 { text.append(symbols[Int(rest << UInt(6 - bitCount) & 63)]) }
    return String(decoding: text, as: UTF8.self)
  }

  /// The bytes that `text` has written; nil for anything else, also for another spelling of the same bytes.
  public static func bytes(of text: String) -> [UInt8]? {
    guard text.utf8.count % 4 != 1 else { return nil }
    var bytes: [UInt8] = []
    var (rest, bitCount): (UInt, Int) = (0, 0)
    for symbol in text.utf8 {
      guard let value = value(of: symbol) else { return nil }
      (rest, bitCount) = (rest << 6 | UInt(value), bitCount + 6)
      if bitCount >= 8 {
        bitCount -= 8
        bytes.append(UInt8(truncatingIfNeeded: rest >> UInt(bitCount)))
      }
      rest &= 255
    }
    return rest & (1 << UInt(bitCount) - 1) == 0 ? bytes : nil
  }

  private static func value(of symbol: UInt8) -> UInt8? {
    switch symbol {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): symbol - UInt8(ascii: "A")
    case UInt8(ascii: "a")...UInt8(ascii: "z"): symbol - UInt8(ascii: "a") + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): symbol - UInt8(ascii: "0") + 52
    case UInt8(ascii: "-"): 62
    case UInt8(ascii: "_"): 63
    default: nil
    }
  }
}
