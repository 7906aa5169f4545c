internal import Console
internal import Core

/// A machine that is a kiosk: its program stays while the daemon comes and goes.
actor KioskProgram {
  private static let size = Size(columns: 80, rows: 25)

  private let command: [String]
  private let name: String
  private let waiting: String
  private var running: KioskTerminal?

  /// - Parameter command: the program's path and arguments.
  init(_ command: [String], name: String, locales: Locales) {
    self.command = command
    self.name = name
    waiting = locales.words(.indonesian)("kiosk.relay.waiting")
  }

  /// The terminal, on which the program is started unless it runs already.
  func terminal() throws -> KioskTerminal {
    if let running { return running }
    let terminal = try KioskTerminal(
      running: command, name: name, size: Self.size, waiting: waiting, measurements: Measurements())
    running = terminal
    return terminal
  }

  /// Switches the machine off; the next visitor finds it started anew.
  func switchOff() { running = nil }
}
