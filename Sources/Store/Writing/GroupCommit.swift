internal import Core

/// Runs a group of closures one after another and makes them durable with one commit; one that fails is taken back alone.
///
/// No caller learns anything before that commit, not even of a failure: what a closure saw, and failed for, may be an earlier
/// one's work, and is true only once that is durable.
struct GroupCommit {
  let session: any DatabaseSession
  let clock: any WallClock

  /// What came of a group.
  struct Outcome {
    /// The answer to each job's caller.
    let answers: [Answer]
    var isCommitted = false
    /// Whether all of it failed because the disk is full.
    var metFullDisk = false
    /// Whether a closure failed that had changed something.
    var hadToTakeBack = false
    /// The commit's number; nil when it kept nothing, or failed.
    var number: Int64?
  }

  /// - Parameter isCareful: whether each closure gets a savepoint at once. A savepoint keeps a copy of each page that is
  ///   changed after it, which few closures need: where one does, without, the others run again.
  func run(_ group: [WriteJob], isCareful: Bool) -> Outcome {
    do {
      if group.count == 1 { return try runAlone(group[0]) }
      if !isCareful, let outcome = try runTogether(group) { return outcome }
      return try runApart(group)
    } catch {
      session.rollBack()
      let isFull = if case StoreError.full = error { true } else { false }
      return Outcome(answers: group.map { Answer(error, to: $0.fail) }, metFullDisk: isFull)
    }
  }

  /// Runs a closure that is alone: what is taken back where it fails is the whole transaction. It needs no savepoint, which
  /// would keep a copy of each page that it changes, and does not run twice.
  ///
  /// - Throws: only what ends the whole group.
  private func runAlone(_ job: WriteJob) throws -> Outcome {
    try session.perform(.beginWriting)
    let changes = session.changeTotal
    let answer: Answer
    do {
      answer = try run(job)
    } catch {
      try requireTransaction(after: error)
      let hasChanged = session.changeTotal != changes
      if hasChanged { session.rollBack() } else { _ = try session.commit(since: changes) }
      return Outcome(answers: [Answer(error, to: job.fail)], isCommitted: true, hadToTakeBack: hasChanged)
    }
    let number = try session.commit(since: changes)
    return Outcome(answers: [answer], isCommitted: true, number: number)
  }

  /// Runs the closures in one transaction as it is.
  ///
  /// - Returns: nil when one failed that had changed something; then all of it was taken back.
  /// - Throws: only what ends the whole group.
  private func runTogether(_ group: [WriteJob]) throws -> Outcome? {
    try session.perform(.beginWriting)
    let changes = session.changeTotal
    var answers: [Answer] = []
    for job in group {
      let before = session.changeTotal
      do {
        answers.append(try run(job))
      } catch {
        try requireTransaction(after: error)
        guard session.changeTotal == before else {
          session.rollBack()
          return nil
        }
        answers.append(Answer(error, to: job.fail))
      }
    }
    let number = try session.commit(since: changes)
    return Outcome(answers: answers, isCommitted: true, number: number)
  }

  /// Runs the closures each in its own savepoint.
  ///
  /// - Throws: only what ends the whole group.
  private func runApart(_ group: [WriteJob]) throws -> Outcome {
    try session.perform(.beginWriting)
    let changes = session.changeTotal
    let outcomes = try group.map(runInSavepoint)
    // Changes that were all taken back, as the watchdog's are, keep nothing.
    let hasKept = outcomes.contains { $0.isKept }
    let number = try session.commit(since: hasKept ? changes : session.changeTotal)
    return Outcome(
      answers: outcomes.map(\.answer), isCommitted: true, hadToTakeBack: outcomes.contains { $0.isTakenBack },
      number: number)
  }

  /// - Throws: only what ends the whole group.
  private func runInSavepoint(_ job: WriteJob) throws -> (answer: Answer, isKept: Bool, isTakenBack: Bool) {
    try session.perform(.setSavepoint)
    let before = session.changeTotal
    let answer: Answer
    do {
      answer = try run(job)
    } catch {
      try requireTransaction(after: error)
      try session.perform(.rollBackToSavepoint)
      try session.perform(.releaseSavepoint)
      return (Answer(error, to: job.fail), false, session.changeTotal != before)
    }
    try session.perform(.releaseSavepoint)
    return (answer, true, false)
  }

  private func run(_ job: WriteJob) throws -> Answer {
    let answer = try job.run(Transaction(on: session, clock: clock))
    // Left to the commit, a deferred foreign key would fail everybody.
    if session.hasDanglingForeignKey { throw StoreError.constraint(.foreignKey, []) }
    return answer
  }

  /// - Throws: the error of a closure where it ends the whole group.
  private func requireTransaction(after error: any Error) throws {
    // Room may be made for the whole group. After an error of the disk the engine may have given up the whole transaction.
    if case StoreError.full = error { throw error }
    guard session.isInTransaction else { throw error }
  }
}
