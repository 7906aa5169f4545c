internal import Console
internal import QR

/// An item that has been measured: so many rows, to be drawn at a place.
struct Block {
  enum Shape {
    case lines([String], Style)
    case bigLines([String])
    case choice(ScreenChoice, digit: Int, lines: ChoiceLines)
    case entry(String)
    case bigEntry([String])
    case display(String, BigText.Scale?)
    case picture(QRCode, quiet: Int)
  }

  enum ChoiceLines {
    case normal([String])
    /// The rest of a long answer stands below in letters of the usual size.
    case big([String], below: [String])
  }

  /// Cells that a large letter takes with the gap to the next.
  static let bigColumns = 6
  static let bigRows = 4
  /// ` 1 ` and a space before an answer.
  static let choiceIndent = 4
  /// `1 ` in large letters.
  static let bigChoiceIndent = 2
  static let entryColumns = 24

  var shape: Shape
  let rows: Int
  var columns = 0
  /// Blank rows above.
  var gap = 0

  var isChoice: Bool {
    if case .choice = shape { return true }
    return false
  }

  func draw(on frame: inout Frame, column: Int, row: Int, isLarge: Bool) {
    switch shape {
    case .lines(let lines, let style):
      for (index, line) in lines.enumerated() {
        frame.write(line, column: column, row: row + index, style: isLarge ? style.bolder : style)
      }
    case .bigLines(let lines), .bigEntry(let lines): drawBig(lines, on: &frame, column: column, row: row)
    case .choice(_, let digit, let lines): draw(digit, lines, on: &frame, column: column, row: row, isLarge: isLarge)
    case .entry(let text): drawEntry(text, on: &frame, column: column, row: row)
    case .display(let text, let scale):
      if let scale {
        BigText.draw(text, on: &frame, column: column, row: row, scale: scale, style: .bold)
      } else {
        frame.write(text, column: column, row: row, style: .bold)
      }
    case .picture(let code, let quiet): draw(code, quiet: quiet, on: &frame, column: column, row: row)
    }
  }

  private func drawBig(_ lines: [String], on frame: inout Frame, column: Int, row: Int) {
    for (index, line) in lines.enumerated() {
      BigText.draw(line, on: &frame, column: column, row: row + index * Self.bigRows, scale: .small, style: .bold)
    }
  }

  private func draw(
    _ digit: Int, _ lines: ChoiceLines, on frame: inout Frame, column: Int, row: Int, isLarge: Bool
  ) {
    switch lines {
    case .normal(let lines):
      frame.write(" \(digit) ", column: column, row: row, style: Style(bold: true, reverse: true))
      for (index, line) in lines.enumerated() {
        frame.write(line, column: column + Self.choiceIndent, row: row + index, style: isLarge ? .bold : .plain)
      }
    case .big(let lines, let below):
      let left = column + Self.bigChoiceIndent * Self.bigColumns
      drawBig([String(digit)], on: &frame, column: column, row: row)
      drawBig(lines, on: &frame, column: left, row: row)
      for (index, line) in below.enumerated() {
        frame.write(line, column: left, row: row + lines.count * Self.bigRows + index, style: .bold)
      }
    }
  }

  private func drawEntry(_ text: String, on frame: inout Frame, column: Int, row: Int) {
    let field = Area(column: column + 2, row: row, columns: Self.entryColumns, rows: 1)
    frame.write(">", column: column, row: row, style: .bold)
    frame.fill(field, style: Style(underline: true))
    let shown = String(text.suffix(Self.entryColumns - 1))
    frame.write(shown, column: field.column, row: row, style: Style(bold: true, underline: true))
    let typed = shown.prefix { $0 != "_" }.count
    frame.cursor = CellPoint(column: field.column + typed, row: row)
  }

  /// Light modules are drawn, dark ones left to the dark background.
  private func draw(_ code: QRCode, quiet: Int, on frame: inout Frame, column: Int, row: Int) {
    let side = code.size + 2 * quiet
    for y in stride(from: 0, to: side, by: 2) {
      for x in 0..<side {
        let upper = !code[x - quiet, y - quiet]
        let lower = y + 1 < side && !code[x - quiet, y + 1 - quiet]
        let cell = Cell(HalfBlock.character(upper: upper, lower: lower), style: Style(tone: .picture))
        frame.put(cell, column: column + x, row: row + y / 2)
      }
    }
  }
}
