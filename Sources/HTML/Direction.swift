extension String {
  /// Whether it holds a letter of a script that is written from right to left (the blocks whose Bidi_Class is R or AL by
  /// default; Unicode Standard Annex 44, table 14).
  var runsRightToLeft: Bool {
    // Hebrew, the first of them, begins at U+0590, which is D6 90 in UTF-8.
    utf8.contains { $0 >= 0xD6 }
      && unicodeScalars.contains { scalar in
        switch scalar.value {
        case 0x0590...0x08FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFE, 0x10800...0x10FFF, 0x1E800...0x1EFFF: true
        default: false
        }
      }
  }
}

extension Element {
  /// Elements that hold text alone, and so no other element (HTML Living Standard, 4.2.2, 4.10; SVG's texts likewise).
  static let textOnlyNames: Set<String> = ["title", "textarea", "option", "text", "tspan", "desc", "bdi"]
}
