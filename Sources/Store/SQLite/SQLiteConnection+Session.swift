extension SQLiteConnection: DatabaseSession {
  func perform(_ step: TransactionStep) throws(StoreError) {
    switch step {
    case .beginReading: try command("BEGIN")
    case .beginWriting:
      try command("BEGIN IMMEDIATE")
      changes.begin()
      foreignVersion = nil
    case .setSavepoint:
      try command("SAVEPOINT closure")
      changes.setSavepoint()
    case .rollBackToSavepoint:
      try command("ROLLBACK TO closure")
      changes.rollBackToSavepoint()
    case .releaseSavepoint: try command("RELEASE closure")
    }
  }

  /// Ends an open transaction without a trace. What went wrong has been noted already.
  func rollBack() {
    if isInTransaction { try? command("ROLLBACK") }
    // Also where SQLite has ended the transaction by itself.
    changes.rollBack()
    foreignVersion = nil
  }

  func mark(of tables: [String]) throws -> ChangeMark {
    // Another number says that another connection has committed (sqlite.org/pragma.html#pragma_data_version); while a
    // transaction writes none can.
    if foreignVersion == nil { foreignVersion = try keptAnswer("PRAGMA data_version") }
    return ChangeMark(session: number, foreign: foreignVersion ?? 0, own: changes.latest(of: tables))
  }

  func hasTable(_ name: String) throws -> Bool {
    try row("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = \(name)") { try $0.get(0) as Int } != nil
  }

  func apply(_ changes: [SchemaChange]) throws {
    self.changes.note(nil)
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
