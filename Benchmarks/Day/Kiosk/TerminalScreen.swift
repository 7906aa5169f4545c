internal import Console
internal import TinyTerminal

/// What stands on a kiosk's terminal, as its reader sees it.
struct TerminalScreen {
  private var terminal: TinyTerminal

  var size: Size { terminal.size }

  init(_ size: Size) { terminal = TinyTerminal(size) }

  /// The rows.
  var lines: [String] { terminal.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) }

  /// What stands on top.
  var title: String { String((lines.first ?? "").drop(while: \.isWhitespace)) }

  /// All of it, one space between words.
  var text: String { terminal.text.split(whereSeparator: \.isWhitespace).joined(separator: " ") }

  /// Takes what the daemon sent for the terminal; whole sequences only.
  ///
  /// - Throws: `Trouble` when something in it is no sequence that terminals know.
  mutating func apply(_ sent: [UInt8]) throws {
    terminal.apply(sent)
    if let unknown = terminal.unknown.first { throw Trouble("a terminal does not know \(unknown)") }
  }
}

extension TerminalScreen {
  /// The ticket's number that stands there in large letters: `A-012`.
  var largeTicketNumber: String? {
    let dots = terminal.cells.map { row in row.map { Dot($0.character, isReverse: $0.codes.contains(Self.reverse)) } }
    for face in LargeFace.all {
      for row in 0..<max(0, size.rows - face.rows + 1) {
        for column in 0..<size.columns {
          if let number = number(in: dots, face, column, row) { return number }
        }
      }
    }
    return nil
  }

  /// The attribute of ECMA-48 for negative image.
  private static let reverse = 7

  private func number(in dots: [[Dot]], _ face: LargeFace, _ column: Int, _ row: Int) -> String? {
    guard let letter = face.read(dots, column, row), letter.isLetter,
      face.read(dots, column + face.width, row) == "-"
    else { return nil }
    var digits = ""
    while let digit = face.read(dots, column + (2 + digits.count) * face.width, row), digit.isWholeNumber {
      digits.append(digit)
    }
    return digits.count >= 3 ? "\(letter)-\(digits)" : nil
  }

  /// The digit that stands before an answer beginning with `label`, among the lines from `row` on.
  func digit(before label: String) -> Character? {
    for line in lines {
      let words = line.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
      guard words.count == 2, words[0].count == 1, let digit = words[0].first, digit.isWholeNumber else { continue }
      // A label may be wrapped: its beginning tells it from the others.
      let shown = words[1].drop { $0 == " " }
      let begin = label.prefix(Self.labelCharacterCount)
      if shown.hasPrefix(begin) || begin.hasPrefix(shown.trimmingEnd) && shown.trimmingEnd.count >= 8 { return digit }
    }
    return nil
  }

  private static let labelCharacterCount = 24
}

extension Substring {
  fileprivate var trimmingEnd: Substring {
    var text = self
    while text.last?.isWhitespace == true { text = text.dropLast() }
    return text
  }
}
