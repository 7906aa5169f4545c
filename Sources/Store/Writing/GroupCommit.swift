internal import Core

/// Runs a group of closures one after another, each in its own savepoint, and makes them durable with
/// one commit.
///
/// Nobody learns anything before that commit, not even of a failure: what a closure saw, and failed for,
/// may be an earlier one's work, and is true only once that is durable.
struct GroupCommit {
  private enum Outcome {
    case done(WriteJob.Acknowledgement)
    case failed(any Error)
  }

  let connection: Connection
  let clock: any WallClock

  /// - Returns: for each job what to tell its caller; and whether the commit succeeded.
  func run(_ group: [WriteJob]) -> (answers: [@Sendable () -> Void], isCommitted: Bool) {
    do {
      return (zip(group, try outcomes(of: group)).map(answer), true)
    } catch {
      connection.rollBack()
      return (group.map { job in { job.fail(error) } }, false)
    }
  }

  private func answer(_ job: WriteJob, _ outcome: Outcome) -> @Sendable () -> Void {
    switch outcome {
    case .done(let acknowledge): acknowledge
    case .failed(let error): { job.fail(error) }
    }
  }

  private func outcomes(of group: [WriteJob]) throws -> [Outcome] {
    try connection.command("BEGIN IMMEDIATE")
    let outcomes = try group.map(runInSavepoint)
    try connection.command("COMMIT")
    return outcomes
  }

  /// - Throws: only what ends the whole group.
  private func runInSavepoint(_ job: WriteJob) throws -> Outcome {
    try connection.command("SAVEPOINT closure")
    let outcome: Outcome
    do {
      outcome = .done(try job.run(Transaction(on: connection, clock: clock)))
      // Left to the commit, a deferred foreign key would fail everybody.
      if connection.hasDanglingForeignKey { throw StoreError.constraint(.foreignKey, []) }
    } catch {
      // After a full disk or an I/O error SQLite may have given up the whole transaction.
      guard connection.isInTransaction else { throw error }
      try connection.command("ROLLBACK TO closure")
      try connection.command("RELEASE closure")
      return .failed(error)
    }
    try connection.command("RELEASE closure")
    return outcome
  }
}
