import Synchronization

/// Hands a value to all who watch it: each gets the present one at once and then only ever the newest, so that a slow
/// watcher catches up by itself.
public final class Watchers<Value: Sendable>: Sendable {
  private struct State {
    var streams: [Int: AsyncStream<Value>.Continuation] = [:]
    var nextNumber = 0
  }

  private let state = Mutex(State())

  /// A value without watchers yet.
  public init() {}

  /// The value now and after each change, until its reader goes or `finish` ends it.
  ///
  /// - Parameter present: read in turn with `send`, so that a newer value never comes before it.
  public func watch(from present: () -> Value) -> AsyncStream<Value> {
    let (stream, continuation) = AsyncStream<Value>.makeStream(bufferingPolicy: .bufferingNewest(1))
    let number = state.withLock { state in
      state.nextNumber += 1
      state.streams[state.nextNumber] = continuation
      continuation.yield(present())
      return state.nextNumber
    }
    continuation.onTermination = { [weak self] _ in
      self?.state.withLock { _ = $0.streams.removeValue(forKey: number) }
    }
    return stream
  }

  /// Tells all who watch.
  ///
  /// - Parameter newest: read in turn, so that two who tell at once hand on what is the newest to each.
  public func send(_ newest: () -> Value) {
    state.withLock { state in
      guard !state.streams.isEmpty else { return }
      let value = newest()
      for stream in state.streams.values { stream.yield(value) }
    }
  }

  /// Ends every stream.
  public func finish() {
    let streams = state.withLock { state in
      defer { state.streams = [:] }
      return Array(state.streams.values)
    }
    for stream in streams { stream.finish() }
  }
}
