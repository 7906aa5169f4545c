internal import Client
internal import Console
internal import TinyTerminal

#if canImport(Glibc)
  internal import Glibc
#endif

/// A program on a pseudo-terminal of its own, as a kiosk's machine runs it.
final class ProgramLine: TerminalLine {
  private static let lookMilliseconds: Int32 = 100

  private let terminal: PseudoTerminal
  private let program: ChildProcess
  /// What the screen says while the daemon is away.
  private let waiting: String

  /// - Throws: what making a terminal or starting the program throws.
  init(running command: [String], size: Size, waiting: String) throws {
    self.waiting = waiting
    terminal = try PseudoTerminal(size)
    program = try ChildProcess(command[0], Array(command.dropFirst()), terminal: terminal.near)
  }

  deinit {
    // It ends by itself when its terminal is gone, and is ended otherwise.
    terminal.hangUp()
    program.end(with: SIGTERM)
  }

  func send(_ keys: String) throws { terminal.type(keys) }

  func receive(within time: Duration) throws -> [UInt8]? {
    let deadline = ContinuousClock.now + time
    repeat {
      if terminal.wait(milliseconds: Self.lookMilliseconds) { return terminal.read() }
      guard program.isRunning else { throw Trouble("the kiosk program has ended: \(program.speech.complaintText)") }
      if isAway { throw KioskAway() }
    } while ContinuousClock.now < deadline
    return nil
  }

  private var isAway: Bool {
    terminal.screen.text.split(whereSeparator: \.isWhitespace).joined(separator: " ").contains(waiting)
  }
}
