extension TextGate {
  /// Goes through a text once and keeps what may stay.
  struct Cleaning {
    private(set) var kept = String.UnicodeScalarView()
    private(set) var fault: TextFault?

    /// - Parameter next: the character behind it, on which it hangs whether a joiner means something.
    mutating func take(_ scalar: Unicode.Scalar, next: Unicode.Scalar?) {
      switch scalar {
      case "\n", "\t": kept.append(scalar)
      case "\r": if next != "\n" { kept.append("\n") }
      // Line breaks of word processors and mainframes.
      case "\u{0B}", "\u{0C}", "\u{85}", "\u{2028}", "\u{2029}": kept.append("\n")
      case "\u{200C}", "\u{200D}": if isMeant(joiner: scalar, before: next) { kept.append(scalar) }
      // A braille cell without dots.
      case "\u{2800}": kept.append(" ")
      default: takeByProperty(scalar)
      }
    }

    private mutating func takeByProperty(_ scalar: Unicode.Scalar) {
      let properties = scalar.properties
      if Self.isInvisible(scalar) { return }
      switch properties.generalCategory {
      case .control: fault = fault ?? .control(scalar)
      case .spaceSeparator: kept.append(" ")
      case .privateUse where Self.symbolFont.contains(scalar.value): kept.append("•")
      case .privateUse: fault = fault ?? .privateUse(scalar)
      // What is not assigned yet is perhaps only younger than our tables.
      default: kept.append(scalar)
      }
    }

    /// Bullets of word processors, whose symbol fonts lie here.
    private static let symbolFont: ClosedRange<UInt32> = 0xF000...0xF0FF

    /// Zero-width spaces, byte-order marks, soft hyphens, controls of direction, tags, variation selectors, fillers
    /// (Default_Ignorable_Code_Point), the marks of interlinear annotation, and what is no character.
    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
      scalar.properties.isDefaultIgnorableCodePoint || scalar.properties.isNoncharacterCodePoint
        || (0xFFF9...0xFFFB).contains(scalar.value)
    }

    /// Whether a joiner changes how its neighbours are written (RFC 5892, appendices A.1 and A.2): behind a virama, or,
    /// for the non-joiner, between two Arabic letters, as Persian has it. Anywhere else it is not seen.
    private func isMeant(joiner: Unicode.Scalar, before next: Unicode.Scalar?) -> Bool {
      guard let last = kept.last else { return false }
      if last.properties.canonicalCombiningClass == .virama { return true }
      guard joiner == "\u{200C}", let next else { return false }
      return Self.isArabicLetter(last) && Self.isArabicLetter(next)
    }

    private static func isArabicLetter(_ scalar: Unicode.Scalar) -> Bool {
      [0x0620...0x064A, 0x066E...0x06D3, 0x06FA...0x077F, 0x08A0...0x08C9].contains { $0.contains(scalar.value) }
    }
  }
}
