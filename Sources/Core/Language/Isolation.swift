extension String {
  /// The text between first-strong isolate and its end (Unicode Standard Annex 9, section 2.4.2) where it holds letters
  /// that run from right to left; else as it is. What stands beside it in a sentence keeps its order.
  public var isolated: String {
    // Hebrew, the first of those scripts, begins at U+0590, which is D6 90 in UTF-8.
    guard utf8.contains(where: { $0 >= 0xD6 }), unicodeScalars.contains(where: \.runsRightToLeft) else { return self }
    return "\u{2068}\(self)\u{2069}"
  }
}

extension Unicode.Scalar {
  /// Whether it stands in a block of scripts that are written from right to left (Bidi_Class R or AL by default; Unicode
  /// Standard Annex 44, table 14): Hebrew to Arabic Extended-A, presentation forms, and the old and new scripts of
  /// planes 1's 10800–10FFF and 1E800–1EFFF.
  var runsRightToLeft: Bool {
    switch value {
    case 0x0590...0x08FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFE, 0x10800...0x10FFF, 0x1E800...0x1EFFF: true
    default: false
    }
  }
}
