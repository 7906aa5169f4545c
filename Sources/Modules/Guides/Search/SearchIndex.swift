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
  private static let headWeight = 3
  /// What a reader typed counts a little more than another word for it.
  private static let typedWeight = 4
  private static let synonymWeight = 3
  /// A reader who types just what an entry was given as a keyword or a title means that entry.
  private static let phraseScore = 40

  /// Words that tell nothing apart: *how*, *where*, *saya*, *untuk*.
  private static let idle: Set<String> = [
    "saya", "aku", "mau", "ingin", "cara", "bagaimana", "apa", "apakah", "di", "ke", "dan", "yang", "untuk", "dari",
    "how", "do", "i", "to", "the", "a", "an", "my", "is", "what", "where", "can", "for", "of", "in", "get",
  ]

  let entries: [Entry]
  let synonyms: Synonyms

  /// The entries that fit best, the best first; none for a question without words.
  ///
  /// The entries that fit a question. Those whose titles and keywords have more of the words stand before those that only
  /// mention them.
  func results(for question: String) -> [Entry] {
    let all = SearchWord.words(in: question)
    let telling = all.filter { !Self.idle.contains($0) }
    let typed = Array((telling.isEmpty ? all : telling).prefix(Self.wordCountMax))
    guard !typed.isEmpty else { return [] }
    let phrases = [Array(all.prefix(Self.wordCountMax)), typed]
    let scored = entries.enumerated().compactMap { place, entry in
      score(entry, typed, phrases).map { (entry: entry, fit: $0, place: place) }
    }
    return scored.sorted { ($1.fit.headCount, $1.fit.sum, $0.place) < ($0.fit.headCount, $0.fit.sum, $1.place) }
      .prefix(Self.resultCountMax).map(\.entry)
  }

  /// How well an entry fits.
  private struct Fit {
    /// How many of the words stand in its title or among its keywords.
    var headCount = 0
    var sum = 0
  }

  /// Nil where half of the words or more are not in it.
  private func score(_ entry: Entry, _ typed: [String], _ phrases: [[String]]) -> Fit? {
    let names = ([entry.title] + entry.keywords).map(SearchWord.words)
    let heads = names.flatMap(\.self)
    let body = SearchWord.words(in: entry.text)
    var (fit, found) = (Fit(), 0)
    for word in typed {
      let meant =
        [(word, Self.typedWeight)]
        + synonyms.words[word, default: []].flatMap(SearchWord.words)
        // Another word that was typed speaks for itself: one place in a text is not found twice.
        .filter { !typed.contains($0) }.map { ($0, Self.synonymWeight) }
      let best = { (words: [String]) in
        meant.map { meant, weight in (words.lazy.map { SearchWord.fit(meant, $0) }.max() ?? 0) * weight }.max() ?? 0
      }
      let (inHeads, inBody) = (best(heads), best(body))
      fit.sum += max(inHeads * Self.headWeight, inBody)
      fit.headCount += inHeads > 0 ? 1 : 0
      found += max(inHeads, inBody) > 0 ? 1 : 0
    }
    if names.contains(where: phrases.contains) { fit.sum += Self.phraseScore }
    return found * 2 > typed.count ? fit : nil
  }
}
