internal import Core

/// Runs a group of closures one after another, each in its own savepoint, and makes them durable with
/// one commit.
///
/// Nobody learns anything before that commit, not even of a failure: what a closure saw, and failed for,
/// may be an earlier one's work, and is true only once that is durable.
struct GroupCommit {
  let connection: Connection
  let clock: any WallClock

  /// What came of a group.
  struct Outcome {
    /// For each job the answer to its caller.
    let answers: [Answer]
    let isCommitted: Bool
    /// Whether all of it failed because the disk is full.
    let metFullDisk: Bool
    /// The commit's number; nil when it kept nothing, or failed.
    let number: Int64?
  }

  func run(_ group: [WriteJob]) -> Outcome {
    do {
      try connection.command("BEGIN IMMEDIATE")
      let changes = connection.changeTotal
      let outcomes = try group.map(runInSavepoint)
      // Changes that were all taken back, as the watchdog's are, keep nothing.
      let hasKept = outcomes.contains { $0.isKept }
      let number = try connection.commit(since: hasKept ? changes : connection.changeTotal)
      return Outcome(answers: outcomes.map(\.answer), isCommitted: true, metFullDisk: false, number: number)
    } catch {
      connection.rollBack()
      let isFull = if case StoreError.full = error { true } else { false }
      return Outcome(
        answers: group.map { Answer(error, to: $0.fail) }, isCommitted: false, metFullDisk: isFull, number: nil)
    }
  }

  /// - Throws: only what ends the whole group.
  private func runInSavepoint(_ job: WriteJob) throws -> (answer: Answer, isKept: Bool) {
    try connection.command("SAVEPOINT closure")
    let answer: Answer
    do {
      answer = try job.run(Transaction(on: connection, clock: clock))
      // Left to the commit, a deferred foreign key would fail everybody.
      if connection.hasDanglingForeignKey { throw StoreError.constraint(.foreignKey, []) }
    } catch {
      // Room may be made for the whole group. After an I/O error SQLite may have given up the whole transaction.
      if case StoreError.full = error { throw error }
      guard connection.isInTransaction else { throw error }
      try connection.command("ROLLBACK TO closure")
      try connection.command("RELEASE closure")
      return (Answer(error, to: job.fail), false)
    }
    try connection.command("RELEASE closure")
    return (answer, true)
  }
}
