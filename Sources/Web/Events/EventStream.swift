internal import Synchronization

/// Events on their way to one reader.
///
/// The connection sleeps while there is nothing to send and costs no thread. What its line takes at once is written by the
/// event's sender, one system call for each reader; the event loop is woken for the rest. A reader that is too slow is
/// dropped: it reconnects by itself and catches up from `Last-Event-ID`.
public final class EventStream: Sendable, OutgoingStream {
  /// What may wait for a slow reader; a hall's display needs a hundred times less.
  public static let pendingByteCountMax = 64 * 1024

  /// A line that readers pass over.
  private static let comment = Array(": \n\n".utf8)

  private struct State {
    /// Something goes out at once: until the first byte has come, proxies and browsers don't know that it is open.
    var pending = EventStream.comment
    /// How much of `pending` has gone out.
    var sentCount = 0
    /// There while the connection sleeps in `fill`.
    var sleeping: (any SuspendableConnection)?
    var isClosed = false
    var isOverrun = false
    var lastSent = ContinuousClock.now
    var onClose: [@Sendable () -> Void] = []

    /// Keeps the bytes after the first `goneCount`, which are on the line.
    ///
    /// Nothing is copied while nothing else is pending, which is nearly always.
    mutating func append(_ bytes: [UInt8], after goneCount: Int) {
      if pending.isEmpty {
        (pending, sentCount) = (bytes, goneCount)
      } else {
        pending.removeFirst(sentCount)
        sentCount = 0
        pending += bytes[goneCount...]
      }
    }

    mutating func take(into buffer: UnsafeMutableRawBufferPointer) -> Int {
      let count = min(buffer.count, pending.count - sentCount)
      unsafe buffer.copyBytes(from: pending[sentCount..<sentCount + count])
      sentCount += count
      if sentCount == pending.count { (pending, sentCount) = ([], 0) }
      return count
    }
  }

  private let state = Mutex(State())

  /// A stream that begins with a comment, so that proxies pass it on at once.
  public init() {}

  /// Sends an event; does not wait.
  ///
  /// - Returns: whether the stream is still open. False once the reader has gone, was too slow, or the server stops.
  @discardableResult
  public func send(_ event: ServerEvent) -> Bool { send(bytes: event.bytes) }

  /// Sends events that were made once for many readers; does not wait. Their bytes are shared until they go out.
  ///
  /// - Returns: whether the stream is still open.
  @discardableResult
  public func send(_ events: SharedEvents) -> Bool { send(bytes: events.bytes) }

  /// Whether events may still arrive.
  public var isOpen: Bool { state.withLock { !$0.isClosed } }

  /// Ends the stream after what is pending.
  public func close() { end { $0.isClosed = true } }

  /// Ends the stream after what is pending, and asks its reader not to come back before so many seconds are over
  /// (WHATWG HTML section 9.2.6, `retry`).
  func end(askingToWait seconds: Int) {
    send(bytes: Array("retry: \(seconds * 1000)\n\n".utf8))
    close()
  }

  /// Calls `action` once when the stream ends, for whatever reason; at once when it has ended already.
  public func onClose(_ action: @escaping @Sendable () -> Void) {
    let isClosed = state.withLock { state in
      if !state.isClosed { state.onClose.append(action) }
      return state.isClosed
    }
    if isClosed { action() }
  }

  /// Sends a comment when nothing was sent since `moment`, so that proxies keep the connection and a
  /// reader that has gone is noticed.
  func beat(ifSilentSince moment: ContinuousClock.Instant) {
    guard state.withLock({ $0.lastSent < moment }) else { return }
    send(bytes: Self.comment)
  }

  @discardableResult
  func send(bytes: [UInt8]) -> Bool {
    let isOverrun = state.withLock { state in
      guard !state.isClosed else { return false }
      state.lastSent = .now
      // While it sleeps nothing is pending, so the order is kept.
      let goneCount = state.sleeping?.sendAtOnce(bytes) ?? 0
      let leftCount = bytes.count - goneCount
      guard leftCount > 0 else { return false }
      guard state.pending.count - state.sentCount + leftCount <= Self.pendingByteCountMax else { return true }
      state.append(bytes, after: goneCount)
      Self.wake(&state)
      return false
    }
    if isOverrun { end { ($0.isClosed, $0.isOverrun) = (true, true) } }
    return isOpen
  }

  /// The connection is gone: called once by the server, after which it is never touched again.
  func detach() {
    end { state in
      state.sleeping = nil
      state.isClosed = true
    }
  }

  /// Moves pending bytes into `buffer`, or puts the connection to sleep. On the connection's own thread.
  func fill(_ buffer: UnsafeMutableRawBufferPointer, of connection: any SuspendableConnection) -> StreamFilling {
    state.withLock { state in
      if state.isOverrun { return .overrun }
      guard state.pending.isEmpty else { return .bytes(unsafe state.take(into: buffer)) }
      if state.isClosed { return .end }
      // Under the lock, so that the task that sends next sees the connection asleep and wakes it.
      connection.suspend()
      state.sleeping = connection
      return .sleeping
    }
  }

  /// Whether the reader was too slow and its connection should be cut.
  var isOverrun: Bool { state.withLock { $0.isOverrun } }

  func cut() { close() }

  private func end(_ change: (inout State) -> Void) {
    let actions = state.withLock { state in
      change(&state)
      Self.wake(&state)
      defer { state.onClose = [] }
      return state.onClose
    }
    for action in actions { action() }
  }

  private static func wake(_ state: inout State) {
    state.sleeping?.resume()
    state.sleeping = nil
  }
}
