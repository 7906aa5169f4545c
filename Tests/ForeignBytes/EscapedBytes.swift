/// Any bytes as one line of ASCII, so that findings stand in source and in terminals: `\n`, `\r`, `\t`, `\\`, and `\x1b` for
/// what cannot be seen.
public enum EscapedBytes {
  private static let named: [(byte: UInt8, letter: UInt8)] = [
    (0x0A, UInt8(ascii: "n")), (0x0D, UInt8(ascii: "r")), (0x09, UInt8(ascii: "t")),
    (UInt8(ascii: "\\"), UInt8(ascii: "\\")),
  ]
  private static let digits = Array("0123456789abcdef".utf8)

  public static func text(of bytes: some Sequence<UInt8>) -> String {
    var text: [UInt8] = []
    for byte in bytes {
      if let (_, letter) = named.first(where: { $0.byte == byte }) {
        text += [UInt8(ascii: "\\"), letter]
      } else if (0x20...0x7E).contains(byte) {
        text.append(byte)
      } else {
        text += [UInt8(ascii: "\\"), UInt8(ascii: "x"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The bytes that `text(of:)` wrote; what it does not write stands for itself.
  public static func bytes(of text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\"), let letter = rest.first else {
        bytes.append(byte)
        continue
      }
      if let (named, _) = named.first(where: { $0.letter == letter }) {
        bytes.append(named)
        rest = rest.dropFirst()
      } else if letter == UInt8(ascii: "x"), let code = UInt8(hex: rest.dropFirst().prefix(2)) {
        bytes.append(code)
        rest = rest.dropFirst(3)
      } else {
        bytes.append(byte)
      }
    }
    return bytes
  }
}

extension UInt8 {
  fileprivate init?(hex digits: ArraySlice<UInt8>) {
    guard digits.count == 2 else { return nil }
    self.init(String(decoding: digits, as: UTF8.self), radix: 16)
  }
}
