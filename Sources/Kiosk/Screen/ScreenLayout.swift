internal import Console

/// Puts a screen's content onto pages of a given size and draws them: a title above, the keys that are
/// always there in the last row, those of this screen above them, the content between.
struct ScreenLayout {
  /// Below this a question with its keys no longer fits.
  static let sizeMin = Size(columns: 40, rows: 12)
  /// 7, 8, 9 and 0 are taken, so a page has six answers.
  static let choiceCountPerPageMax = 6

  let content: ScreenContent
  let size: Size
  let isLarge: Bool
  let pages: [[Block]]
  private let sidePicture: Block?

  init(_ content: ScreenContent, size: Size, isLarge: Bool) {
    let space = ScreenSpace(size, isLarge: isLarge)
    let beside = content.picture.flatMap { PicturePlan.beside($0, space) }
    let below = beside == nil ? content.picture.flatMap { PicturePlan.below($0, space) } : nil
    var items = content.items
    if let picture = content.picture {
      items.append(.text(beside == nil && below == nil ? picture.alternative : picture.caption))
    }
    let columns = space.textColumns - (beside.map { $0.columns + PicturePlan.gap } ?? 0)
    let measure = Measure(columns: columns, rows: space.rows, isLarge: isLarge)
    pages = Arrangement(items: items, extra: below, measure: measure, space: space).pages
    sidePicture = beside
    self.content = content
    self.size = size
    self.isLarge = isLarge
  }

  static func isLargeEnough(_ size: Size) -> Bool {
    size.columns >= sizeMin.columns && size.rows >= sizeMin.rows
  }

  /// The choice that a digit stands for: the one on the page, or else one of another page whose digit is no other's.
  func choice(_ digit: Int, page: Int) -> ScreenChoice? {
    guard pages.indices.contains(page) else { return nil }
    if let here = choices(digit, in: pages[page]).first { return here }
    let elsewhere = pages.flatMap { choices(digit, in: $0) }
    return choiceCount <= Self.choiceCountPerPageMax ? elsewhere.first : nil
  }

  private var choiceCount: Int { pages.joined().count(where: \.isChoice) }

  private func choices(_ digit: Int, in blocks: [Block]) -> [ScreenChoice] {
    blocks.compactMap { block in
      if case .choice(let choice, digit, _) = block.shape { choice } else { nil }
    }
  }

  func frame(page: Int) -> Frame {
    let space = ScreenSpace(size, isLarge: isLarge)
    var frame = Frame(size)
    drawTitle(page, on: &frame, space)
    var row = space.top
    for block in pages.indices.contains(page) ? pages[page] : [] {
      row += block.gap
      block.draw(on: &frame, column: space.margin, row: row, isLarge: isLarge)
      row += block.rows
    }
    if let picture = sidePicture, page == 0 {
      picture.draw(on: &frame, column: size.columns - picture.columns - 1, row: space.top, isLarge: isLarge)
    }
    drawKeys(page, on: &frame, space)
    return frame
  }

  private func drawTitle(_ page: Int, on frame: inout Frame, _ space: ScreenSpace) {
    let style = Style(bold: true, reverse: true)
    frame.fill(Area(column: 0, row: 0, columns: size.columns, rows: 1), style: style)
    let place = pages.count > 1 ? "\(page + 1)/\(pages.count)" : ""
    let room = size.columns - space.margin - (place.isEmpty ? 0 : place.count + 2)
    frame.write(Self.cut(content.title, to: room), column: space.margin, row: 0, style: style)
    frame.write(place, column: size.columns - place.count - 1, row: 0, style: style)
  }

  /// The title, or as many of its words as there is room for.
  private static func cut(_ title: String, to room: Int) -> String {
    guard Text.cellCount(title) > room else { return title }
    return (Text.wrap(title, columns: max(1, room - 1)).first ?? "") + "…"
  }

  private func drawKeys(_ page: Int, on frame: inout Frame, _ space: ScreenSpace) {
    if space.isRoomy { frame.line(column: 0, row: size.rows - 3, columns: size.columns) }
    var hints: [KeyHint] = []
    if let page = content.pageHints, pages.count > 1 { hints += [page.previous, page.next] }
    draw(hints + content.actions, on: &frame, row: size.rows - 2, space)
    draw(content.fixedKeys, on: &frame, row: size.rows - 1, space)
  }

  private func draw(_ hints: [KeyHint], on frame: inout Frame, row: Int, _ space: ScreenSpace) {
    var column = space.margin
    for hint in hints {
      column = frame.write(hint.key, column: column, row: row, style: Style(bold: true, reverse: true))
      column = frame.write(" " + hint.meaning, column: column, row: row, style: isLarge ? .bold : .plain)
      column += 2
    }
  }
}

/// How a screen of a given size is divided.
struct ScreenSpace {
  let size: Size
  /// Large letters need what would be margin.
  var isLarge = false
  /// Whether there is room for blank rows between things.
  var isRoomy: Bool { size.rows >= 20 }
  var margin: Int { size.columns >= 60 && !isLarge ? 4 : 1 }
  /// The first row of the content.
  var top: Int { isRoomy ? 2 : 1 }
  /// How many rows the content may have.
  var rows: Int { max(1, size.rows - top - (isRoomy ? 3 : 2)) }
  var textColumns: Int { max(1, size.columns - 2 * margin) }

  init(_ size: Size, isLarge: Bool = false) {
    self.size = size
    self.isLarge = isLarge
  }
}
