/// How a word that nothing goes by is mended.
public enum KnownWords {
  /// What to write in place of `text`: the word that was most likely meant, and all there are.
  ///
  /// - Parameter none: what to do where there is no word at all.
  public static func mend(_ text: String, among known: [String], none: String) -> String {
    guard !known.isEmpty else { return none }
    let hint = likeliest(text, among: known).map { "Did you mean \"\($0)\"? " } ?? ""
    return "\(hint)Write one of: \(known.joined(separator: ", "))."
  }

  /// The word that was most likely meant by `text`; nil where none is near.
  public static func likeliest(_ text: String, among known: [String]) -> String? { nearest(to: text, among: known) }

  /// What to write in place of `text` where the words are fixed.
  public static func mend<Choice: RawRepresentable<String> & CaseIterable>(
    _ text: String, among type: Choice.Type
  ) -> String {
    mend(text, among: Choice.allCases.map(\.rawValue), none: "Leave it out.")
  }
}
