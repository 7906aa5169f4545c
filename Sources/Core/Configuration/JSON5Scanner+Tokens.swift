// White space, comments, texts, numbers and words of JSON5.
extension JSON5Scanner {
  /// Steps over white space and comments.
  mutating func skipSpace() throws(JSON5Fault) {
    while let byte = peek {
      if Self.isSpace(byte) {
        offset += 1
      } else if let wide = wideSpace {
        // Foundation's decoder takes a byte order mark at the very beginning only, and no other space of JSON5's.
        guard offset == 0, wide == "\u{FEFF}" else {
          throw fault("the space U+\(Self.code(wide)) stands here, which only looks like one", "Type a plain space.")
        }
        offset += 3
      } else if byte == UInt8(ascii: "/") {
        try comment()
      } else {
        return
      }
    }
  }

  private mutating func comment() throws(JSON5Fault) {
    let start = offset
    let next = offset + 1 < bytes.count ? bytes[offset + 1] : nil
    if next == UInt8(ascii: "/") {
      skip { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
    } else if next == UInt8(ascii: "*") {
      offset += 2
      while offset + 1 < bytes.count, bytes[offset] != UInt8(ascii: "*") || bytes[offset + 1] != UInt8(ascii: "/") {
        offset += 1
      }
      guard offset + 1 < bytes.count else {
        throw fault(at: start, "this comment is never closed", "Write */ at its end.")
      }
      offset += 2
    } else {
      throw fault("a single / means nothing here", "Write // before a comment.")
    }
  }

  /// A text in single or double quotes, without them.
  mutating func text() throws(JSON5Fault) -> String {
    let start = offset
    let quote = bytes[offset]
    offset += 1
    var content: [UInt8] = []
    while let byte = peek, byte != quote {
      if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { break }
      if byte == UInt8(ascii: "\\") {
        content += Array(try escape().utf8)
      } else if byte == UInt8(ascii: "\t") {
        throw fault("a tab stands in this text", "Write \\t, or spaces.")
      } else {
        content.append(byte)
        offset += 1
      }
    }
    guard peek == quote else {
      let mark = String(decoding: [quote], as: UTF8.self)
      throw fault(at: start, "this text is not closed on its line", "Write \(mark) at its end.")
    }
    offset += 1
    let written = String(decoding: content, as: UTF8.self)
    if let hidden = written.unicodeScalars.first(where: Self.isHidden) {
      throw fault(
        at: start, "this text holds the character U+\(Self.code(hidden)), which nobody sees", "Type the text anew.")
    }
    return written
  }

  /// Controls, and what is invisible and would turn other words round, break a word that is looked for, or make two
  /// names of one. Joiners and variation selectors belong to some writings.
  private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "\n", "\t", "\u{200C}", "\u{200D}": false
    default:
      scalar.properties.generalCategory == .control
        || scalar.properties.isDefaultIgnorableCodePoint && !scalar.properties.isVariationSelector
    }
  }

  private static func code(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  private mutating func escape() throws(JSON5Fault) -> String {
    let start = offset
    offset += 1
    guard let byte = peek else { return "" }
    offset += 1
    switch byte {
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "v"): return "\u{B}"
    case UInt8(ascii: "0"): return "\0"
    case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
      // JSON5 would go on with the next line, but Foundation's decoder leaves the line break in the text.
      throw fault(at: start, "a text cannot go on on the next line", "Write the whole text on one line.")
    case UInt8(ascii: "u"): return String(Character(try scalar(from: start)))
    case UInt8(ascii: "x"): return String(Character(Unicode.Scalar(UInt8(try codeUnit(digits: 2, from: start)))))
    // Taken here, so that a quote does not end the text and a backslash begins no other escape.
    case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "\\"), UInt8(ascii: "/"):
      return String(Character(Unicode.Scalar(byte)))
    case UInt8(ascii: "1")...UInt8(ascii: "9"):
      throw fault(at: start, "a \\ before a digit means nothing", "Write \\\\ for a backslash.")
    default:
      offset -= 1
      let meaningless = characterInWords
      throw fault(at: start, "a \\ before \(meaningless) means nothing", "Write \\\\ for a backslash.")
    }
  }

  /// What four digits name, or eight in two escapes: above U+FFFF a character is written as two halves.
  private mutating func scalar(from start: Int) throws(JSON5Fault) -> Unicode.Scalar {
    let first = try codeUnit(digits: 4, from: start)
    if let scalar = Unicode.Scalar(first) { return scalar }
    var pair = [UInt16(first)]
    if bytes[offset...].starts(with: "\\u".utf8) {
      offset += 2
      pair.append(UInt16(try codeUnit(digits: 4, from: start)))
    }
    guard let text = String(validating: pair, as: UTF16.self), let scalar = text.unicodeScalars.first else {
      throw fault(at: start, "this is only half of a character", "Write the character itself.")
    }
    return scalar
  }

  private mutating func codeUnit(digits: Int, from start: Int) throws(JSON5Fault) -> UInt32 {
    let text = String(decoding: bytes[offset...].prefix(digits), as: UTF8.self)
    guard text.utf8.count == digits, text.utf8.allSatisfy(Self.isHexDigit), let code = UInt32(text, radix: 16) else {
      throw fault(at: start, "\(digits) hexadecimal digits should follow here", "Write \\\\ for a backslash.")
    }
    offset += digits
    return code
  }

  /// A number; its value is the decoder's business.
  mutating func number() throws(JSON5Fault) {
    let start = offset
    if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { offset += 1 }
    skip(while: Self.isInsideNumber)
    // The sign of an exponent.
    if bytes[offset - 1] | 0x20 == UInt8(ascii: "e"), peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") {
      offset += 1
      skip(while: Self.isInsideNumber)
    }
    let written = String(decoding: bytes[start..<offset], as: UTF8.self)
    if let meant = Self.ungrouped(written) {
      throw fault(
        at: start, "\(written) is no whole number in digits",
        "Write \(meant), without points between the thousands.")
    }
    guard Self.isNumber(written) else {
      throw fault(
        at: start, "\(written) is not a number", "Write digits only, such as 650000, or put a text in quotes.")
    }
    // Nothing in a configuration is a fraction, and to many readers a point groups thousands: 950.000 would be 950.
    guard written.utf8.allSatisfy({ Self.isDigit($0) || $0 == UInt8(ascii: "-") }) else {
      throw fault(
        at: start, "\(written) is no whole number in digits", "Write digits only, such as 650000.")
    }
    // The decoder would refuse it without saying where.
    guard Int64(written) != nil else {
      throw fault(at: start, "\(written) is too large a number", "The largest one is \(Int64.max).")
    }
  }

  /// `950.000` and `1.950.000` without the points; nil where no thousands are grouped.
  private static func ungrouped(_ written: String) -> String? {
    let groups = written.split(separator: ".", omittingEmptySubsequences: false)
    let isGrouped =
      groups.count > 1 && (1...3).contains(groups[0].count) && groups.dropFirst().allSatisfy { $0.count == 3 }
      && groups.allSatisfy { $0.utf8.allSatisfy(isDigit) }
    return isGrouped ? groups.joined() : nil
  }

  /// A name without quotes, for which other characters than an identifier's are too much (ECMA-262, section 12.7).
  mutating func word() throws(JSON5Fault) -> String {
    let start = offset
    skip(while: Self.isInsideWord)
    let word = String(decoding: bytes[start..<offset], as: UTF8.self)
    guard
      word.unicodeScalars.enumerated().allSatisfy({
        $0.element.isASCII || Self.isInName($0.element, isFirst: $0.offset == 0)
      })
    else {
      throw fault(
        at: start, "\(word) has a character that cannot stand here without quotes", "Put it in quotes: \"…\".")
    }
    return word
  }

  private static func isInName(_ scalar: Unicode.Scalar, isFirst: Bool) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .letterNumber: true
    case .nonspacingMark, .spacingMark, .decimalNumber, .connectorPunctuation: !isFirst
    default: false
    }
  }

  private mutating func skip(while belongs: (UInt8) -> Bool) {
    while let byte = peek, belongs(byte) { offset += 1 }
  }

  /// No-break space, byte order mark, line and paragraph separator.
  private var wideSpace: Unicode.Scalar? {
    guard bytes[offset] >= 0x80 else { return nil }
    let spaces: [Unicode.Scalar] = ["\u{A0}", "\u{FEFF}", "\u{2028}", "\u{2029}"]
    return spaces.first { bytes[offset...].starts(with: Array(String($0).utf8)) }
  }
}

