internal import CUtf8proc

/// The normal forms of Unicode (Standard Annex 15), by utf8proc: the tables behind them are not ours to write.
enum NormalForm {
  /// NFC: `e` and a combining acute become one `é`.
  static func canonical(_ text: String) -> String {
    // What lies below the first combining mark is composed already.
    if text.unicodeScalars.allSatisfy({ $0.value < 0x300 }) { return text }
    return mapped(text, UTF8PROC_STABLE.rawValue | UTF8PROC_COMPOSE.rawValue)
  }

  /// Full-width and half-width forms as the letters that they stand for (the width mapping of RFC 8264, section
  /// 5.2.1), and NFC.
  static func widthMapped(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isWidthForm) else { return canonical(text) }
    let compatible = UTF8PROC_STABLE.rawValue | UTF8PROC_COMPOSE.rawValue | UTF8PROC_COMPAT.rawValue
    var result = ""
    var forms = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if isWidthForm(scalar) && scalar != fullWidthMacron {
        forms.append(scalar)
      } else {
        if !forms.isEmpty { result += mapped(String(forms), compatible) }
        forms = String.UnicodeScalarView()
        result.unicodeScalars.append(scalar == fullWidthMacron ? "\u{AF}" : scalar)
      }
    }
    if !forms.isEmpty { result += mapped(String(forms), compatible) }
    return canonical(result)
  }

  /// It stands for a macron, which has a compatible form of its own: a space and an accent.
  private static let fullWidthMacron: Unicode.Scalar = "\u{FFE3}"

  /// The block of half-width and full-width forms.
  private static func isWidthForm(_ scalar: Unicode.Scalar) -> Bool { (0xFF01...0xFFEE).contains(scalar.value) }

  private static func mapped(_ text: String, _ options: UInt32) -> String {
    var bytes = Array(text.utf8)
    var result: UnsafeMutablePointer<UInt8>?
    let count = unsafe utf8proc_map(&bytes, bytes.count, &result, utf8proc_option_t(rawValue: options))
    defer { unsafe free(result) }
    // It fails only without memory, for a String is always well-formed.
    guard count >= 0, let start = unsafe result else { return text }
    return unsafe String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  }
}
