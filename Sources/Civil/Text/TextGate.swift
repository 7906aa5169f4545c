/// The one way in for text, whatever face it comes by: forms, addresses, the kiosk, the command line.
///
/// What is pasted, scanned or typed on a telephone carries characters that cannot be seen. The gate takes them out or maps
/// them, so that they are never why an answer is refused, and composes the rest (NFC), so that what looks alike is
/// alike. It follows the profiles of PRECIS (RFC 8264, RFC 8265) with one difference: what a profile disallows is taken
/// out where that changes nothing that can be seen, instead of being refused. Every function is idempotent.
public enum TextGate {
  /// How many marks a letter can carry; the longest stacks of any writing (Tibetan) have fewer. Unicode's own bound for
  /// streams is 30, which is already unreadable.
  public static let markCountMax = 8

  /// A text that is safe to keep and to show, and what was wrong with it: with a fault it is to be refused, and what is
  /// left of it can be shown again beside the reason.
  public struct Admitted: Equatable, Sendable {
    /// What is left once all that may not stay is taken out.
    public let text: String
    /// The first thing that was wrong; nil where the text can be taken.
    public let fault: TextFault?

    /// The text where nothing was wrong with it.
    ///
    /// - Throws: `Refusal.text`.
    var accepted: String {
      get throws(Refusal) {
        if let fault { throw .text(fault) }
        return text
      }
    }
  }

  /// Free text with its line ends (`\n`) and tabs: the FreeformClass of RFC 8264.
  public static func lines(_ raw: String) -> Admitted {
    // Most values are codes and words in plain ASCII, which is all allowed.
    if raw.utf8.allSatisfy({ (0x20...0x7E).contains($0) || $0 == 0x0A || $0 == 0x09 }) {
      return Admitted(text: raw, fault: nil)
    }
    var admitted = cleaned(raw)
    // Composed, and without what stood between, the neighbours of a joiner may be others, so that it means nothing any more.
    for _ in 0..<joinerRoundCountMax {
      guard admitted.text.unicodeScalars.contains(where: isJoiner) else { return admitted }
      let again = cleaned(admitted.text)
      if again.text.utf8.elementsEqual(admitted.text.utf8) { return admitted }
      admitted = Admitted(text: again.text, fault: admitted.fault ?? again.fault)
    }
    let rest = String(String.UnicodeScalarView(admitted.text.unicodeScalars.filter { !isJoiner($0) }))
    return Admitted(text: cleaned(rest).text, fault: admitted.fault)
  }

  /// No writing needs a second round. What needs more was made to, and has no joiners in the end.
  private static let joinerRoundCountMax = 4

  private static func isJoiner(_ scalar: Unicode.Scalar) -> Bool { scalar == "\u{200C}" || scalar == "\u{200D}" }

  private static func cleaned(_ raw: String) -> Admitted {
    var cleaning = Cleaning()
    let scalars = Array(raw.unicodeScalars)
    for place in scalars.indices {
      cleaning.take(scalars[place], next: place + 1 < scalars.count ? scalars[place + 1] : nil)
    }
    return bounded(NormalForm.canonical(String(cleaning.kept)), cleaning.fault)
  }

  /// Free text on one line, with single spaces: line ends and tabs are spaces.
  public static func line(_ raw: String) -> Admitted {
    let admitted = lines(raw)
    return Admitted(text: singleSpaced(admitted.text), fault: admitted.fault)
  }

  /// A person's name: a line, and full-width letters are the letters they stand for.
  public static func name(_ raw: String) -> Admitted {
    widthMapped(line(raw))
  }

  /// Half-width voice marks are letters that stand for accents, so accents are counted again.
  private static func widthMapped(_ admitted: Admitted) -> Admitted {
    bounded(NormalForm.widthMapped(admitted.text), admitted.fault)
  }

  /// Numbers, dates, times, telephones and codes: a line; full-width forms are what they stand for, and dashes, minus
  /// signs and hyphens of every kind are `-`.
  public static func number(_ raw: String) -> Admitted {
    let admitted = widthMapped(line(raw))
    var scalars = String.UnicodeScalarView()
    for scalar in admitted.text.unicodeScalars {
      scalars.append(isDash(scalar) ? "-" : scalar)
    }
    return Admitted(text: String(scalars), fault: admitted.fault)
  }

  /// The name of an account: UsernameCaseMapped (RFC 8265, section 3.3).
  public static func username(_ raw: String) -> Admitted {
    let admitted = widthMapped(line(raw))
    return bounded(NormalForm.canonical(admitted.text.lowercased()), admitted.fault)
  }

  /// A password: OpaqueString (RFC 8265, section 4.2). Spaces of every kind are U+0020; case and width stay. White space
  /// around it, which pasting adds unseen, falls away. It has no faults: what is set is what is asked for.
  public static func password(_ raw: String) -> String {
    let scalars = lines(raw).text.unicodeScalars.filter { $0 != "\n" && $0 != "\t" }
    // Once more: without the line ends between them accents may come together.
    return lines(trimmed(String(String.UnicodeScalarView(scalars)))).text
  }

  /// What a key of a keyboard or a scanner types into a number or a code; nil for what cannot be seen.
  public static func key(_ character: Character) -> Character? {
    if character.isASCII { return character }
    return number("x\(character)x").text.dropFirst().dropLast().first
  }

  /// Without white space around it; line ends inside stay.
  public static func trimmed(_ text: String) -> String {
    // By scalars: an accent behind a space makes a character that is no white space.
    let scalars = text.unicodeScalars
    guard let first = scalars.firstIndex(where: { !isSpace($0) }),
      let last = scalars.lastIndex(where: { !isSpace($0) })
    else { return "" }
    return String(scalars[first...last])
  }

  private static func singleSpaced(_ text: String) -> String {
    NormalForm.canonical(text.unicodeScalars.split(whereSeparator: isSpace).map(String.init).joined(separator: " "))
  }

  private static func isSpace(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isWhitespace }

  private static func isDash(_ scalar: Unicode.Scalar) -> Bool {
    // MINUS SIGN and HYPHEN BULLET are no dash punctuation.
    scalar.properties.generalCategory == .dashPunctuation || scalar == "\u{2212}" || scalar == "\u{2043}"
  }

  /// With at most `markCountMax` marks in a row; more is a fault.
  private static func bounded(_ text: String, _ fault: TextFault?) -> Admitted {
    var kept = String.UnicodeScalarView()
    var fault = fault
    var markCount = 0
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .nonspacingMark, .enclosingMark: markCount += 1
      default: markCount = 0
      }
      if markCount <= markCountMax { kept.append(scalar) } else { fault = fault ?? .marks }
    }
    return Admitted(text: String(kept), fault: fault)
  }
}
