/// Finds the names of a PDF (ISO 32000-2, section 7.3.5) that stand for something that may run: scripts, commands, files
/// and players inside the document. A name may be written with `#` and two hexadecimal digits for any of its characters.
struct PDFNames: Sendable {
  private static let active: Set<[UInt8]> = Set(
    ["JavaScript", "Launch", "EmbeddedFile", "EmbeddedFiles", "RichMedia"].map { Array($0.utf8) })
  private static let characterCountMax = 16

  /// The name that is being read, without its slash; nil between names.
  private var name: [UInt8]?
  /// The digits after a `#` that have come so far.
  private var escape: [UInt8]?

  /// Takes the next bytes.
  ///
  /// - Returns: whether an active name has ended in them.
  mutating func findActive(in bytes: UnsafeRawBufferPointer) -> Bool {
    for index in bytes.indices {
      let byte = unsafe bytes[index]
      if byte == UInt8(ascii: "/") {
        if isActive { return true }
        (name, escape) = ([], nil)
      } else if name != nil {
        if Self.isDelimiter(byte) {
          if isActive { return true }
          (name, escape) = (nil, nil)
        } else {
          take(byte)
        }
      }
    }
    return false
  }

  private var isActive: Bool { name.map(Self.active.contains) ?? false }

  private mutating func take(_ byte: UInt8) {
    if var digits = escape {
      digits.append(byte)
      guard digits.count == 2 else { return escape = digits }
      escape = nil
      append(UInt8(String(decoding: digits, as: UTF8.self), radix: 16) ?? 0)
    } else if byte == UInt8(ascii: "#") {
      escape = []
    } else {
      append(byte)
    }
  }

  private mutating func append(_ byte: UInt8) {
    guard let count = name?.count, count < Self.characterCountMax else {
      // Longer than any of them.
      name = nil
      return
    }
    name?.append(byte)
  }

  /// White space and delimiters (tables 1 and 2).
  private static func isDelimiter(_ byte: UInt8) -> Bool {
    switch byte {
    case 0, 9, 10, 12, 13, 32: true
    case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "["),
      UInt8(ascii: "]"),
      UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "%"):
      true
    default: false
    }
  }
}
