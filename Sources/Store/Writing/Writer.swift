internal import Core
import Dispatch
import Synchronization

/// The one writer: a queue of its own, on which waiting closures are committed in groups.
///
/// A group is what came in while the one before was committed, so no closure waits for company: alone,
/// a closure is committed at once; in a crowd, one fsync serves them all.
final class Writer: Sendable {
  /// Keeps the first of a group from waiting long for the last: some 10 ms of small closures.
  static let groupCountMax = 512
  /// More than this many waiting means that the disk has stopped: better to say so than to pile up.
  static let waitingCountMax = 20_000

  /// So many groups after a closure has failed that had changed something, others are expected to.
  private static let carefulGroupCount = 32

  private struct Inbox {
    var jobs: [WriteJob] = []
    var isDraining = false
    /// How many groups are still to be run with savepoints.
    var carefulGroupCount = 0
    var isClosed = false
    var counters = StoreCounters()
  }

  private enum Step {
    case commit([WriteJob])
    case rest
  }

  private let inbox = Mutex(Inbox())
  // Held only on the queue; the mutex proves to the compiler what the queue already guarantees.
  private let session: Mutex<(any DatabaseSession)?>
  private let queue = DispatchQueue(label: "gapura.store.writer")
  private let witness: any CommitWitness
  private let clock: any WallClock
  /// Frees room on a full disk, when there is something to give up.
  private let makeRoom: @Sendable () -> Bool
  private let committed: @Sendable () -> Void

  init(
    _ session: sending any DatabaseSession, witness: any CommitWitness, clock: any WallClock,
    makeRoom: @escaping @Sendable () -> Bool, committed: @escaping @Sendable () -> Void
  ) {
    self.session = Mutex(session)
    self.witness = witness
    self.clock = clock
    self.makeRoom = makeRoom
    self.committed = committed
  }

  var counters: StoreCounters { inbox.withLock { $0.counters } }
  var waitingCount: Int { inbox.withLock { $0.jobs.count } }

  /// Runs a closure in a transaction; returns when it is durable.
  func write<T: Sendable>(_ body: @escaping @Sendable (borrowing Transaction) throws -> T) async throws -> T {
    try await withCheckedThrowingContinuation { continuation in
      submit(WriteJob(body, answering: continuation))
    }
  }

  private func submit(_ job: WriteJob) {
    let refusal: StoreError? = inbox.withLock { inbox in
      if inbox.isClosed { return .closed }
      if inbox.jobs.count >= Self.waitingCountMax { return .overloaded }
      inbox.jobs.append(job)
      if !inbox.isDraining {
        inbox.isDraining = true
        queue.async { self.drain() }
      }
      return nil
    }
    if let refusal { job.fail(refusal) }
  }

  private func drain() {
    while case .commit(let group) = nextStep() { commit(group) }
  }

  private func nextStep() -> Step {
    inbox.withLock { inbox in
      guard !inbox.jobs.isEmpty else {
        inbox.isDraining = false
        return .rest
      }
      let group = Array(inbox.jobs.prefix(Self.groupCountMax))
      inbox.jobs.removeFirst(group.count)
      return .commit(group)
    }
  }

  private func commit(_ group: [WriteJob]) {
    let isCareful = inbox.withLock { $0.carefulGroupCount > 0 }
    let outcome = session.withLock { session in
      guard let session else {
        return GroupCommit.Outcome(answers: group.map { Answer(StoreError.closed, to: $0.fail) })
      }
      let commit = GroupCommit(session: session, clock: clock)
      let outcome = commit.run(group, isCareful: isCareful)
      // No caller was told anything yet, and nothing is kept of the first time.
      return outcome.metFullDisk && makeRoom() ? commit.run(group, isCareful: isCareful) : outcome
    }
    inbox.withLock { inbox in
      if group.count > 1 {
        inbox.carefulGroupCount = outcome.hadToTakeBack ? Self.carefulGroupCount : max(0, inbox.carefulGroupCount - 1)
      }
      inbox.counters.writeCount += group.count
      if outcome.isCommitted { inbox.counters.commitCount += 1 }
    }
    // Before a caller is told: what was acknowledged is witnessed.
    if let number = outcome.number { witness.record(number) }
    for answer in outcome.answers { answer.deliver() }
    if outcome.isCommitted { committed() }
  }

  /// Brings the schema up to date in one transaction, apart from the groups.
  ///
  /// - Parameter file: one that only gets its first tables and no later ones; nil where both may come.
  func migrate(_ schemas: [Schema], refusingToUpgrade file: String?, log: any Log) async throws {
    let (clock, witness) = (clock, witness)
    try await onQueue { session in
      let migrator = Migrator(session: session, clock: clock, log: log)
      // Nothing is begun where nothing is to be changed: a disk that refuses writing refuses even that.
      try migrator.checkNames(schemas)
      if try migrator.hasApplied(schemas) { return }
      if let file, try !migrator.isNew() { throw StoreError.older(path: file) }
      try session.perform(.beginWriting)
      do {
        let changes = session.changeTotal
        try migrator.migrate(schemas)
        if let number = try session.commit(since: changes) { witness.record(number) }
      } catch {
        session.rollBack()
        throw error
      }
    }
  }

  /// Gives back what the connection keeps in memory, after what waits.
  func giveBackMemory() async {
    // Only a closed one throws, which keeps nothing.
    try? await onQueue { $0.giveBackMemory() }
  }

  /// Takes no more closures, finishes those that wait, settles what was committed and closes.
  func close() async {
    inbox.withLock { $0.isClosed = true }
    // May fail while another process reads; the next start does it then.
    try? await onQueue { session in try session.settle() }
    session.withLock { $0 = nil }
    witness.close()
  }

  private func onQueue(_ body: @escaping @Sendable (any DatabaseSession) throws -> Void) async throws {
    try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
      queue.async {
        let outcome: Result<Void, any Error> = self.session.withLock { session in
          guard let session else { return .failure(StoreError.closed) }
          return Result { try body(session) }
        }
        continuation.resume(with: outcome)
      }
    }
  }
}
