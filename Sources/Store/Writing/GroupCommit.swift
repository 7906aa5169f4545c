internal import Core

/// Runs a group of closures one after another, each in its own savepoint, and makes them durable with
/// one commit.
///
/// Nobody learns anything before that commit, not even of a failure: what a closure saw, and failed for,
/// may be an earlier one's work, and is true only once that is durable.
struct GroupCommit {
  let session: any DatabaseSession
  let clock: any WallClock

  /// What came of a group.
  struct Outcome {
    /// The answer to each job's caller.
    let answers: [Answer]
    let isCommitted: Bool
    /// Whether all of it failed because the disk is full.
    let metFullDisk: Bool
    /// The commit's number; nil when it kept nothing, or failed.
    let number: Int64?
  }

  func run(_ group: [WriteJob]) -> Outcome {
    do {
      try session.perform(.beginWriting)
      let changes = session.changeTotal
      let outcomes = try group.map(runInSavepoint)
      // Changes that were all taken back, as the watchdog's are, keep nothing.
      let hasKept = outcomes.contains { $0.isKept }
      let number = try session.commit(since: hasKept ? changes : session.changeTotal)
      return Outcome(answers: outcomes.map(\.answer), isCommitted: true, metFullDisk: false, number: number)
    } catch {
      session.rollBack()
      let isFull = if case StoreError.full = error { true } else { false }
      return Outcome(
        answers: group.map { Answer(error, to: $0.fail) }, isCommitted: false, metFullDisk: isFull, number: nil)
    }
  }

  /// - Throws: only what ends the whole group.
  private func runInSavepoint(_ job: WriteJob) throws -> (answer: Answer, isKept: Bool) {
    try session.perform(.setSavepoint)
    let answer: Answer
    do {
      answer = try job.run(Transaction(on: session, clock: clock))
      // Left to the commit, a deferred foreign key would fail everybody.
      if session.hasDanglingForeignKey { throw StoreError.constraint(.foreignKey, []) }
    } catch {
      // Room may be made for the whole group. After an error of the disk the engine may have given up the whole transaction.
      if case StoreError.full = error { throw error }
      guard session.isInTransaction else { throw error }
      try session.perform(.rollBackToSavepoint)
      try session.perform(.releaseSavepoint)
      return (Answer(error, to: job.fail), false)
    }
    try session.perform(.releaseSavepoint)
    return (answer, true)
  }
}
