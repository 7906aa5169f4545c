import Client
import Foundation

/// A real terminal: a `tmux` of its own that runs one program in a window of a fixed size.
final class TerminalWindow {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  private static let interval: TimeInterval = 0.02
  private static let program = "/usr/bin/tmux"
  /// A tmux inside a tmux would be refused.
  private static let environment = ["LANG": "C.UTF-8", "TMUX": ""]

  let columns: Int
  let rows: Int
  private let directory = FileManager.default.temporaryDirectory.appendingPathComponent(
    "tmux-\(UUID().uuidString.prefix(8))")
  private var server: ChildProcess?
  private var last: (key: String, at: ContinuousClock.Instant)?

  init(columns: Int, rows: Int, running command: [String]) throws {
    self.columns = columns
    self.rows = rows
    try FileManager.default.createDirectory(
      at: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    try startServer()
    let line = command.map { "'\($0)'" }.joined(separator: " ")
    try tmux(["new-session", "-d", "-s", "kiosk", "-x", String(columns), "-y", String(rows), line])
  }

  /// Ends the program and its terminal.
  func close() {
    _ = try? tmux(["kill-server"])
    server?.end(with: SIGTERM)
    try? FileManager.default.removeItem(at: directory)
  }

  /// The server stays our child, so that it ends with the test.
  private func startServer() throws {
    let settings = directory.appendingPathComponent("tmux.conf")
    try "set -g exit-empty off\nset -g status off\nset -g remain-on-exit on\n"
      .write(to: settings, atomically: true, encoding: .utf8)
    let server = try ChildProcess(Self.program, prepared(["-D", "-f", settings.path]), environment: Self.environment)
    self.server = server
    let deadline = ContinuousClock.now + Duration.seconds(15).withPatience
    while (try? tmux(["show-options", "-g", "status"]))?.contains("off") != true {
      guard server.isRunning, ContinuousClock.now < deadline else { throw Failure(description: "tmux does not start") }
      Thread.sleep(forTimeInterval: Self.interval)
    }
  }

  /// Types text as a keyboard would.
  func type(_ text: String) throws {
    liftFinger(from: text)
    try tmux(["send-keys", "-t", "kiosk", "-l", text])
  }

  /// Types a line and ends it. All of it comes fast enough for a scanner; on a busy machine an Enter that is sent apart may
  /// come so late that it is taken for the scanner's, which confirms nothing.
  func enter(_ line: String) throws { try scan(line) }

  /// Sends a code as a scanner does, with its Enter in the same burst: of one that comes by itself nobody knows whether it
  /// is the scanner's or a hand's.
  func scan(_ code: String) throws {
    try tmux(["send-keys", "-t", "kiosk", "-l", code, ";", "send-keys", "-t", "kiosk", "Enter"])
    last = ("Enter", ContinuousClock.now)
  }

  /// Presses a key by tmux's name: `Enter`, `Escape`, `F9`.
  func press(_ key: String) throws {
    liftFinger(from: key)
    try tmux(["send-keys", "-t", "kiosk", key])
  }

  /// Holds a key down for so many of the keyboard's repeats.
  func hold(_ key: String, repeats: Int) throws {
    liftFinger(from: key)
    try tmux(["send-keys", "-t", "kiosk", "-N", String(repeats), key])
  }

  /// The same key again is one that is held down unless the finger was off it for as long as a hand takes.
  private func liftFinger(from key: String) {
    if let last, last.key == key, !Self.repeatable.contains(key) {
      Thread.sleep(until: Date(timeIntervalSinceNow: Self.fingerTime - (ContinuousClock.now - last.at) / .seconds(1)))
    }
    last = (key, ContinuousClock.now)
  }

  /// Taking back and turning pages may be held down.
  private static let repeatable: Set = ["BSpace", "7", "8"]
  /// A little more than the 0.7 s of the shipped configuration.
  private static let fingerTime: TimeInterval = 0.8

  /// What the screen shows, a line each.
  var text: String { get throws { try tmux(["capture-pane", "-p", "-t", "kiosk"]) } }

  /// What the screen shows once it says something and no more is drawn: a frame may reach the terminal in pieces.
  var settledText: String {
    get throws {
      var before = ""
      var shown = ""
      try wait(for: "a screen at rest") { text in
        (before, shown) = (shown, text)
        return before == shown && !Self.squeezed(shown).isEmpty
      }
      return shown
    }
  }

  /// The same with its colours, as the escape sequences that make them.
  var coloured: String { get throws { try tmux(["capture-pane", "-e", "-N", "-p", "-t", "kiosk"]) } }

  /// Waits until the screen shows the text, whatever the lines it is broken into.
  func wait(for wanted: String, within patience: Duration = .seconds(15)) throws {
    try wait(for: "“\(wanted)”", within: patience) { Self.squeezed($0).contains(Self.squeezed(wanted)) }
  }

  func wait(for fact: String, within patience: Duration = .seconds(15), _ holds: (String) -> Bool) throws {
    let deadline = ContinuousClock.now + patience.withPatience
    while true {
      let shown = try text
      if holds(shown) {
        // When the kiosk took the key is not known, only that it has.
        last?.at = ContinuousClock.now
        return
      }
      guard ContinuousClock.now < deadline else {
        throw Failure(description: "never: \(fact). The screen shows:\n\(shown)")
      }
      Thread.sleep(forTimeInterval: Self.interval)
    }
  }

  /// Without lines and block drawings, and with single spaces, so that a sentence is found wherever it is broken.
  static func squeezed(_ text: String) -> String {
    text.split { $0.isWhitespace || "│║|┃█▀▄─".contains($0) }.joined(separator: " ")
  }

  @discardableResult
  private func tmux(_ arguments: [String]) throws -> String {
    // -N: never start a server of its own.
    try ChildProcess.run(Self.program, prepared(["-N"] + arguments), environment: Self.environment).text
  }

  private func prepared(_ arguments: [String]) -> [String] {
    ["-u", "-S", directory.appendingPathComponent("socket").path] + arguments
  }
}
