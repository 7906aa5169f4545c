/// The statements that a connection keeps prepared, by their text.
struct StatementCache {
  /// Enough for every statement of every module; joined statements may have many texts.
  static let statementCountMax = 512

  private var statements: [String: PreparedStatement] = [:]
  private var useCount: UInt64 = 0

  /// The idle statement of that text; nil when there is none, or it is being read further up the stack.
  mutating func take(_ text: String) -> PreparedStatement? {
    guard let statement = statements[text], !statement.isInUse else { return nil }
    useCount += 1
    statement.lastUse = useCount
    return statement
  }

  /// Keeps a new statement, in place of the one unused for longest when there are too many.
  mutating func keep(_ statement: PreparedStatement, as text: String) {
    guard statements[text] == nil else { return }
    if statements.count >= Self.statementCountMax,
      let oldest = statements.filter({ !$0.value.isInUse }).min(by: { $0.value.lastUse < $1.value.lastUse })
    {
      statements[oldest.key] = nil
    }
    useCount += 1
    statement.lastUse = useCount
    statements[text] = statement
  }
}
