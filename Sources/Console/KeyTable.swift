/// What the sequences mean: xterm's ctlseqs and console_codes(4).
enum KeyTable {
  /// After `ESC O`: function keys, cursor keys and the number pad in application mode.
  static let singleShift: [UInt8: Key] = {
    var table: [UInt8: Key] = [:]
    for (letter, key) in named { table[letter] = key }
    for digit in UInt8(0)...9 {
      table[UInt8(ascii: "p") + digit] = .character(Character(Unicode.Scalar(UInt8(ascii: "0") + digit)))
    }
    table[UInt8(ascii: "M")] = .enter
    table[UInt8(ascii: "I")] = .tab
    for (letter, character) in [("j", "*"), ("k", "+"), ("l", ","), ("m", "-"), ("n", "."), ("o", "/"), ("X", "=")]
      as [(Unicode.Scalar, Character)]
    {
      table[UInt8(ascii: letter)] = .character(character)
    }
    table[UInt8(ascii: " ")] = .character(" ")
    return table
  }()

  private static let named: [(UInt8, Key)] = [
    (UInt8(ascii: "A"), .up), (UInt8(ascii: "B"), .down), (UInt8(ascii: "C"), .right), (UInt8(ascii: "D"), .left),
    (UInt8(ascii: "H"), .home), (UInt8(ascii: "F"), .end), (UInt8(ascii: "P"), .function(1)),
    (UInt8(ascii: "Q"), .function(2)), (UInt8(ascii: "R"), .function(3)), (UInt8(ascii: "S"), .function(4)),
  ]

  private static let numbered: [Int: Key] = [
    1: .home, 2: .insert, 3: .delete, 4: .end, 5: .pageUp, 6: .pageDown, 7: .home, 8: .end,
    11: .function(1), 12: .function(2), 13: .function(3), 14: .function(4), 15: .function(5), 17: .function(6),
    18: .function(7), 19: .function(8), 20: .function(9), 21: .function(10), 23: .function(11), 24: .function(12),
    25: .function(13), 26: .function(14), 28: .function(15), 29: .function(16), 31: .function(17),
    32: .function(18), 33: .function(19), 34: .function(20),
  ]

  /// The key of `ESC [ parameters final`. Modifiers (`;5`) are not told apart. The marks around
  /// pasted text (200 and 201) are no keys.
  static func key(final: UInt8, parameters: [UInt8]) -> Key? {
    let digits = parameters.prefix { $0 != UInt8(ascii: ";") }
    guard parameters.allSatisfy({ (0x30...0x39).contains($0) || $0 == UInt8(ascii: ";") }) else { return nil }
    if final == UInt8(ascii: "~") { return Int(String(decoding: digits, as: UTF8.self)).flatMap { numbered[$0] } }
    if final == UInt8(ascii: "Z") { return .backTab }
    return named.first { $0.0 == final }?.1
  }
}
