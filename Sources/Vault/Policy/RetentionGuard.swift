import Core

/// What keeps a mistyped rule, a wrong date or a wrong copy from taking much at once.
struct RetentionGuard: Decodable, Sendable, Equatable {
  /// How many days before its removal a record is announced; until then the announcement can be taken back.
  private(set) var graceDays = 7
  /// More than that share of a kind's records, or of the people, does not go in one run unless it is confirmed.
  private(set) var sharePercent = 10
  /// How many may always go: the tenth part of a few is fewer than a day's work.
  private(set) var alwaysAllowed = 20

  init() {}

  enum Keys: String, CodingKey, CaseIterable { case graceDays, sharePercent, alwaysAllowed }

  init(from decoder: any Decoder) throws {
    let file = try StrictContainer<Keys>(decoder)
    graceDays = try file.number(.graceDays, in: 0...90, or: graceDays)
    sharePercent = try file.number(.sharePercent, in: 1...100, or: sharePercent)
    alwaysAllowed = try file.number(.alwaysAllowed, in: 0...1_000_000, or: alwaysAllowed)
  }

  /// Whether so many of so many may go without a confirmation.
  func allows(_ count: Int, of total: Int) -> Bool {
    count <= alwaysAllowed || !isLarge(count, of: total)
  }

  /// Whether so many of so many are more of their kind than go in an ordinary night.
  func isLarge(_ count: Int, of total: Int) -> Bool { count * 100 > total * sharePercent }
}
