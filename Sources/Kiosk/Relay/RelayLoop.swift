internal import Console
internal import Core

#if canImport(Glibc)
  internal import Glibc
#endif

/// Waits for the terminal, the daemon and signals, and carries what comes.
struct RelayLoop {
  /// How long to wait before the next try to connect; doubled at each, so that sixty terminals do not
  /// hammer a daemon that is starting.
  private static let waitMin = Duration.milliseconds(250)
  private static let waitMax = Duration.seconds(5)
  /// A terminal over SSH may change its size without a signal to us.
  private static let sizeInterval = Duration.milliseconds(500)

  private enum Link {
    case away(until: Instant)
    case connected(Int32)
  }

  private let socketPath: String
  private let greeting: @Sendable (Size) -> TerminalMessage
  private let terminal: RawTerminal
  private let waiting: [String]
  private let clock = UptimeClock()
  private var link: Link
  /// The reader of the present connection.
  private var reader = MessageReader()
  private var wait = Self.waitMin
  private var size: Size

  init(
    socketPath: String, greeting: @escaping @Sendable (Size) -> TerminalMessage, terminal: RawTerminal,
    waiting: [String]
  ) {
    self.socketPath = socketPath
    self.greeting = greeting
    self.terminal = terminal
    self.waiting = waiting
    size = terminal.size
    link = .away(until: UptimeClock().now)
  }

  /// Carries bytes until the terminal is gone.
  mutating func run(_ signals: SignalPipe) -> KioskRelay.Ending {
    while true {
      guard let ending = turn(signals) else { continue }
      disconnect()
      return ending
    }
  }

  /// Waits once and carries what has come.
  ///
  /// - Returns: why it is the end, if it is.
  private mutating func turn(_ signals: SignalPipe) -> KioskRelay.Ending? {
    connectWhenDue()
    let ready = Poll.wait(for: [terminal.input, signals.descriptor] + (socket.map { [$0] } ?? []), atMost: pause)
    if ready.contains(signals.descriptor), let signal = signals.take().first(where: { $0 != SIGWINCH }) {
      return .signal(signal)
    }
    checkSize()
    if ready.contains(terminal.input), !relayKeys() { return .hangUp }
    if let socket, ready.contains(socket) { relayScreen(from: socket) }
    return nil
  }

  private var socket: Int32? {
    if case .connected(let socket) = link { return socket }
    return nil
  }

  private var pause: Duration {
    guard case .away(let until) = link else { return Self.sizeInterval }
    return max(.zero, min(until - clock.now, Self.sizeInterval))
  }

  private mutating func connectWhenDue() {
    guard case .away(let until) = link, clock.now >= until else { return }
    guard let socket = try? UnixSocket.connect(to: socketPath) else { return goAway(waiting) }
    UnixSocket.setNonBlocking(socket)
    link = .connected(socket)
    reader = MessageReader()
    send(greeting(size))
  }

  /// Tells the person at the terminal to wait, and tries again after a while.
  private mutating func goAway(_ words: [String]) {
    disconnect()
    link = .away(until: clock.now + wait)
    wait = min(wait + wait, Self.waitMax)
    show(words)
  }

  private mutating func disconnect() {
    if let socket { UnixSocket.close(socket) }
    link = .away(until: clock.now)
  }

  private func show(_ words: [String]) {
    var frame = Frame(size)
    var row = max(0, size.rows / 2 - words.count)
    for line in words {
      let area = Area(column: 0, row: row, columns: size.columns, rows: size.rows - row)
      row += frame.write(line, in: area, style: .bold, centred: true) + 1
    }
    terminal.write(Control.begin + Control.wipe + Renderer.update(from: nil, to: frame))
  }

  private mutating func checkSize() {
    let now = terminal.size
    guard now != size else { return }
    size = now
    if socket == nil { show(waiting) } else { send(.resize(size)) }
  }

  /// Carries what was typed; false when the terminal is gone. While the daemon is away it is dropped.
  private mutating func relayKeys() -> Bool {
    switch Descriptor.read(terminal.input) {
    case .bytes(let bytes):
      send(.input(bytes))
      return true
    case .nothingYet: return true
    case .ended: return false
    }
  }

  private mutating func relayScreen(from socket: Int32) {
    switch Descriptor.read(socket) {
    case .nothingYet: return
    case .ended: goAway(waiting)
    case .bytes(let bytes):
      guard let messages = try? reader.read(bytes) else { return goAway(waiting) }
      for (type, payload) in messages {
        switch try? DaemonMessage(type, payload) {
        case .output(let bytes):
          terminal.write(bytes)
          wait = Self.waitMin
        case .bye(.stopping, _): return goAway(waiting)
        case .bye(_, let words): return goAway(waiting + [words])
        case nil: return goAway(waiting)
        }
      }
    }
  }

  /// Sends a message. A daemon that takes only a part of it is stuck, and half a message could never be
  /// mended: the connection is given up.
  private mutating func send(_ message: TerminalMessage) {
    guard let socket else { return }
    let bytes = message.bytes
    if Descriptor.send(bytes[...], to: socket) != bytes.count { goAway(waiting) }
  }
}

/// Waiting for descriptors.
enum Poll {
  /// The descriptors that can be read or have been closed by the other side.
  static func wait(for descriptors: [Int32], atMost: Duration) -> Set<Int32> {
    var polled = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    guard unsafe poll(&polled, nfds_t(polled.count), Int32(clamping: atMost.milliseconds + 1)) > 0 else { return [] }
    return Set(polled.filter { $0.revents != 0 }.map(\.fd))
  }
}
