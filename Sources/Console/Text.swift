/// Measuring and breaking text for a grid of cells.
public enum Text {
  /// Columns that the text takes on one line.
  public static func cellCount(_ text: String) -> Int {
    text.reduce(0) { $0 + $1.shownAlone.cellCount }
  }

  /// The lines of `text`, none wider than `columns`: broken at spaces, and inside a word only where
  /// the word alone is too wide. A line feed begins a new line; an empty text is one empty line.
  public static func wrap(_ text: String, columns: Int) -> [String] {
    guard columns > 0 else { return [] }
    return text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { paragraph in
      wrap(paragraph: paragraph, columns: columns)
    }
  }

  private static func wrap(paragraph: Substring, columns: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    var width = 0
    for word in paragraph.split(separator: " ") {
      for piece in pieces(of: word, columns: columns) {
        let pieceWidth = cellCount(piece)
        if width > 0 && width + 1 + pieceWidth <= columns {
          line += " " + piece
          width += 1 + pieceWidth
        } else {
          if width > 0 { lines.append(line) }
          line = piece
          width = pieceWidth
        }
      }
    }
    lines.append(line)
    return lines
  }

  /// The word itself, or parts of it that each fit.
  private static func pieces(of word: Substring, columns: Int) -> [String] {
    guard cellCount(String(word)) > columns else { return [String(word)] }
    var pieces: [String] = []
    var piece = ""
    var width = 0
    for character in word {
      let characterWidth = character.shownAlone.cellCount
      if width + characterWidth > columns, width > 0 {
        pieces.append(piece)
        piece = ""
        width = 0
      }
      piece.append(character)
      width += characterWidth
    }
    return pieces + [piece]
  }
}
