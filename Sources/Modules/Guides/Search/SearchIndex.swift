internal import Contracts
internal import Core
internal import HTML

/// Finds services, answers and pages by the words in them. Some hundred short texts: read through anew for each question.
struct SearchIndex: Sendable {
  /// What can be found.
  struct Entry: Sendable {
    let title: String
    let text: String
    let link: Link
    /// Words besides those of title and text.
    let keywords: [String]
  }

  /// More would be no answer.
  static let resultCountMax = 12
  /// A question has a few words; the rest would only be work.
  private static let wordCountMax = 8
  /// Title and keywords say what something is about, its text only mentions.
  private static let titleWeight = 3

  /// Words that tell nothing apart: *how*, *where*, *saya*, *untuk*.
  private static let idle: Set<String> = [
    "saya", "aku", "mau", "ingin", "cara", "bagaimana", "apa", "apakah", "di", "ke", "dan", "yang", "untuk", "dari",
    "how", "do", "i", "to", "the", "a", "an", "my", "is", "what", "where", "can", "for", "of", "in", "get",
  ]

  let entries: [Entry]
  let synonyms: Synonyms

  /// The entries that fit best, the best first; none for a question without words.
  func results(for question: String) -> [Entry] {
    let all = SearchWord.words(in: question)
    let telling = all.filter { !Self.idle.contains($0) }
    let typed = Array((telling.isEmpty ? all : telling).prefix(Self.wordCountMax))
    guard !typed.isEmpty else { return [] }
    let scored = entries.enumerated().compactMap { place, entry in
      score(entry, typed).map { (entry: entry, score: $0, place: place) }
    }
    return scored.sorted { ($1.score, $0.place) < ($0.score, $1.place) }.prefix(Self.resultCountMax).map(\.entry)
  }

  /// Nil where half of the words or more are not in it.
  private func score(_ entry: Entry, _ typed: [String]) -> Int? {
    let heads = SearchWord.words(in: entry.title) + entry.keywords.flatMap(SearchWord.words)
    let body = SearchWord.words(in: entry.text)
    var (sum, found) = (0, 0)
    for word in typed {
      let best =
        ([word] + synonyms.words[word, default: []].flatMap(SearchWord.words)).map { meant in
          max(
            (heads.lazy.map { SearchWord.fit(meant, $0) }.max() ?? 0) * Self.titleWeight,
            body.lazy.map { SearchWord.fit(meant, $0) }.max() ?? 0)
        }.max() ?? 0
      sum += best
      found += best > 0 ? 1 : 0
    }
    return found * 2 > typed.count ? sum : nil
  }
}
