extension Frame {
  /// What a box is drawn with.
  public enum Border: Sendable {
    /// `+`, `-` and `|`, for terminals that know nothing else.
    case ascii
    /// Light lines (U+2500 and on), which even the Linux console's built-in font has.
    case light

    fileprivate var strokes: (across: Character, down: Character, corners: [Character]) {
      switch self {
      case .ascii: ("-", "|", ["+", "+", "+", "+"])
      case .light: ("─", "│", ["┌", "┐", "└", "┘"])
      }
    }
  }

  /// Draws a box along the inner edge of an area; one smaller than 2×2 has no room for it.
  public mutating func box(_ area: Area, border: Border = .light, style: Style = .plain) {
    guard area.columns >= 2, area.rows >= 2 else { return }
    let strokes = border.strokes
    let right = area.column + area.columns - 1
    let bottom = area.row + area.rows - 1
    line(column: area.column, row: area.row, columns: area.columns, border: border, style: style)
    line(column: area.column, row: bottom, columns: area.columns, border: border, style: style)
    for row in (area.row + 1)..<max(bottom, area.row + 1) {
      put(Cell(strokes.down, style: style), column: area.column, row: row)
      put(Cell(strokes.down, style: style), column: right, row: row)
    }
    put(Cell(strokes.corners[0], style: style), column: area.column, row: area.row)
    put(Cell(strokes.corners[1], style: style), column: right, row: area.row)
    put(Cell(strokes.corners[2], style: style), column: area.column, row: bottom)
    put(Cell(strokes.corners[3], style: style), column: right, row: bottom)
  }

  /// Draws a line from a place to the right.
  public mutating func line(column: Int, row: Int, columns: Int, border: Border = .light, style: Style = .plain) {
    fill(Area(column: column, row: row, columns: columns, rows: 1), with: border.strokes.across, style: style)
  }
}
