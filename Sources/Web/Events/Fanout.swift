internal import Synchronization

/// Event streams by what they follow. Bytes are made once for a topic and shared by all who follow it.
public final class Fanout<Topic: Hashable & Sendable>: Sendable {
  private struct State {
    var followers: [Topic: [Int: StreamFollower]] = [:]
    var nextNumber = 0
  }

  private let state = Mutex(State())

  /// Topics without followers yet.
  public init() {}

  /// Everything that is followed now.
  public var topics: [Topic] { state.withLock { Array($0.followers.keys) } }

  /// How many streams follow something.
  public var followerCount: Int { state.withLock { $0.followers.reduce(0) { $0 + $1.value.count } } }

  /// Lets a stream follow a topic until it ends.
  ///
  /// - Returns: what gives the stream its first content, unless something newer has come by then.
  public func add(_ stream: EventStream, to topic: Topic) -> @Sendable (SharedEvents) -> Void {
    let follower = StreamFollower(stream)
    let number = state.withLock { state in
      state.nextNumber += 1
      state.followers[topic, default: [:]][state.nextNumber] = follower
      return state.nextNumber
    }
    stream.onClose { [weak self] in self?.remove(number, from: topic) }
    return follower.begin
  }

  /// Sends to all who follow a topic.
  public func send(_ events: SharedEvents, to topic: Topic) {
    // Outside the lock: a stream that is too slow ends here and is removed.
    for follower in state.withLock({ Array($0.followers[topic, default: [:]].values) }) { follower.send(events) }
  }

  /// Ends every stream.
  public func close() {
    let followers = state.withLock { state in
      defer { state.followers = [:] }
      return state.followers.values.flatMap(\.values)
    }
    for follower in followers { follower.stream.close() }
  }

  private func remove(_ number: Int, from topic: Topic) {
    state.withLock { state in
      state.followers[topic]?[number] = nil
      if state.followers[topic]?.isEmpty == true { state.followers[topic] = nil }
    }
  }
}

/// A stream, and whether it has got anything yet.
private final class StreamFollower: Sendable {
  let stream: EventStream
  private let hasContent = Mutex(false)

  init(_ stream: EventStream) { self.stream = stream }

  @Sendable func send(_ events: SharedEvents) {
    hasContent.withLock { hasContent in
      hasContent = true
      stream.send(events)
    }
  }

  /// The first content was read while something newer may have been sent already.
  @Sendable func begin(_ events: SharedEvents) {
    hasContent.withLock { hasContent in
      if !hasContent { stream.send(events) }
      hasContent = true
    }
  }
}
