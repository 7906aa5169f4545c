internal import Core

/// Names that say of themselves that they are made up, and that differ for every person, so that one of them
/// can be looked for in a file.
struct NameMaker {
  /// What kinds of names there are.
  enum Kind: CaseIterable {
    case ordinary
    /// A single word is a whole name.
    case oneWord
    /// Longer than the 34 characters of a passport's name line.
    case long
    case apostrophe
  }

  private static let consonants = Array("bdgklmnprst")
  private static let vowels = Array("aiueo")
  private static let womens = ["Siti", "Dewi", "Putri", "Rahma", "Maria", "Ayu"]
  private static let mens = ["Budi", "Agus", "Joko", "Ahmad", "Yohanes", "Made"]
  private static let womensWithApostrophe = ["Ai'nun", "Nur'aini", "Qur’atul"]
  private static let mensWithApostrophe = ["Ma'ruf", "Rifa'i", "Syafi’i"]

  let random: any RandomSource

  /// The name of the person at `index`; no two indices share one.
  func name(_ kind: Kind, isWoman: Bool, index: Int) -> String {
    let own = Self.word(index)
    let given = pick(isWoman ? Self.womens : Self.mens)
    return switch kind {
    case .ordinary: "\(given) \(pick(["Contoh", "Uji"])) \(Self.capitalised(own))"
    case .oneWord: "Contoh\(own)"
    case .long: "\(given) Contoh Kusumaningratwijaya Ujipertiwi \(Self.capitalised(own))"
    case .apostrophe:
      "\(pick(isWoman ? Self.womensWithApostrophe : Self.mensWithApostrophe)) Contoh \(Self.capitalised(own))"
    }
  }

  func foreignName(index: Int) -> String { "Testa Specimen Utopian \(Self.capitalised(Self.word(index)))" }

  private func pick(_ words: [String]) -> String { words[random.below(words.count)] }

  private static func capitalised(_ word: String) -> String { word.prefix(1).uppercased() + word.dropFirst() }

  /// Four syllables that spell the index: a different word for each of nine million.
  private static func word(_ index: Int) -> String {
    var rest = index
    var word = ""
    for _ in 0..<4 {
      let syllable = rest % (consonants.count * vowels.count)
      word.append(consonants[syllable % consonants.count])
      word.append(vowels[syllable / consonants.count])
      rest /= consonants.count * vowels.count
    }
    return word
  }
}
