import Synchronization

/// The events of the office in the order in which they became durable.
///
/// They are appended with `Transaction.append`. A follower is told each event at least once and keeps
/// its own position, best with `Transaction.setPosition` beside what it does with the events.
///
/// Events do not stay for ever (`JournalKeeping`). A follower that was away for too long is told so by
/// `StoreError.eventsRemoved`: it reads what it needs anew, and follows from there.
public final class Journal: Sendable {
  private let readers: ReaderPool
  private let hub: JournalHub

  init(readers: ReaderPool, hub: JournalHub) {
    self.readers = readers
    self.hub = hub
  }

  /// The events after a sequence number in order, at most `limit` of them, of those that are kept.
  public func events(after sequence: Int64, limit: Int) async throws -> [RecordedEvent] {
    try await readers.read { try $0.events(after: sequence, limit: limit) }
  }

  /// The sequence number of the newest event; 0 when there has been none.
  public func latestSequence() async throws -> Int64 {
    try await readers.read { try $0.latestSequence() }
  }

  /// How far a subscriber has come: 0 when it has kept no position yet.
  public func position(of subscriber: StaticString) async throws -> Int64 {
    let name = subscriber.description
    return try await readers.read { snapshot in
      try snapshot.value("SELECT sequence FROM store_positions WHERE subscriber = \(name)") ?? 0
    }
  }

  /// What the latest reading for those who follow failed with; nil when it succeeded.
  public var failure: (any Error)? { hub.failure }

  /// The events after a sequence number in batches: first those that are there, then each as it is
  /// committed. This process's commits are told at once; those of another process are seen with the next commit here, or
  /// when the journal is looked at again, as often as `Store.open` was told.
  ///
  /// Batches are fetched as they are asked for, so a slow follower misses nothing and holds no memory.
  /// The stream ends when the store is closed or the task cancelled, and throws when the database
  /// cannot be read, and `StoreError.eventsRemoved` where events after the position are not kept any more.
  public func follow(after sequence: Int64) -> AsyncThrowingStream<[RecordedEvent], any Error> {
    hub.hint()
    let follower = Follower(after: sequence, readers: readers, hub: hub)
    return AsyncThrowingStream { try await follower.next() }
  }

  /// The same for a follower that outlives errors: each is told, and then the journal is followed on from the last event
  /// that was handed out, or from the first that is kept.
  ///
  /// - Parameter failed: is told why the database could not be read, each time that it could not; and by
  ///   `StoreError.eventsRemoved` that events were missed, before those that come after them.
  public func follow(
    after sequence: Int64, failed: @escaping @Sendable (any Error) -> Void
  ) -> AsyncStream<[RecordedEvent]> {
    hub.hint()
    let follower = Follower(after: sequence, readers: readers, hub: hub)
    return AsyncStream(unfolding: { await follower.next(failed: failed) })
  }
}

/// A follower, and how far it has come.
private final class Follower: Sendable {
  /// One reading for a follower that is behind; more are read as they are asked for.
  private static let batchCountMax = 512

  private let position: Mutex<Int64>
  private let readers: ReaderPool
  private let hub: JournalHub

  init(after sequence: Int64, readers: ReaderPool, hub: JournalHub) {
    position = Mutex(sequence)
    self.readers = readers
    self.hub = hub
  }

  /// The next batch; nil at the end.
  func next() async throws -> [RecordedEvent]? {
    let after = position.withLock { $0 }
    switch try await hub.next(after: after) {
    case .events(let events): return advance(events)
    case .upToDate: return nil
    case .behind:
      let events = try await readers.read { try $0.events(after: after, limit: Self.batchCountMax) }
      // Numbers have no gaps.
      if let first = events.first, first.sequence > after + 1 {
        throw StoreError.eventsRemoved(upTo: first.sequence - 1)
      }
      return advance(events)
    }
  }

  /// The next batch, however often the database cannot be read before; nil at the end.
  func next(failed: @Sendable (any Error) -> Void) async -> [RecordedEvent]? {
    while !Task.isCancelled {
      do {
        return try await next()
      } catch StoreError.closed {
        return nil
      } catch StoreError.eventsRemoved(let last) {
        failed(StoreError.eventsRemoved(upTo: last))
        position.withLock { $0 = last }
      } catch {
        failed(error)
        try? await Task.sleep(for: hub.interval)
        hub.hint()
      }
    }
    return nil
  }

  private func advance(_ events: [RecordedEvent]) -> [RecordedEvent] {
    if let last = events.last { position.withLock { $0 = last.sequence } }
    return events
  }
}
