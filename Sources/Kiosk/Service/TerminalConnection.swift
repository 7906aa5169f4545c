internal import Core
internal import Dispatch

#if canImport(Glibc)
  internal import Glibc
#endif

/// One connected terminal: its descriptor, what it has not read yet, its session.
///
/// Belongs to the listener and is touched on the listener's queue only.
final class TerminalConnection {
  let id: Int
  let descriptor: Int32
  let openedAt: Instant
  var reader = MessageReader()
  var allowance: InputAllowance
  /// Nil until the terminal has said hello.
  var session: KioskSession?
  /// There when the terminal is a call display instead.
  var display: HallTerminal?
  /// Follows the hall for the display.
  var following: Task<Void, Never>?
  /// Counts inputs, so that a waiting Escape knows whether something has followed it.
  var inputCount = 0
  /// Whether `bye` was said: no more input is taken, and unsent bytes go out before the connection closes.
  private(set) var isClosing = false
  /// How many ticks of the listener's clock have passed since `bye`; after some the rest is not waited for.
  var closingTickCount = 0

  private var unread: [UInt8] = []
  private var stalledSince: Instant?
  private let queue: DispatchQueue
  private let reading: any DispatchSourceRead
  private var writing: (any DispatchSourceWrite)?

  /// Takes the descriptor over. `onReadable` is called on the queue.
  init(
    id: Int, descriptor: Int32, at now: Instant, inputBytesPerSecondMax: Int, queue: DispatchQueue,
    onReadable: @escaping @Sendable () -> Void
  ) {
    self.id = id
    self.descriptor = descriptor
    self.queue = queue
    openedAt = now
    allowance = InputAllowance(bytesPerSecondMax: inputBytesPerSecondMax, at: now)
    reading = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
    reading.setEventHandler(handler: onReadable)
    reading.setCancelHandler { UnixSocket.close(descriptor) }
    reading.activate()
  }

  /// Queues bytes and sends what the terminal takes now; `onWritable` is called when it takes more.
  ///
  /// - Returns: whether the terminal is still there.
  func send(_ bytes: [UInt8], at now: Instant, onWritable: @escaping @Sendable () -> Void) -> Bool {
    unread += bytes
    return flush(at: now, onWritable: onWritable)
  }

  func flush(at now: Instant, onWritable: @escaping @Sendable () -> Void) -> Bool {
    while !unread.isEmpty {
      guard let count = Descriptor.send(unread[...], to: descriptor) else { return false }
      if count == 0 { break }
      unread.removeFirst(count)
      stalledSince = nil
    }
    if unread.isEmpty {
      writing?.cancel()
      (writing, stalledSince) = (nil, nil)
    } else {
      stalledSince = stalledSince ?? now
      if writing == nil { waitUntilWritable(onWritable) }
    }
    return true
  }

  /// Whether the terminal has read too little for too long.
  func isStalled(at now: Instant, limits: KioskLimits) -> Bool {
    if unread.count > limits.unreadByteCountMax { return true }
    return stalledSince.map { now - $0 >= limits.stalledMax } ?? false
  }

  var hasUnread: Bool { !unread.isEmpty }

  func beginClosing() {
    isClosing = true
    session = nil
    display = nil
    following?.cancel()
  }

  /// Gives the descriptor back; the connection is of no further use.
  func cancel() {
    following?.cancel()
    writing?.cancel()
    reading.cancel()
  }

  private func waitUntilWritable(_ onWritable: @escaping @Sendable () -> Void) {
    // A descriptor of its own, so that each source closes what it watches.
    let copy = dup(descriptor)
    guard copy >= 0 else { return }
    let source = DispatchSource.makeWriteSource(fileDescriptor: copy, queue: queue)
    source.setEventHandler(handler: onWritable)
    source.setCancelHandler { UnixSocket.close(copy) }
    source.activate()
    writing = source
  }
}

/// How many bytes a terminal may still send: one second's worth at once, filled up as time goes by.
struct InputAllowance {
  private let bytesPerSecondMax: Int
  private var left: Int
  private var filledAt: Instant

  init(bytesPerSecondMax: Int, at now: Instant) {
    self.bytesPerSecondMax = bytesPerSecondMax
    left = bytesPerSecondMax
    filledAt = now
  }

  /// Whether so many bytes are within the allowance; they are taken from it.
  mutating func take(_ count: Int, at now: Instant) -> Bool {
    let elapsed = max(0, min((now - filledAt).milliseconds, 1000))
    let earned = Int(elapsed) * bytesPerSecondMax / 1000
    if earned > 0 {
      left = min(bytesPerSecondMax, left + earned)
      filledAt = now
    }
    left -= count
    return left >= 0
  }
}
