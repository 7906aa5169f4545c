/// The statements that a connection keeps prepared, by what tells them apart.
struct StatementCache<Key: Hashable> {
  /// Enough for every statement of every module; joined statements may have many texts.
  private static var statementCountMax: Int { 512 }

  private var statements: [Key: PreparedStatement] = [:]
  private var useCount: UInt64 = 0

  /// The idle statement of that key; nil when there is none, or it is being read further up the stack.
  mutating func take(_ key: Key) -> PreparedStatement? {
    guard let statement = statements[key], !statement.isInUse else { return nil }
    useCount += 1
    statement.lastUse = useCount
    return statement
  }

  /// Keeps a new statement, in place of the one unused for longest when there are too many.
  mutating func keep(_ statement: PreparedStatement, as key: Key) {
    guard statements[key] == nil else { return }
    if statements.count >= Self.statementCountMax,
      let oldest = statements.filter({ !$0.value.isInUse }).min(by: { $0.value.lastUse < $1.value.lastUse })
    {
      statements[oldest.key] = nil
    }
    useCount += 1
    statement.lastUse = useCount
    statements[key] = statement
  }
}
