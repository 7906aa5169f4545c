/// How many cells a screen has.
public struct Size: Sendable, Hashable, CustomStringConvertible {
  /// No terminal is larger than this on either side; it bounds what a frame may allocate.
  public static let sideCellCountMax = 1000

  /// How many cells lie side by side.
  public let columns: Int
  /// How many lines of them lie below each other.
  public let rows: Int

  /// Sides outside 0…`sideCellCountMax` are brought back to it.
  public init(columns: Int, rows: Int) {
    self.columns = min(max(columns, 0), Self.sideCellCountMax)
    self.rows = min(max(rows, 0), Self.sideCellCountMax)
  }

  /// As `80×24`, for log lines.
  public var description: String { "\(columns)×\(rows)" }
}

/// Where a cell is; the upper left corner is column 0 of row 0.
public struct CellPoint: Sendable, Hashable {
  /// How far from the left edge.
  public let column: Int
  /// How far from the upper edge.
  public let row: Int

  /// A place, which may lie outside of any frame.
  public init(column: Int, row: Int) {
    self.column = column
    self.row = row
  }
}

/// A part of a frame; it may lie partly outside, where nothing is drawn.
public struct Area: Sendable, Hashable {
  /// The column of its left edge.
  public let column: Int
  /// The row of its upper edge.
  public let row: Int
  /// How many columns wide it is.
  public let columns: Int
  /// How many rows high it is.
  public let rows: Int

  /// An area of so many cells with its upper left corner at a place; a width or height below 0 becomes 0.
  public init(column: Int, row: Int, columns: Int, rows: Int) {
    self.column = column
    self.row = row
    self.columns = max(columns, 0)
    self.rows = max(rows, 0)
  }

  /// The whole of a screen.
  public init(_ size: Size) { self.init(column: 0, row: 0, columns: size.columns, rows: size.rows) }

  /// The area without so many columns on the left and right and rows above and below.
  public func inset(columns: Int = 0, rows: Int = 0) -> Area {
    Area(
      column: column + columns, row: row + rows, columns: self.columns - 2 * columns, rows: self.rows - 2 * rows)
  }
}
