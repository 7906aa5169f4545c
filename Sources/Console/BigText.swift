/// Large letters made of cells, for ticket numbers and for eyes that need them: capitals, digits and a
/// few signs, five dots wide and seven high.
public enum BigText {
  /// How large a dot is.
  public enum Scale: Sendable, CaseIterable {
    /// Two dots above each other share a cell (half blocks): a letter is 5×4 cells.
    case small
    /// A dot is two cells wide and one high, which is about square: a letter is 10×7 cells.
    case large

    fileprivate var columnsPerDot: Int { self == .small ? 1 : 2 }
    fileprivate var rows: Int { self == .small ? 4 : 7 }
  }

  private static let dotColumns = 5

  /// The cells that a text takes on one line.
  public static func size(_ text: String, scale: Scale) -> Size {
    let count = text.count
    return Size(columns: max(0, count * (dotColumns + 1) - 1) * scale.columnsPerDot, rows: scale.rows)
  }

  /// The largest scale at which the text fits, or nil.
  public static func scale(fitting text: String, in size: Size) -> Scale? {
    Scale.allCases.reversed().first { scale in
      let needed = Self.size(text, scale: scale)
      return needed.columns <= size.columns && needed.rows <= size.rows
    }
  }

  /// Whether there is a large form of every character.
  public static func canShow(_ text: String) -> Bool {
    text.uppercased().allSatisfy { BigFont.glyphs[$0] != nil }
  }

  /// Draws a text; letters in lower case become capitals, unknown characters a space.
  ///
  /// Large dots are reversed spaces, so they need nothing of the terminal's font.
  public static func draw(
    _ text: String, on frame: inout Frame, column: Int, row: Int, scale: Scale, style: Style = .plain
  ) {
    var left = column
    for character in text.uppercased() {
      let glyph = BigFont.glyphs[character] ?? BigFont.blank
      switch scale {
      case .small: drawSmall(glyph, on: &frame, column: left, row: row, style: style)
      case .large: drawLarge(glyph, on: &frame, column: left, row: row, style: style)
      }
      left += (dotColumns + 1) * scale.columnsPerDot
    }
  }

  private static func drawSmall(_ glyph: [UInt8], on frame: inout Frame, column: Int, row: Int, style: Style) {
    for y in 0..<4 {
      for x in 0..<dotColumns {
        let upper = isSet(glyph, x, 2 * y)
        let lower = isSet(glyph, x, 2 * y + 1)
        frame.put(Cell(HalfBlock.character(upper: upper, lower: lower), style: style), column: column + x, row: row + y)
      }
    }
  }

  private static func drawLarge(_ glyph: [UInt8], on frame: inout Frame, column: Int, row: Int, style: Style) {
    var dark = style
    dark.isReverse = !style.isReverse
    for y in 0..<7 {
      for x in 0..<dotColumns where isSet(glyph, x, y) {
        frame.fill(Area(column: column + 2 * x, row: row + y, columns: 2, rows: 1), style: dark)
      }
    }
  }

  private static func isSet(_ glyph: [UInt8], _ x: Int, _ y: Int) -> Bool {
    y < glyph.count && glyph[y] >> UInt8(dotColumns - 1 - x) & 1 == 1
  }
}

/// Two dots above each other in one cell (U+2580, U+2584, U+2588).
public enum HalfBlock {
  /// The character of one cell whose upper and lower dots are set or not; a space where neither is.
  public static func character(upper: Bool, lower: Bool) -> Character {
    switch (upper, lower) {
    case (true, true): "█"
    case (true, false): "▀"
    case (false, true): "▄"
    case (false, false): " "
    }
  }
}
