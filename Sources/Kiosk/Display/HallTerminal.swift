internal import Console
public import Contracts
public import Core

/// A call display on a text terminal: boards in, bytes out.
public struct HallTerminal {
  /// What displays show, and what they are headed with.
  public struct Source: Sendable {
    let boards: any HallBoardService
    let officeName: LocalizedText
    let locales: Locales
    let zone: OfficeZone
    /// Tells the time of day.
    let clock: any WallClock

    /// What all displays of one office share; `boards` has the board of each zone.
    public init(
      boards: any HallBoardService, officeName: LocalizedText, locales: Locales, zone: OfficeZone,
      clock: any WallClock
    ) {
      self.boards = boards
      self.officeName = officeName
      self.locales = locales
      self.zone = zone
      self.clock = clock
    }
  }

  /// Larger terminals are used in their upper left corner only; it bounds what a display holds.
  private static let sizeMax = Size(columns: 320, rows: 100)
  /// How long each line below the calls stays, in milliseconds.
  private static let lineMilliseconds: Int64 = 10_000

  private let source: Source
  private var size: Size
  private var board: HallBoard?
  private var shown: Frame?

  /// Opens a display; the output sets the terminal up.
  static func open(_ source: Source, size: Size) -> (HallTerminal, [UInt8]) {
    var display = HallTerminal(source: source, size: bounded(size))
    return (display, Control.begin + Control.wipe + display.tick())
  }

  private init(source: Source, size: Size) {
    self.source = source
    self.size = size
  }

  /// Shows a board; rings when it has a call that was not there before.
  mutating func show(_ board: HallBoard) -> [UInt8] {
    let isCall = self.board.map { earlier in board.calls.contains { !earlier.calls.contains($0) } } ?? false
    self.board = board
    return (isCall ? Control.bell : []) + tick()
  }

  mutating func resize(_ size: Size) -> [UInt8] {
    self.size = Self.bounded(size)
    shown = nil
    return Control.wipe + tick()
  }

  /// Time has gone by: the clock, and whose turn it is below the calls.
  mutating func tick() -> [UInt8] {
    let now = source.clock.now
    let frame = HallFrame(
      board: board, source: source, now: now, turn: Int(now.milliseconds / Self.lineMilliseconds)
    ).draw(size)
    defer { shown = frame }
    return frame == shown ? [] : Renderer.update(from: shown, to: frame, palette: .colour)
  }

  private static func bounded(_ size: Size) -> Size {
    Size(columns: min(size.columns, sizeMax.columns), rows: min(size.rows, sizeMax.rows))
  }
}
