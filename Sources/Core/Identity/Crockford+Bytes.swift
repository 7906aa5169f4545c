extension Crockford {
  /// Any bytes, five bits a symbol, most significant first; unused bits of the last symbol are 0.
  public static func encode(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count * 8 + 4) / 5)
    var (rest, bitCount): (UInt, Int) = (0, 0)
    for byte in bytes {
      (rest, bitCount) = (rest << 8 | UInt(byte), bitCount + 8)
      while bitCount >= 5 {
        bitCount -= 5
        text.append(symbol(rest >> UInt(bitCount) & 31))
      }
      rest &= 31
    }
    if bitCount > 0 { text.append(symbol(rest << UInt(5 - bitCount) & 31)) }
    return String(decoding: text, as: UTF8.self)
  }

  /// The bytes of `text`, typed as freely as other codes; nil when it is not what `encode` makes of any bytes.
  public static func bytes(of text: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    var (rest, bitCount): (UInt, Int) = (0, 0)
    for typed in text.utf8 where typed != UInt8(ascii: "-") && typed != UInt8(ascii: " ") {
      guard let digit = digit(typed, checkAllowed: false) else { return nil }
      (rest, bitCount) = (rest << 5 | UInt(digit), bitCount + 5)
      if bitCount >= 8 {
        bitCount -= 8
        bytes.append(UInt8(truncatingIfNeeded: rest >> UInt(bitCount)))
      }
      rest &= 255
    }
    // Five spare bits or more would be a symbol too many; spare bits that are set, another spelling.
    return bitCount < 5 && rest & (1 << UInt(bitCount) - 1) == 0 ? bytes : nil
  }
}
