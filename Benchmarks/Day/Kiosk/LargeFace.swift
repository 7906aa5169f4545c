internal import Console

/// What one cell contributes to a large letter.
enum Dot: Equatable {
  case light
  case upper
  case lower
  case both
  case reversed

  init(_ character: Character, isReverse: Bool) {
    self =
      switch character {
      case "▀": .upper
      case "▄": .lower
      case "█": .both
      default: isReverse && character == " " ? .reversed : .light
      }
  }
}

/// The large letters of one scale, as they look on a terminal.
struct LargeFace {
  /// From one letter to the next, in cells.
  let width: Int
  let rows: Int
  private let glyphs: [(character: Character, dots: [[Dot]])]

  static let all = BigText.Scale.allCases.map(LargeFace.init)

  private init(_ scale: BigText.Scale) {
    width = BigText.size("AA", scale: scale).columns - BigText.size("A", scale: scale).columns
    rows = BigText.size("A", scale: scale).rows
    glyphs = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-".map { ($0, Self.dots(of: $0, scale)) }
  }

  private static func dots(of character: Character, _ scale: BigText.Scale) -> [[Dot]] {
    var frame = Frame(BigText.size(String(character), scale: scale))
    BigText.draw(String(character), on: &frame, column: 0, row: 0, scale: scale)
    return (0..<frame.size.rows).map { row in
      (0..<frame.size.columns).map { Dot(frame[$0, row].character, isReverse: frame[$0, row].style.isReverse) }
    }
  }

  /// The character whose upper left corner is there; nil when there is none.
  func read(_ dots: [[Dot]], _ column: Int, _ row: Int) -> Character? {
    glyphs.first { glyph in
      guard row + rows <= dots.count, column + glyph.dots[0].count <= dots[row].count else { return false }
      return glyph.dots.indices.allSatisfy { y in
        glyph.dots[y].indices.allSatisfy { x in dots[row + y][column + x] == glyph.dots[y][x] }
      }
    }?.character
  }
}
