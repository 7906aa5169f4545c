internal import Console
internal import Contracts
internal import Core

/// Draws a board: the latest call in the largest letters that fit, those before it below, and one line at the bottom.
struct HallFrame {
  /// In how many rows a line at the bottom may be broken.
  private static let tailRowCountMax = 3

  let board: HallBoard?
  let source: HallTerminal.Source
  let now: Instant
  /// Counts up, for the lines that take turns at the bottom.
  let turn: Int

  private var indonesian: Words { source.locales.words(.indonesian) }
  private var languages: [Language] { source.locales.languages }

  func draw(_ size: Size) -> Frame {
    var frame = Frame(size)
    guard size.columns >= 20, size.rows >= 6 else { return frame }
    heading(on: &frame)
    var row = 2
    if let board, board.isClosed {
      closed(board, on: &frame)
    } else if let board {
      let tail = tail(of: board, columns: size.columns)
      let end = size.rows - max(1, tail.count)
      row = latest(of: board, on: &frame, from: row)
      others(of: board, on: &frame, from: row, upTo: end - 2 - (lineBelow(board) == nil ? 0 : 1))
      below(board, on: &frame, row: end - 2)
      next(of: board, on: &frame, row: end - 1)
      bottom(tail, on: &frame, from: end)
    }
    return frame
  }

  private func heading(on frame: inout Frame) {
    let time = indonesian.time(now, in: source.zone)
    let name = (board?.zone ?? source.officeName)[.indonesian]
    let width = frame.size.columns
    frame.fill(Area(column: 0, row: 0, columns: width, rows: 1), style: .reverse)
    frame.write(name, column: 1, row: 0, style: .reverse, columnCountMax: max(0, width - time.count - 4))
    frame.write(time, column: max(0, width - time.count - 1), row: 0, style: .reverse)
  }

  /// Nothing that invites: that it is closed, and when it opens.
  private func closed(_ board: HallBoard, on frame: inout Frame) {
    let width = frame.size.columns
    var row = large(
      indonesian("queue.display.closed"), on: &frame, row: max(2, frame.size.rows / 2 - 6), rows: frame.size.rows - 6,
      style: Style(bold: true, tone: .warning))
    for text in languages.compactMap({ board.notice?[$0] }) {
      row += 1
      for part in Text.wrap(text, columns: width - 2) {
        frame.write(part, in: Area(column: 0, row: row, columns: width, rows: 1), style: .bold, centred: true)
        row += 1
      }
    }
  }

  /// - Returns: the row below it.
  private func latest(of board: HallBoard, on frame: inout Frame, from row: Int) -> Int {
    let width = frame.size.columns
    guard let call = board.calls.first else {
      let said = board.notice ?? LocalizedText(in: source.locales) { $0("queue.display.empty") }
      var line = row + 1
      for text in languages.map({ said[$0] }) {
        for part in Text.wrap(text, columns: width - 2) {
          frame.write(part, in: Area(column: 0, row: line, columns: width, rows: 1), style: .bold, centred: true)
          line += 1
        }
      }
      return line + 1
    }
    let label = languages.map { source.locales.words($0)("queue.display.latest") }.joined(separator: " / ")
    frame.write(label, in: Area(column: 0, row: row, columns: width, rows: 1), centred: true)
    // The number takes what the list below leaves; the counter half of that.
    let room = max(4, frame.size.rows - 12)
    let below = large(call.number, on: &frame, row: row + 2, rows: room, style: Style(bold: true, tone: .warning))
    let counter = indonesian("queue.counter", ["counter": String(call.counter)])
    return large(counter, on: &frame, row: below + 1, rows: max(1, room - 4), style: .bold) + 1
  }

  /// Writes a text as large as it fits, in the middle.
  ///
  /// - Returns: the row below it.
  private func large(_ text: String, on frame: inout Frame, row: Int, rows: Int, style: Style) -> Int {
    let width = frame.size.columns
    guard BigText.canShow(text), let scale = BigText.scale(fitting: text, in: Size(columns: width, rows: rows)) else {
      frame.write(text, in: Area(column: 0, row: row, columns: width, rows: 1), style: style, centred: true)
      return row + 1
    }
    let size = BigText.size(text, scale: scale)
    BigText.draw(text, on: &frame, column: (width - size.columns) / 2, row: row, scale: scale, style: style)
    return row + size.rows
  }

  /// The calls before the latest, in as many columns as there is room for.
  private func others(of board: HallBoard, on frame: inout Frame, from row: Int, upTo end: Int) {
    let lines = board.calls.dropFirst().map { call in
      "\(call.number)  \(indonesian("queue.counter", ["counter": String(call.counter)]))"
    }
    let width = 2 + (lines.map { Text.cellCount($0) }.max() ?? 0) + 2
    let columns = max(1, frame.size.columns / max(width, 1))
    for (place, line) in lines.enumerated() {
      let at = row + place / columns
      guard at <= end else { return }
      frame.write(line, column: 2 + place % columns * (frame.size.columns / columns), row: at, style: .bold)
    }
  }

  /// How many wait and who comes next; where there is no room for both, who comes next.
  private func next(of board: HallBoard, on frame: inout Frame, row: Int) {
    let waiting = indonesian(
      board.zone == nil ? "queue.display.waiting" : "queue.display.waiting-here", ["count": String(board.waiting)])
    let numbers = board.next.joined(separator: "  ")
    let invited = numbers.isEmpty ? "" : "\(indonesian("queue.display.next")) \(numbers)"
    let lines = [invited.isEmpty ? waiting : "\(waiting)  \(invited)", invited, numbers]
    let line = lines.first { Text.cellCount($0) <= frame.size.columns - 4 } ?? numbers
    frame.write(line, column: 2, row: row)
  }

  /// Why no one is called; while calls go on, how the priority line stands.
  private func lineBelow(_ board: HallBoard) -> LocalizedText? {
    board.calls.isEmpty && board.notice != nil ? nil : board.notice ?? board.priority
  }

  private func below(_ board: HallBoard, on frame: inout Frame, row: Int) {
    guard let line = lineBelow(board) else { return }
    frame.write(line[language], column: 2, row: row, columnCountMax: max(0, frame.size.columns - 4))
  }

  /// The hall's languages take turns where there is no room for all.
  private var language: Language { languages[turn % languages.count] }

  /// The line whose turn it is, in as many rows as it needs.
  private func tail(of board: HallBoard, columns: Int) -> [String] {
    guard !board.ticker.isEmpty else { return [] }
    let line = board.ticker[turn / languages.count % board.ticker.count][language]
    return Array(Text.wrap(line, columns: columns).prefix(Self.tailRowCountMax))
  }

  private func bottom(_ tail: [String], on frame: inout Frame, from row: Int) {
    for (place, line) in tail.enumerated() {
      frame.write(
        line, in: Area(column: 0, row: row + place, columns: frame.size.columns, rows: 1), style: Style(tone: .accent),
        centred: true)
    }
  }
}
