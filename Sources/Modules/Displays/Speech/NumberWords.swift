import Core

/// Numbers as they are said in the hall, in the words of one language's file.
struct NumberWords {
  /// From 0 to 9.
  private let digits: [String]
  /// The counters from 1 on.
  private let counters: [String]

  init(_ words: Words) {
    digits = Self.list(words("queue.display.digits"))
    counters = Self.list(words("queue.display.counters"))
  }

  private static func list(_ text: String) -> [String] {
    text.split(separator: ",").map { String($0.drop { $0 == " " }) }
  }

  /// A number spelled out, so that `A-012` is never heard as another: `A, nol satu dua`. Where it is printed in groups it
  /// is said in groups: `satu dua tiga empat, lima enam tujuh delapan, sembilan nol sembilan dua`.
  ///
  /// The comma is a pause, and gives the letter its name: without it an English voice says the article.
  func spelled(_ number: String) -> String {
    let letters = number.filter { $0.isASCII && $0.isLetter }.map(String.init)
    let groups = number.split(separator: " ").map { group in
      group.compactMap { $0.isASCII ? $0.wholeNumberValue : nil }.map(digit).joined(separator: " ")
    }
    return ([letters.joined(separator: " ")] + groups).filter { !$0.isEmpty }.joined(separator: ", ")
  }

  /// A counter's number as one word: `dua puluh satu`, `twenty-one`. One that has no word is spelled.
  func cardinal(_ number: Int) -> String {
    counters.indices.contains(number - 1) ? counters[number - 1] : spelled(String(number))
  }

  private func digit(_ value: Int) -> String { digits.indices.contains(value) ? digits[value] : String(value) }
}
