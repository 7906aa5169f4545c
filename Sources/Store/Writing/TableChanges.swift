/// Counts the changes that go through one session, by table, so that it can be said of a table that it has not changed.
///
/// What was rolled back is counted as a further change: what was read before it is no more.
struct TableChanges {
  /// Of all tables.
  private var count: UInt64 = 0
  /// When each table was last changed, as a value of `count`.
  private var latest: [String: UInt64] = [:]
  /// When all of them may have been.
  private var latestOfAll: UInt64 = 0
  private var countAtBegin: UInt64 = 0
  private var countAtSavepoint: UInt64 = 0

  /// - Parameter table: nil where it is not known which one.
  mutating func note(_ table: String?) {
    count += 1
    if let table { latest[table] = count } else { latestOfAll = count }
  }

  mutating func begin() { countAtBegin = count }

  mutating func setSavepoint() { countAtSavepoint = count }

  mutating func rollBackToSavepoint() { takeBack(since: countAtSavepoint) }

  mutating func rollBack() { takeBack(since: countAtBegin) }

  /// The latest change of any of the tables.
  func latest(of tables: [String]) -> UInt64 {
    tables.reduce(latestOfAll) { max($0, latest[$1, default: 0]) }
  }

  private mutating func takeBack(since start: UInt64) {
    let changed = latest.filter { $0.value > start }
    if latestOfAll > start { note(nil) }
    for table in changed.keys { note(table) }
  }
}

extension TableChanges {
  /// The table that a statement changes; nil where its text does not say so at once.
  static func table(changedBy statement: String) -> String? {
    let words = statement.split(whereSeparator: \.isWhitespace).prefix(3)
    guard let verb = words.first?.uppercased() else { return nil }
    let name: Substring?
    switch verb {
    case "INSERT" where words.dropFirst().first?.uppercased() == "INTO": name = words.dropFirst(2).first
    case "DELETE" where words.dropFirst().first?.uppercased() == "FROM": name = words.dropFirst(2).first
    case "UPDATE": name = words.dropFirst().first
    default: return nil
    }
    guard let name else { return nil }
    let table = name.prefix { $0 == "_" || $0.isLowercase && $0.isASCII || $0.isNumber && $0.isASCII }
    let rest = name.dropFirst(table.count)
    return table.isEmpty || !rest.isEmpty && rest.first != "(" ? nil : String(table)
  }
}
