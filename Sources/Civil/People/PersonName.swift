import Core

/// A person's name as civil documents write it. One word is a whole name, and an apostrophe belongs to
/// the name that has one.
public struct PersonName: Equatable, Sendable {
  /// The longest names on record in Indonesia have some ninety characters. In Unicode scalars, as they are kept.
  public static let characterCountMax = 100
  /// What fits the passport's name line, spaces included; a longer one goes on with the endorsement page.
  public static let passportCharacterCountMax = 34

  /// The name with single spaces between its words.
  public let text: String

  /// - Throws: `Refusal` for digits and for symbols that no name has.
  public init(_ typed: String) throws(Refusal) {
    let name = try TextGate.name(typed).accepted
    guard name.unicodeScalars.count <= Self.characterCountMax else { throw .tooLong(max: Self.characterCountMax) }
    guard !name.contains(where: \.isNumber) else { throw .nameHasDigits }
    guard name.contains(where: \.isLetter), name.allSatisfy({ $0.isLetter || Self.punctuation.contains($0) }) else {
      throw .nameHasSymbols
    }
    text = name
  }

  /// `A/L` and `S/O` stand in Malaysian and Singaporean names.
  private static let punctuation: Set<Character> = [" ", "'", "’", "‘", "ʼ", "`", ".", ",", "-", "/"]
  private static let titles: Set<String> = [
    "h", "hj", "kh", "dr", "drs", "dra", "ir", "prof", "st", "sh", "se", "mm", "msi", "spd", "skom",
  ]

  /// The name as an Indonesian passport writes it: without punctuation, titles and degrees
  /// (`Hj. Tuti Sriwati, S.E` becomes `Tuti Sriwati`).
  public var inPassport: String {
    let beforeDegrees = text.prefix { $0 != "," }
    let words = beforeDegrees.split(separator: " ").filter { !Self.isTitle($0) }
    return words.map(Self.withoutPunctuation).joined(separator: " ")
      .split(separator: " ").joined(separator: " ")
  }

  /// Only a word with a dot is taken for a title: `H. Budi` has one, and a given name `Dr` would lose its
  /// word otherwise. `M.` is a name cut short, not a title.
  private static func isTitle(_ word: Substring) -> Bool {
    word.contains(".") && titles.contains(word.filter(\.isLetter).lowercased())
  }

  private static func withoutPunctuation(_ word: Substring) -> String {
    String(word.map { $0 == "-" || $0 == "/" ? " " : $0 }.filter { $0.isLetter || $0 == " " })
  }

  /// What an Indonesian should know of the name in the passport. An apostrophe alone raises no doubt.
  public var doubts: [Doubt] {
    var doubts: [Doubt] = []
    let spelling = inPassport
    if text.contains(where: { ".,-/".contains($0) }), !spelling.isEmpty {
      doubts.append(.nameInPassport(Personal(spelling)))
    }
    if spelling.count > Self.passportCharacterCountMax { doubts.append(.nameLong) }
    return doubts
  }
}
