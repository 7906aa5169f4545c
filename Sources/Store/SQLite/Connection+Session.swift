extension Connection: DatabaseSession {
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

  /// Empties the log into the database, unless another process reads it.
  func settle() throws(StoreError) { try command("PRAGMA wal_checkpoint(TRUNCATE)") }
}
