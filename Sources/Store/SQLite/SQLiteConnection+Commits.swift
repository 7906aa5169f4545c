extension SQLiteConnection {
  /// The number of the last commit that changed anything; 0 in a new file.
  func lastCommit() throws -> Int64 {
    let hasTable: Int? = try answer("SELECT 1 FROM sqlite_schema WHERE name = 'store_commits'")
    return hasTable == nil ? 0 : try answer("SELECT number FROM store_commits WHERE id = 1") ?? 0
  }

  /// Commits.
  ///
  /// - Parameter changes: `changeTotal` as it was when the transaction began.
  /// - Returns: the commit's number; nil when there was nothing to be kept.
  func commit(since changes: Int64) throws -> Int64? {
    guard changeTotal != changes else {
      try command("COMMIT")
      return nil
    }
    let number = try row("UPDATE store_commits SET number = number + 1 WHERE id = 1 RETURNING number") { row in
      try row.get(0) as Int64
    }
    try command("COMMIT")
    return number
  }
}
