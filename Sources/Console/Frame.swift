/// A screenful of cells, drawn first and shown afterwards.
///
/// Drawing outside is clipped, never an error; a wide character that would stick out at the right
/// edge is left out, and one of which a half is overwritten becomes blank.
public struct Frame: Sendable, Equatable {
  /// How many cells it has; that never changes.
  public let size: Size
  /// Where the terminal's cursor stands; nil hides it.
  public var cursor: CellPoint?
  private var cells: [Cell]

  /// A blank frame.
  public init(_ size: Size) {
    self.size = size
    cells = [Cell](repeating: .blank, count: size.columns * size.rows)
  }

  /// The cell at a place inside; blank outside.
  public subscript(column: Int, row: Int) -> Cell {
    guard contains(column: column, row: row) else { return .blank }
    return cells[row * size.columns + column]
  }

  /// Puts one cell in its place. A wide one takes its right neighbour too.
  public mutating func put(_ cell: Cell, column: Int, row: Int) {
    guard cell.width > 0, contains(column: column, row: row), column + cell.width <= size.columns else { return }
    for place in column..<(column + cell.width) { releaseWide(column: place, row: row) }
    cells[row * size.columns + column] = cell
    if cell.width == 2 { cells[row * size.columns + column + 1] = .trailing(cell.style) }
  }

  /// Writes one line of text from a place to the right, at most `columnCountMax` columns of it.
  ///
  /// - Returns: the column behind the last one written.
  @discardableResult
  public mutating func write(
    _ text: String, column: Int, row: Int, style: Style = .plain, columnCountMax: Int = Size.sideCellCountMax
  ) -> Int {
    let end = min(size.columns, column + columnCountMax)
    var place = column
    for character in text {
      let cell = Cell(character, style: style)
      guard character.shownAlone.cellCount > 0 else { continue }
      guard place + cell.width <= end else { break }
      put(cell, column: place, row: row)
      place += cell.width
    }
    return place
  }

  /// Writes text wrapped into an area, as many lines as fit.
  ///
  /// - Returns: how many lines the text has; more than the area's rows means that it did not fit.
  @discardableResult
  public mutating func write(_ text: String, in area: Area, style: Style = .plain, centred: Bool = false) -> Int {
    let lines = Text.wrap(text, columns: area.columns)
    for (index, line) in lines.prefix(area.rows).enumerated() {
      let indent = centred ? max(0, (area.columns - Text.cellCount(line)) / 2) : 0
      write(
        line, column: area.column + indent, row: area.row + index, style: style,
        columnCountMax: area.columns - indent)
    }
    return lines.count
  }

  /// Fills an area with one narrow character.
  public mutating func fill(_ area: Area, with character: Character = " ", style: Style = .plain) {
    let cell = Cell(character, style: style)
    guard cell.width == 1 else { return }
    for row in max(area.row, 0)..<max(min(area.row + area.rows, size.rows), max(area.row, 0)) {
      for column in area.column..<(area.column + area.columns) { put(cell, column: column, row: row) }
    }
  }

  /// The text of a row, as a reader sees it; for tests and speech.
  public func text(row: Int) -> String {
    guard (0..<size.rows).contains(row) else { return "" }
    return String((0..<size.columns).map { self[$0, row] }.filter { $0.width > 0 }.map(\.character))
  }

  private func contains(column: Int, row: Int) -> Bool {
    column >= 0 && column < size.columns && row >= 0 && row < size.rows
  }

  /// Blanks the other half of a wide character, of which this place is about to be overwritten.
  private mutating func releaseWide(column: Int, row: Int) {
    let index = row * size.columns + column
    switch cells[index].width {
    case 0 where column > 0: cells[index - 1] = Cell(" ", style: cells[index - 1].style)
    case 2 where column + 1 < size.columns: cells[index + 1] = Cell(" ", style: cells[index + 1].style)
    default: break
    }
  }
}