extension JSON5Scanner {
  static func beginsNumber(_ byte: UInt8) -> Bool {
    isDigit(byte) || [UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: ".")].contains(byte)
  }

  static func beginsWord(_ byte: UInt8) -> Bool {
    isLetter(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "$") || byte >= 0x80
  }

  private static func isInsideWord(_ byte: UInt8) -> Bool { beginsWord(byte) || isDigit(byte) }

  /// Takes in letters and underlines too, so that `07x` or `650_000` is shown whole.
  private static func isInsideNumber(_ byte: UInt8) -> Bool {
    isDigit(byte) || isLetter(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_")
  }

  private static func isNumber(_ written: String) -> Bool {
    let unsigned = written.first == "+" || written.first == "-" ? written.dropFirst() : written[...]
    if unsigned == "Infinity" || unsigned == "NaN" { return true }
    if unsigned.hasPrefix("0x") || unsigned.hasPrefix("0X") {
      return unsigned.count > 2 && unsigned.dropFirst(2).utf8.allSatisfy(isHexDigit)
    }
    // JSON5 allows `.5` and `5.`, which Swift's own reading does not.
    let parts = unsigned.lowercased().split(separator: "e", maxSplits: 1, omittingEmptySubsequences: false)
    let mantissa = parts[0].utf8.filter { $0 != UInt8(ascii: ".") }
    let hasLeadingZero = mantissa.first == 0x30 && parts[0].utf8.dropFirst().first.map(isDigit) == true
    let exponentIsSound = parts.count == 1 || Int(parts[1]) != nil
    return !mantissa.isEmpty && mantissa.allSatisfy(isDigit) && parts[0].utf8.count - mantissa.count <= 1
      && !hasLeadingZero && exponentIsSound
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
  private static func isHexDigit(_ byte: UInt8) -> Bool { isDigit(byte) || (0x61...0x66).contains(byte | 0x20) }
}
