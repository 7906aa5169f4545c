internal import Core
import Dispatch
import Synchronization

/// Reads the journal once after a commit, and now and then for what other processes have committed, and wakes all who
/// follow it.
final class JournalHub: Sendable {
  /// One reading; more follow at once.
  private static let batchCountMax = 512

  private struct State {
    var tail: JournalTail
    var waiting: [Int: CheckedContinuation<Void, any Error>] = [:]
    var nextTicket = 0
    /// Whether there may be events that have not been read: after a commit, and at the beginning.
    var isStale = true
    var isReading = false
    /// Whether it will be looked again after the interval. No look is planned where no follower waits.
    var isLookPlanned = false
    var isClosed = false
    var readCount = 0
    var failure: (any Error)?
  }

  /// How often is looked for what was committed without a hint. Not by `Periodic`, which comes round whether or not a follower
  /// waits: most stores that are open, such as those of commands, are followed by none.
  let interval: Duration

  private let state: Mutex<State>
  private let session: Mutex<(any DatabaseSession)?>
  private let queue = DispatchQueue(label: "gapura.store.journal")

  init(_ session: sending any DatabaseSession, known: Int64, interval: Duration) {
    self.session = Mutex(session)
    self.interval = interval
    state = Mutex(State(tail: JournalTail(known: known)))
  }

  /// How often it has read.
  var readCount: Int { state.withLock { $0.readCount } }

  /// What the latest reading failed with; nil when it succeeded.
  var failure: (any Error)? { state.withLock { $0.failure } }

  /// There may be something new: a commit, or a new follower who wants other processes' events too.
  func hint() {
    state.withLock { state in
      state.isStale = true
      if !state.waiting.isEmpty { readSoon(&state) }
    }
  }

  /// Waits until there is something after `position`.
  ///
  /// - Returns: what comes next, `.upToDate` when the store was closed or the task cancelled.
  func next(after position: Int64) async throws -> JournalTail.Offer {
    while !Task.isCancelled {
      let (offer, isClosed) = state.withLock { ($0.tail.offer(after: position), $0.isClosed) }
      if case .upToDate = offer, !isClosed {
        try await wait(after: position)
      } else {
        return isClosed ? .upToDate : offer
      }
    }
    return .upToDate
  }

  private func wait(after position: Int64) async throws {
    let ticket = state.withLock { state in
      state.nextTicket += 1
      return state.nextTicket
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let mustWait = state.withLock { state in
          // Asked under the lock: a cancellation after this finds the continuation in its place.
          guard !Task.isCancelled, !state.isClosed, state.tail.known <= position else { return false }
          state.waiting[ticket] = continuation
          if state.isStale { readSoon(&state) }
          lookLater(&state)
          return true
        }
        if !mustWait { continuation.resume() }
      }
    } onCancel: {
      state.withLock { $0.waiting.removeValue(forKey: ticket) }?.resume()
    }
  }

  private func readSoon(_ state: inout State) {
    guard !state.isReading else { return }
    state.isReading = true
    queue.async { self.readAll() }
  }

  private func lookLater(_ state: inout State) {
    guard !state.isLookPlanned else { return }
    state.isLookPlanned = true
    let milliseconds = Int(clamping: max(1, interval.milliseconds))
    queue.asyncAfter(deadline: .now() + .milliseconds(milliseconds)) { [weak self] in self?.look() }
  }

  private func look() {
    state.withLock { state in
      state.isLookPlanned = false
      guard !state.isClosed, !state.waiting.isEmpty else { return }
      readSoon(&state)
      lookLater(&state)
    }
  }

  private func readAll() {
    var hasMore = true
    while hasMore {
      let known = state.withLock { state in
        state.isStale = false
        state.readCount += 1
        return state.tail.known
      }
      let batch = Result { try read(after: known) }
      let (woken, isStale) = state.withLock { take(batch, &$0) }
      for continuation in woken { continuation.resume(with: batch.map { _ in () }) }
      hasMore = isStale
    }
  }

  /// - Returns: the followers to be told, and whether to read on.
  private func take(
    _ batch: Result<[RecordedEvent], any Error>, _ state: inout State
  ) -> ([CheckedContinuation<Void, any Error>], Bool) {
    let isNews: Bool
    switch batch {
    case .success(let events):
      state.failure = nil
      state.tail.extend(events)
      if events.count == Self.batchCountMax { state.isStale = true }
      isNews = !events.isEmpty
    case .failure(let error):
      state.failure = error
      isNews = true
    }
    let woken = isNews ? Array(state.waiting.values) : []
    if isNews { state.waiting = [:] }
    state.isReading = state.isStale
    return (woken, state.isStale)
  }

  private func read(after sequence: Int64) throws -> [RecordedEvent] {
    try session.withLock { session in
      guard let session else { throw StoreError.closed }
      return try Snapshot(of: session).events(after: sequence, limit: Self.batchCountMax)
    }
  }

  /// Gives back what the connection keeps in memory.
  func giveBackMemory() async {
    await withCheckedContinuation { continuation in
      queue.async {
        self.session.withLock { session in if let session { session.giveBackMemory() } }
        continuation.resume()
      }
    }
  }

  /// Ends all who follow.
  func close() {
    let woken = state.withLock { state in
      state.isClosed = true
      defer { state.waiting = [:] }
      return Array(state.waiting.values)
    }
    for continuation in woken { continuation.resume() }
    queue.async { self.session.withLock { $0 = nil } }
  }
}
