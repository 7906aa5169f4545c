extension SQLiteConnection: DatabaseSession {
  func perform(_ step: TransactionStep) throws(StoreError) {
    switch step {
    case .beginReading: try command("BEGIN")
    case .beginWriting: try command("BEGIN IMMEDIATE")
    case .setSavepoint: try command("SAVEPOINT closure")
    case .rollBackToSavepoint: try command("ROLLBACK TO closure")
    case .releaseSavepoint: try command("RELEASE closure")
    }
  }

  /// Ends an open transaction without a trace. What went wrong has been noted already.
  func rollBack() {
    if isInTransaction { try? command("ROLLBACK") }
  }

  func hasTable(_ name: String) throws -> Bool {
    try row("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = \(name)") { try $0.get(0) as Int } != nil
  }

  func apply(_ changes: [SchemaChange]) throws {
    for statement in SQLiteDialect.statements(for: changes) {
      switch statement {
      case .definition(let text): try define(text)
      case .rows(let sql): _ = try run(sql)
      }
    }
  }

  /// Empties the log into the database, unless another process reads it.
  func settle() throws(StoreError) { try command("PRAGMA wal_checkpoint(TRUNCATE)") }
}
