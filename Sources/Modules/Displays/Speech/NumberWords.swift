import Core

/// Numbers as they are said in the hall.
enum NumberWords {
  /// The languages in which numbers can be said.
  static let languages: [Language] = [.indonesian, .english]

  private static let digits: [Language: [String]] = [
    .indonesian: ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"],
    .english: ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"],
  ]
  private static let englishTeens = [
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
  ]
  private static let englishTens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]

  /// A number spelled out, so that `A-012` is never heard as another: `A, nol satu dua`. Where it is printed in groups it
  /// is said in groups: `satu dua tiga empat, lima enam tujuh delapan, sembilan nol sembilan dua`.
  ///
  /// The comma is a pause, and gives the letter its name: without it an English voice says the article.
  static func spelled(_ number: String, in language: Language) -> String {
    let names = digits[language] ?? digits[.indonesian, default: []]
    let letters = number.filter { $0.isASCII && $0.isLetter }.map(String.init)
    let groups = number.split(separator: " ").map { group in
      group.compactMap { $0.isASCII ? $0.wholeNumberValue : nil }.map { names[$0] }.joined(separator: " ")
    }
    return ([letters.joined(separator: " ")] + groups).filter { !$0.isEmpty }.joined(separator: ", ")
  }

  /// A counter's number as one word: `dua puluh satu`, `twenty-one`. From 1 to 99; others are spelled.
  static func cardinal(_ number: Int, in language: Language) -> String {
    guard (1...99).contains(number), let names = digits[language] else {
      return spelled(String(number), in: language)
    }
    let (tens, ones) = (number / 10, number % 10)
    guard tens > 0 else { return names[ones] }
    return language == .english ? english(tens, ones, names) : indonesian(tens, ones, names)
  }

  private static func english(_ tens: Int, _ ones: Int, _ names: [String]) -> String {
    switch (tens, ones) {
    case (1, _): englishTeens[ones]
    case (_, 0): englishTens[tens - 2]
    default: "\(englishTens[tens - 2])-\(names[ones])"
    }
  }

  private static func indonesian(_ tens: Int, _ ones: Int, _ names: [String]) -> String {
    switch (tens, ones) {
    case (1, 0): "sepuluh"
    case (1, 1): "sebelas"
    case (1, _): "\(names[ones]) belas"
    case (_, 0): "\(names[tens]) puluh"
    default: "\(names[tens]) puluh \(names[ones])"
    }
  }
}
