/// How a score is kept: `12 30 0 0 0 0`, the terms in the order of their declaration.
extension Score {
  /// The terms as the table of calls keeps them.
  public var text: String {
    [waited, priority, appointment, inProgress, language, sentHere].map(String.init).joined(separator: " ")
  }

  /// The score that is kept so; nil for another text.
  public init?(text: String) {
    let numbers = text.split(separator: " ").compactMap { Int($0) }
    guard numbers.count == 6 else { return nil }
    self.init(
      waited: numbers[0], priority: numbers[1], appointment: numbers[2], inProgress: numbers[3], language: numbers[4],
      sentHere: numbers[5])
  }
}
