/// A password taken apart as guessing programs put it together: of words that are known, of years and runs, and of what is
/// left. Of all ways to read it, the one that is found soonest.
struct PasswordPieces: Equatable {
  enum Piece: Hashable {
    case common(String)
    /// Of the office, of the work, of the officer's name.
    case own(String)
    /// `2026`, `123`, `aaa`.
    case run
    case letter
    case sign

    /// What it adds to the work of guessing, in half letters.
    var points: Int {
      switch self {
      // Twenty thousand words are about as many as three letters can be (26³).
      case .common: 6
      case .own: 0
      case .letter: 2
      case .run, .sign: 1
      }
    }

    var isWord: Bool {
      switch self {
      case .common, .own: true
      case .run, .letter, .sign: false
      }
    }
  }

  /// Fewer than three known words, or nine letters, are soon guessed.
  private static let pointsMin = 18
  /// With fewer letters and signs of its own a password is made of runs.
  private static let ownCountMin = 5
  /// Longer than any word of the lists.
  private static let wordLengthMax = 24
  private static let separators: Set<Character> = [" ", ".", ",", "-", "_"]

  let pieces: [Piece]

  /// - Parameters:
  ///   - common: words in small letters, likewise `own`.
  init(of password: String, common: Set<String>, own: Set<String>) {
    // A space or a hyphen between words hides none of them.
    let text = password.lowercased().filter { !Self.separators.contains($0) }
    let reading = Reading(text, common: common, own: own)
    var steps = [Step(points: 0, start: 0, piece: .sign)]
    for end in 0..<reading.length {
      let single: Piece = reading.isLetter(end) ? .letter : .sign
      var best = Step(points: steps[end].points + single.points, start: end, piece: single)
      for start in max(0, end + 1 - Self.wordLengthMax)..<(end + 1) {
        guard let piece = reading.piece(start...end), steps[start].points + piece.points < best.points else { continue }
        best = Step(points: steps[start].points + piece.points, start: start, piece: piece)
      }
      steps.append(best)
    }
    var (found, end) = ([Piece](), reading.length)
    while end > 0 {
      found.append(steps[end].piece)
      end = steps[end].start
    }
    pieces = found.reversed()
  }

  /// What guessing takes, in half letters: a word that comes again is no further one.
  var points: Int {
    let words = Set(pieces.filter(\.isWord))
    return words.reduce(0) { $0 + $1.points } + pieces.reduce(0) { $0 + ($1.isWord ? 0 : $1.points) }
  }

  /// Whether it is little more than known words, or than runs. The whole counts: a long password may have any word in it, and
  /// one of eight characters that are drawn is fine beside a second factor.
  var areSoonGuessed: Bool {
    guard points < Self.pointsMin else { return false }
    return pieces.contains(where: \.isWord)
      || pieces.count { $0 == .letter || $0 == .sign } < Self.ownCountMin
  }

  /// Whether a word is one that is tried first everywhere.
  var holdCommonWord: Bool {
    pieces.contains { if case .common = $0 { true } else { false } }
  }

  private struct Step {
    let points: Int
    let start: Int
    let piece: Piece
  }
}

extension PasswordPieces {
  /// A text with what its signs may stand for: `p@ssw0rd` is read as `password` too.
  private struct Reading {
    private let text: [Character]
    private let readings: [[Character]]
    private let common: Set<String>
    private let own: Set<String>

    init(_ text: String, common: Set<String>, own: Set<String>) {
      self.text = Array(text)
      self.common = common
      self.own = own
      // A one may be an i as well as an l.
      let ones: [Character] = ["i", "l"]
      readings = [self.text] + ones.map { one in text.map { Self.letter(for: $0, one: one) } }
    }

    var length: Int { text.count }

    func isLetter(_ place: Int) -> Bool { text[place].isLetter }

    /// The piece that stands there as a whole; nil for none.
    func piece(_ range: ClosedRange<Int>) -> Piece? {
      guard range.count > 2 else { return nil }
      let words = readings.map { String($0[range]) }
      if let word = words.first(where: own.contains) { return .own(word) }
      if PasswordRuns.isRun(Array(text[range])) || Self.isYear(words[0]) { return .run }
      return range.count > 3 ? words.first(where: common.contains).map { Piece.common($0) } : nil
    }

    private static func isYear(_ text: String) -> Bool {
      text.count == 4 && (text.hasPrefix("19") || text.hasPrefix("20")) && text.allSatisfy(\.isNumber)
    }

    private static func letter(for sign: Character, one: Character) -> Character {
      switch sign {
      case "1", "!", "|": one
      case "@", "4": "a"
      case "8": "b"
      case "(": "c"
      case "3": "e"
      case "9": "g"
      case "0": "o"
      case "$", "5": "s"
      case "7", "+": "t"
      case "2": "z"
      default: sign
      }
    }
  }
}

/// Characters that follow from those before them.
enum PasswordRuns {
  /// `123`, `cba`, `890`, `aaa`: each is the one after, before or as its neighbour, with 0 after 9.
  static func isRun(_ characters: [Character]) -> Bool {
    let values = characters.flatMap(\.unicodeScalars).map { Int($0.value) }
    let steps = zip(values, values.dropFirst()).map { $1 - $0 }
    return [1, 0, -1].contains { step in steps.allSatisfy { $0 == step || (step != 0 && $0 == -9 * step) } }
  }

  /// `121212`, `abcabc`: a piece of up to four characters over and over.
  static func isRepetition(_ characters: [Character]) -> Bool {
    (1...4).contains { period in
      characters.indices.allSatisfy { $0 < period || characters[$0] == characters[$0 - period] }
    }
  }
}
