internal import Console
internal import Core
internal import Dispatch

/// A kiosk's terminal: its keyboard and its screen.
actor KioskTerminal {
  private let executor = SerialQueueExecutor(label: "day.kiosk")
  nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

  /// The same key again sooner is one that is held down.
  private static let fingerTime = Duration.milliseconds(750)
  /// No person sees a screen and presses a key in less.
  private static let glance = Duration.milliseconds(5)
  /// A screen that has not come by then will not come.
  private static let answerMax = Duration.seconds(20)
  /// A person who sees nothing happen presses again after that long.
  private static let patience = Duration.seconds(3)

  let name: String
  private let line: any TerminalLine
  private let measurements: Measurements
  private var screen: TerminalScreen
  private var last: (key: Character?, at: ContinuousClock.Instant)?

  /// A terminal as the daemon knows one, at its Unix socket.
  ///
  /// - Throws: `Trouble` when nobody listens at the path.
  init(socket path: String, name: String, size: Size, measurements: Measurements) throws {
    self.name = name
    self.measurements = measurements
    screen = TerminalScreen(size)
    line = try SocketLine(to: path, name: name, size: size, timeout: Self.answerMax)
  }

  /// A terminal on which a program runs that makes it a kiosk.
  ///
  /// - Parameters:
  ///   - command: the program's path and arguments.
  ///   - waiting: the words by which it says that the daemon is away.
  /// - Throws: what starting it throws.
  init(running command: [String], name: String, size: Size, waiting: String, measurements: Measurements) throws {
    self.name = name
    self.measurements = measurements
    screen = TerminalScreen(size)
    line = try ProgramLine(running: command, size: size, waiting: waiting)
  }

  /// Sends keys and waits until the screen satisfies `isThere`.
  ///
  /// - Parameter isAsking: whether the screen still asks for these keys. Then they met one that was drawn anew in that moment,
  ///   which a kiosk does not take for meant, and are pressed again.
  /// - Returns: the screen.
  /// - Throws: `Trouble` when it does not come; `KioskAway`.
  @discardableResult
  func press(
    _ keys: String, until isThere: @Sendable (TerminalScreen) -> Bool,
    againWhile isAsking: @Sendable (TerminalScreen) -> Bool = { _ in false }
  ) async throws -> TerminalScreen {
    let clock = ContinuousClock()
    if !keys.isEmpty { try await moveFinger(to: keys) }
    let start = clock.now
    var pressed = start
    if !keys.isEmpty { try line.send(keys) }
    // What stands there now may satisfy it already; a key's answer is what comes next.
    var isFresh = keys.isEmpty
    while !(isFresh && isThere(screen)) {
      if let drawn = try line.receive(within: Self.patience) {
        if !drawn.isEmpty { try screen.apply(drawn) }
        isFresh = true
      } else if isAsking(screen) {
        pressed = clock.now
        try line.send(keys)
      }
      guard clock.now - start < Self.answerMax || isFresh && isThere(screen) else {
        let shown = screen.lines.joined(separator: "\n")
        throw Trouble("kiosk \(name): the awaited screen did not come; it shows\n\(shown)")
      }
    }
    if !keys.isEmpty {
      measurements.noteKiosk(took: clock.now - pressed)
      // From the answer on: when the daemon took the key is not known.
      last = (keys.last, clock.now)
    }
    return screen
  }

  /// Takes the time of a hand, which presses no key twice in a moment.
  private func moveFinger(to keys: String) async throws {
    var pause = Self.glance
    if let last, last.key == keys.first { pause = max(pause, Self.fingerTime - (ContinuousClock.now - last.at)) }
    try await Task.sleep(for: pause)
  }
}
