public import Core
internal import Console
internal import Dispatch

#if canImport(Glibc)
  internal import Glibc
#endif

/// `gapura kiosk`: makes a terminal the daemon's. It carries bytes both ways and knows nothing of
/// what they mean; while the daemon is away it says so and comes back by itself.
public struct KioskRelay: Sendable {
  /// Why the relay has ended.
  public enum Ending: Sendable, Equatable {
    /// The terminal is gone.
    case hangUp
    /// The process was asked to end by SIGTERM, SIGHUP or SIGINT.
    case signal(Int32)
  }

  /// Why it cannot begin.
  public enum Failure: Error, Equatable, CustomStringConvertible {
    /// Standard input is a file or a pipe.
    case notATerminal
    /// The name that was given for the kiosk cannot be sent.
    case badName(String)
    /// The code that was given for the display's zone cannot be sent.
    case badZone(String)

    /// What was wrong and how to call the command, in one line for a sysadmin.
    public var description: String {
      switch self {
      case .notATerminal:
        "standard input is not a terminal: start `gapura kiosk` on one, such as a tty or over SSH with -t"
      case .badName(let name):
        "\"\(Self.shown(name))\" cannot name a kiosk: use 1 to \(KioskProtocol.nameByteCountMax) of A-Z, a-z, 0-9 and "
          + "# + - . : = @ _ /, as in the name of a terminal"
      case .badZone(let zone):
        "\"\(Self.shown(zone))\" is no zone's code: use 1 to \(KioskProtocol.zoneByteCountMax) of a-z, 0-9 and -, as "
          + "displays.json5 has them"
      }
    }

    /// What was written, in one line and without what could move a terminal's cursor.
    private static func shown(_ text: String) -> String {
      String(
        text.unicodeScalars.prefix(80).map { scalar in
          scalar.isASCII && scalar.value >= 0x20 && scalar.value != 0x7F ? Character(scalar) : "?"
        })
    }
  }

  private let socketPath: String
  /// What the terminal wants to be.
  private enum Kind { case kiosk(String), display(zone: String?) }

  private let kind: Kind
  private let locales: Locales
  private let input: Int32
  private let output: Int32

  /// `name` is shown to the officer who is called for help: `lobi-1`. The descriptors are standard input
  /// and output unless a test has others.
  public init(socketPath: String, name: String, locales: Locales, input: Int32 = 0, output: Int32 = 1) {
    self.init(.kiosk(name), socketPath, locales, input, output)
  }

  /// A call display on this terminal: of a zone, or of the whole hall for nil.
  public init(socketPath: String, displayOf zone: String?, locales: Locales, input: Int32 = 0, output: Int32 = 1) {
    self.init(.display(zone: zone), socketPath, locales, input, output)
  }

  private init(_ kind: Kind, _ socketPath: String, _ locales: Locales, _ input: Int32, _ output: Int32) {
    self.kind = kind
    self.socketPath = socketPath
    self.locales = locales
    self.input = input
    self.output = output
  }

  /// What the terminal says first; nil for a name that cannot be.
  private var greeting: (@Sendable (Size) -> TerminalMessage)? {
    switch kind {
    case .kiosk(let name):
      guard KioskProtocol.isName(name) else { return nil }
      return { .hello(version: KioskProtocol.version, size: $0, name: name) }
    case .display(let zone):
      guard zone.map(KioskProtocol.isZone) ?? true else { return nil }
      return { .watch(version: KioskProtocol.version, size: $0, zone: zone) }
    }
  }

  private var refusal: Failure {
    switch kind {
    case .kiosk(let name): .badName(name)
    case .display(let zone): .badZone(zone ?? "")
    }
  }

  /// Relays until the terminal hangs up or a signal comes; the terminal is then as it was before.
  ///
  /// - Throws: `Failure` before anything has been touched.
  public func run() async throws -> Ending {
    guard let greeting else { throw refusal }
    guard let terminal = RawTerminal(input: input, output: output) else { throw Failure.notATerminal }
    let queue = DispatchQueue(label: "kiosk.relay")
    return await withCheckedContinuation { continuation in
      queue.async {
        let signals = SignalPipe([SIGTERM, SIGHUP, SIGINT, SIGWINCH])
        terminal.enter()
        var loop = RelayLoop(socketPath: socketPath, greeting: greeting, terminal: terminal, waiting: waitingWords)
        let ending = loop.run(signals)
        terminal.restore()
        continuation.resume(returning: ending)
      }
    }
  }

  private var waitingWords: [String] {
    locales.languages.map { locales.words($0)("kiosk.relay.waiting") }
  }
}
