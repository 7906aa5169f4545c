internal import Core

/// Runs a group of closures one after another, each in its own savepoint, and makes them durable with
/// one commit.
///
/// Nobody learns anything before that commit, not even of a failure: what a closure saw, and failed for,
/// may be an earlier one's work, and is true only once that is durable.
struct GroupCommit {
  let connection: Connection
  let clock: any WallClock

  /// - Returns: for each job the answer to its caller; and whether the commit succeeded.
  func run(_ group: [WriteJob]) -> (answers: [Answer], isCommitted: Bool) {
    do {
      try connection.command("BEGIN IMMEDIATE")
      let answers = try group.map(runInSavepoint)
      try connection.command("COMMIT")
      return (answers, true)
    } catch {
      connection.rollBack()
      return (group.map { Answer(error, to: $0.fail) }, false)
    }
  }

  /// - Throws: only what ends the whole group.
  private func runInSavepoint(_ job: WriteJob) throws -> Answer {
    try connection.command("SAVEPOINT closure")
    let answer: Answer
    do {
      answer = try job.run(Transaction(on: connection, clock: clock))
      // Left to the commit, a deferred foreign key would fail everybody.
      if connection.hasDanglingForeignKey { throw StoreError.constraint(.foreignKey, []) }
    } catch {
      // After a full disk or an I/O error SQLite may have given up the whole transaction.
      guard connection.isInTransaction else { throw error }
      try connection.command("ROLLBACK TO closure")
      try connection.command("RELEASE closure")
      return Answer(error, to: job.fail)
    }
    try connection.command("RELEASE closure")
    return answer
  }
}
