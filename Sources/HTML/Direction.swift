extension String {
  /// Whether it holds a letter of a script that is written from right to left (the blocks whose Bidi_Class is R or AL by
  /// default; Unicode Standard Annex 44, table 14).
  var runsRightToLeft: Bool {
    // Hebrew, the first of them, begins at U+0590, which is D6 90 in UTF-8.
    holdsByte(from: 0xD6)
      && unicodeScalars.contains { scalar in
        switch scalar.value {
        case 0x0590...0x08FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFE, 0x10800...0x10FFF, 0x1E800...0x1EFFF: true
        default: false
        }
      }
  }

  private func holdsByte(from least: UInt8) -> Bool {
    var text = self
    return text.withUTF8 { bytes -> Bool in
      for place in bytes.indices {
        if unsafe bytes[place] >= least { return true }
      }
      return false
    }
  }
}

extension Element {
  /// Elements that hold text alone, and so no other element (HTML Living Standard, 4.2.2, 4.10; SVG's texts likewise).
  static func holdsTextAlone(_ name: String) -> Bool {
    switch name.utf8.count {
    case 3: name == "bdi"
    case 4: name == "text" || name == "desc"
    case 5: name == "title" || name == "tspan"
    case 6: name == "option"
    case 8: name == "textarea"
    default: false
    }
  }
}
