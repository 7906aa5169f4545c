/// Turns two frames into the few bytes that make a terminal go from one to the other.
///
/// It uses only what ECMA-48 terminals from the VT220 to the Linux console agree on. Before and after
/// each update the terminal writes plainly and its cursor is where the frame says. Nothing is cleared
/// first, so nothing flickers.
public enum Renderer {
  /// The bytes that make a terminal that shows `old` show `new`; with no `old`, or one of another
  /// size, the whole screen is drawn. None for equal frames.
  public static func update(from old: Frame?, to new: Frame, palette: Palette = .colour) -> [UInt8] {
    var pen = Pen(palette: palette)
    let shown: Frame
    if let old, old.size == new.size {
      shown = old
      pen.cursor = old.cursor
    } else {
      shown = Frame(new.size)
      pen.clear()
    }
    for row in 0..<new.size.rows { draw(row: row, from: shown, to: new, with: &pen) }
    pen.finish(at: new.cursor, wasVisible: shown.cursor != nil)
    return pen.bytes
  }

  private static func draw(row: Int, from old: Frame, to new: Frame, with pen: inout Pen) {
    guard let last = (0..<new.size.columns).last(where: { pen.differ(old[$0, row], new[$0, row]) }) else { return }
    let tail = (0..<new.size.columns).last { pen.shown(new[$0, row]) != .blank }.map { $0 + 1 } ?? 0
    var column = 0
    while column <= last {
      let cell = new[column, row]
      if cell.width > 0, pen.differ(old[column, row], cell) {
        pen.move(to: CellPoint(column: column, row: row), over: new)
        if column >= tail, last - column >= Pen.eraseByteCount { return pen.eraseToEndOfLine() }
        pen.write(cell, in: new.size)
      }
      column += max(cell.width, 1)
    }
  }
}
