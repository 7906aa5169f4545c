/// How words are compared in a search: without capitals, and with a slip or two.
enum SearchWord {
  /// Longer words are cut; no reader looks for them.
  private static let letterCountMax = 40
  /// Below that every slip makes another word.
  private static let oneSlipLetterCount = 4
  private static let twoSlipsLetterCount = 8

  /// The words of a text.
  static func words(in text: String) -> [String] {
    text.lowercased().split { !$0.isLetter && !$0.isNumber }.map { String($0.prefix(letterCountMax)) }
  }

  /// How well a word that a reader typed fits one of a text; 0 for not at all.
  ///
  /// A word that begins with it fits too (`paspo` while typing, `izin` in `izinnya`); a slip of the finger costs.
  static func fit(_ typed: String, _ word: String) -> Int {
    if typed == word { return 4 }
    if typed.count >= 3, word.hasPrefix(typed) { return 3 }
    let slips = typed.count >= twoSlipsLetterCount ? 2 : typed.count >= oneSlipLetterCount ? 1 : 0
    guard slips > 0, abs(typed.count - word.count) <= slips else { return 0 }
    return distance(Array(typed), Array(word), atMost: slips).map { 3 - $0 } ?? 0
  }

  /// The letters to change, put in, leave out or swap (Damerau's distance between neighbours); nil beyond `bound`.
  private static func distance(_ one: [Character], _ other: [Character], atMost bound: Int) -> Int? {
    var before: [Int] = []
    var last = Array(0...other.count)
    for row in 1...max(1, one.count) where row <= one.count {
      var now = [row] + Array(repeating: 0, count: other.count)
      for column in 1...max(1, other.count) where column <= other.count {
        let isSame = one[row - 1] == other[column - 1]
        now[column] = min(last[column] + 1, now[column - 1] + 1, last[column - 1] + (isSame ? 0 : 1))
        if row > 1, column > 1, one[row - 1] == other[column - 2], one[row - 2] == other[column - 1] {
          now[column] = min(now[column], before[column - 2] + 1)
        }
      }
      (before, last) = (last, now)
    }
    guard let found = last.last, found <= bound else { return nil }
    return found
  }
}
