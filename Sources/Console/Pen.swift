/// Writes to a terminal while it knows what the terminal knows: where the cursor is, and the style.
struct Pen {
  /// How long `ESC [ K` is.
  static let eraseByteCount = 3

  private(set) var bytes: [UInt8] = []
  /// Where the terminal's cursor is; nil when it cannot be told.
  var cursor: CellPoint?
  private var style = Style.plain
  private let palette: Palette

  init(palette: Palette) { self.palette = palette }

  /// The cell as this palette shows it.
  func shown(_ cell: Cell) -> Cell {
    cell.width == 0 ? .trailing(palette.shown(cell.style)) : Cell(cell.character, style: palette.shown(cell.style))
  }

  func differ(_ left: Cell, _ right: Cell) -> Bool {
    left != right && shown(left) != shown(right)
  }

  mutating func clear() {
    bytes += Control.clear
    cursor = CellPoint(column: 0, row: 0)
  }

  mutating func write(_ cell: Cell, in size: Size) {
    guard let place = cursor else { return }
    set(palette.shown(cell.style))
    bytes += Array(String(cell.character).utf8)
    let next = place.column + cell.width
    // In the last column terminals differ in where the cursor goes.
    let isCertain = cell.character.hasCertainWidth && next < size.columns
    cursor = isCertain ? CellPoint(column: next, row: place.row) : nil
  }

  mutating func eraseToEndOfLine() {
    // Some terminals erase to the colour in force, so it must be the plain one.
    set(.plain)
    bytes += Control.eraseToEndOfLine
  }

  /// Moves in the shortest way; `frame` is what stands between here and there, to be written over.
  mutating func move(to target: CellPoint, over frame: Frame) {
    guard cursor != target else { return }
    var best = Control.cursor(to: target)
    for way in relativeWays(to: target, over: frame) where way.count < best.count { best = way }
    bytes += best
    cursor = target
  }

  /// Leaves the terminal as the next update expects it.
  mutating func finish(at place: CellPoint?, wasVisible: Bool) {
    set(.plain)
    if let place {
      if cursor != place { bytes += Control.cursor(to: place) }
      if !wasVisible { bytes += Control.showCursor }
    } else if wasVisible {
      bytes += Control.hideCursor
    }
  }

  private func relativeWays(to target: CellPoint, over frame: Frame) -> [[UInt8]] {
    guard let cursor else { return [] }
    if target.column == 0, target.row == cursor.row + 1 { return [[0x0D, 0x0A]] }
    guard target.row == cursor.row else { return [] }
    let distance = target.column - cursor.column
    if distance < 0 {
      return [[UInt8](repeating: 0x08, count: -distance)] + (target.column == 0 ? [[0x0D]] : [])
    }
    return [Control.forward(distance)] + (written(cursor.column..<target.column, cursor.row, frame).map { [$0] } ?? [])
  }

  /// The bytes of the cells between, if they are narrow and look as the pen writes now.
  private func written(_ columns: Range<Int>, _ row: Int, _ frame: Frame) -> [UInt8]? {
    guard columns.count <= 8 else { return nil }
    var bytes: [UInt8] = []
    for column in columns {
      let cell = frame[column, row]
      guard cell.width == 1, cell.character.hasCertainWidth, palette.shown(cell.style) == style else { return nil }
      bytes += Array(String(cell.character).utf8)
    }
    return bytes
  }

  private mutating func set(_ wanted: Style) {
    guard wanted != style else { return }
    bytes += Control.style(from: style, to: wanted)
    style = wanted
  }
}
