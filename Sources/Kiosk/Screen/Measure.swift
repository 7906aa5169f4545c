internal import Console
internal import QR

/// Measures items for a column of text.
struct Measure {
  let columns: Int
  let rows: Int
  let isLarge: Bool
  /// How many lines of a long answer are large, so that several answers stand on a page.
  var bigChoiceLinesMax = 2

  /// The same for letters of the usual size.
  var small: Measure { Measure(columns: columns, rows: rows, isLarge: false) }

  /// The blocks of an item: one, or several for a text that is longer than a page.
  func blocks(_ item: Item) -> [Block] {
    switch item {
    case .text(let text, let emphasis): self.text(text, emphasis)
    case .choice(let choice): [self.choice(choice)]
    case .entry(let text): [entry(text)]
    case .display(let text): [display(text)]
    }
  }

  private func text(_ text: String, _ emphasis: Item.Emphasis) -> [Block] {
    if let lines = bigLines(text, columns: columns) {
      return parts(lines, of: rows / Block.bigRows).map { part in
        Block(shape: .bigLines(part), rows: part.count * Block.bigRows)
      }
    }
    let style: Style =
      switch emphasis {
      case .normal: .plain
      case .strong: .bold
      case .warning: Style(bold: true, tone: isLarge ? .plain : .warning)
      }
    // What follows stands below the words, not below the mark.
    let (mark, indent) = emphasis == .warning ? ("! ", "  ") : ("", "")
    let lines = Text.wrap(text, columns: columns - mark.count).enumerated().map { place, line in
      (place == 0 ? mark : indent) + line
    }
    return parts(lines, of: rows).map { Block(shape: .lines($0, style), rows: $0.count) }
  }

  /// The lines in parts that each fit on a page.
  private func parts(_ lines: [String], of count: Int) -> [[String]] {
    stride(from: 0, to: lines.count, by: count).map { Array(lines[$0..<min($0 + count, lines.count)]) }
  }

  private func choice(_ choice: ScreenChoice) -> Block {
    let bigColumns = columns - Block.bigChoiceIndent * Block.bigColumns
    if let lines = bigLines(choice.shownLabel, columns: bigColumns) {
      let big = Array(lines.prefix(bigChoiceLinesMax))
      let rest = lines.dropFirst(big.count).joined(separator: " ")
      let below =
        rest.isEmpty ? [] : Text.wrap(rest, columns: columns - Block.bigChoiceIndent * Block.bigColumns)
      return Block(
        shape: .choice(choice, digit: 0, lines: .big(big, below: below)), rows: big.count * Block.bigRows + below.count)
    }
    let lines = Text.wrap(choice.shownLabel, columns: columns - Block.choiceIndent)
    return Block(shape: .choice(choice, digit: 0, lines: .normal(lines)), rows: lines.count)
  }

  private func entry(_ text: String) -> Block {
    if !text.isEmpty, let lines = bigLines(text, columns: columns) {
      return Block(shape: .bigEntry(lines), rows: lines.count * Block.bigRows)
    }
    return Block(shape: .entry(text), rows: 1)
  }

  private func display(_ text: String) -> Block {
    // Half the page may be the number; the rest says what it means.
    let scale = BigText.scale(fitting: text, in: Size(columns: columns, rows: max(rows / 2, 4)))
    return Block(shape: .display(text, scale), rows: scale.map { BigText.size(text, scale: $0).rows } ?? 1)
  }

  /// Fewer rows than this hold too little in large letters.
  private static let bigRowsMin = 16

  /// The lines of a text in large letters; nil where they do not suit it: too little room, a letter
  /// without a large form, a word that would have to be broken.
  private func bigLines(_ text: String, columns: Int) -> [String]? {
    let letters = columns / Block.bigColumns
    guard isLarge, rows >= Self.bigRowsMin, letters > 0, BigText.canShow(text),
      text.split(separator: " ").allSatisfy({ $0.count <= letters })
    else { return nil }
    return Text.wrap(text, columns: letters)
  }
}
