/// Control sequences (ECMA-48, and DEC's private modes where it has none).
public enum Control {
  /// Begins a session: an alternate screen where there is one (it keeps no scrollback), no wrapping at
  /// the edge, the number pad in application mode (its digits come whatever Num Lock says), no cursor.
  public static let begin = sequence("?1049h") + sequence("?7l") + escape + [UInt8(ascii: "=")] + hideCursor
  /// Ends a session and leaves the terminal as it was.
  public static let end =
    sequence("m") + escape + [UInt8(ascii: ">")] + sequence("?7h") + wipe + sequence("?1049l") + wipe + showCursor
  /// Clears the screen and what was scrolled off it, so that the next person cannot scroll back.
  public static let wipe = clear + sequence("3J")
  /// Rings.
  public static let bell: [UInt8] = [0x07]

  static let clear = sequence("m") + sequence("H") + sequence("2J")
  static let eraseToEndOfLine = sequence("K")
  static let showCursor = sequence("?25h")
  static let hideCursor = sequence("?25l")

  private static let escape: [UInt8] = [0x1B]

  private static func sequence(_ text: String) -> [UInt8] { [0x1B, UInt8(ascii: "[")] + Array(text.utf8) }

  static func cursor(to place: CellPoint) -> [UInt8] {
    switch (place.row, place.column) {
    case (0, 0): sequence("H")
    case (let row, 0): sequence("\(row + 1)H")
    case (0, let column): sequence(";\(column + 1)H")
    case (let row, let column): sequence("\(row + 1);\(column + 1)H")
    }
  }

  static func forward(_ columns: Int) -> [UInt8] { sequence(columns == 1 ? "C" : "\(columns)C") }

  /// The shorter of switching what differs and of starting from plain.
  static func style(from old: Style, to new: Style) -> [UInt8] {
    var changes: [String] = []
    if old.isBold != new.isBold { changes.append(new.isBold ? "1" : "22") }
    if old.isUnderlined != new.isUnderlined { changes.append(new.isUnderlined ? "4" : "24") }
    if old.isReverse != new.isReverse { changes.append(new.isReverse ? "7" : "27") }
    if old.tone != new.tone {
      if old.tone == .picture { changes.append("49") }
      changes.append(code(new.tone))
    }
    guard new != .plain else { return sequence("m") }
    let fresh = old == .plain ? [] : ["0"] + attributes(new)
    let shorter = fresh.isEmpty || joined(changes).count <= joined(fresh).count ? changes : fresh
    return sequence(joined(shorter) + "m")
  }

  private static func attributes(_ style: Style) -> [String] {
    (style.isBold ? ["1"] : []) + (style.isUnderlined ? ["4"] : []) + (style.isReverse ? ["7"] : [])
      + (style.tone == .plain ? [] : [code(style.tone)])
  }

  private static func joined(_ codes: [String]) -> String {
    var text = ""
    for code in codes { text += text.isEmpty ? code : ";" + code }
    return text
  }

  private static func code(_ tone: Style.Tone) -> String {
    switch tone {
    case .plain: "39"
    case .accent: "36"
    case .good: "32"
    case .warning: "33"
    case .bad: "31"
    case .picture: "37;40"
    }
  }
}
