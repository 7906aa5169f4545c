/// Crockford's base 32 with its check symbol (modulus 37), as printed at crockford.com/base32.html.
///
/// Letters that look like digits are read as those digits (`O` as 0, `I` and `L` as 1), case and
/// hyphens do not matter, and one wrong or swapped symbol is found by the check symbol.
public enum Crockford {
  private static let symbols = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U".utf8)

  /// The symbols of `value`, most significant first, padded with zeros to `length`.
  public static func encode(_ value: UInt64, length: Int) -> String {
    precondition(length > 0 && length <= 13, "a 64-bit value has at most 13 symbols")
    var digits = [UInt8](repeating: symbols[0], count: length)
    var rest = value
    for place in stride(from: length - 1, through: 0, by: -1) {
      digits[place] = symbols[Int(rest & 31)]
      rest >>= 5
    }
    precondition(rest == 0, "value does not fit in \(length) symbols")
    return String(decoding: digits, as: UTF8.self)
  }

  /// `encode` with the check symbol appended.
  public static func encodeWithCheck(_ value: UInt64, length: Int) -> String {
    encode(value, length: length) + String(decoding: [symbols[Int(value % 37)]], as: UTF8.self)
  }

  /// The value of `text`, whose last symbol is the check symbol; nil when it is no such number.
  ///
  /// `length` counts the symbols without the check symbol.
  public static func decodeWithCheck(_ text: String, length: Int) -> UInt64? {
    let digits = text.utf8.filter { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: " ") }
    guard digits.count == length + 1, let check = digits.last.flatMap({ digit($0, checkAllowed: true) }) else {
      return nil
    }
    var value: UInt64 = 0
    for symbol in digits.dropLast() {
      guard let digit = digit(symbol, checkAllowed: false) else { return nil }
      value = value << 5 | UInt64(digit)
    }
    return value % 37 == UInt64(check) ? value : nil
  }

  /// The symbols of what a person typed, as they are printed: upper case, without hyphens and
  /// spaces, look-alikes as the digits they stand for; nil when there is anything else in it.
  public static func normalised(_ text: String) -> String? {
    var normal: [UInt8] = []
    for symbol in text.utf8 where symbol != UInt8(ascii: "-") && symbol != UInt8(ascii: " ") {
      guard let digit = digit(symbol, checkAllowed: false) else { return nil }
      normal.append(symbols[digit])
    }
    return String(decoding: normal, as: UTF8.self)
  }

  /// The symbol of a digit below 32.
  static func symbol(_ digit: UInt) -> UInt8 { symbols[Int(digit)] }

  static func digit(_ symbol: UInt8, checkAllowed: Bool) -> Int? {
    let upper = symbol >= UInt8(ascii: "a") && symbol <= UInt8(ascii: "z") ? symbol - 32 : symbol
    switch upper {
    case UInt8(ascii: "O"): return 0
    case UInt8(ascii: "I"), UInt8(ascii: "L"): return 1
    default:
      guard let place = symbols.firstIndex(of: upper) else { return nil }
      return place < 32 || checkAllowed ? place : nil
    }
  }
}
