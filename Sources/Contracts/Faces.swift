public import Core

/// A module that adds commands to `gapura`.
public protocol Commanding: Module {
  /// The commands, in the order in which help lists them.
  func commands() -> [Command]
}

/// One command of the `gapura` executable, such as `gapura officer add NAME --role clerk`.
public struct Command: Sendable {
  /// The words that name it: `["officer", "add"]`.
  public let path: [String]
  /// The rest of the line, as shown by help: `NAME [--role clerk|supervisor]`.
  public let usage: String
  /// What it does, in one line of the list of commands.
  public let summary: String
  /// Does it; what it throws is told to the caller, and decides the exit code.
  public let run: @Sendable (CommandInput) async throws -> CommandOutput

  /// A command of those words.
  public init(
    _ path: [String], usage: String, summary: String,
    run: @escaping @Sendable (CommandInput) async throws -> CommandOutput
  ) {
    self.path = path
    self.usage = usage
    self.summary = summary
    self.run = run
  }
}

/// What a command was called with.
public struct CommandInput: Sendable {
  /// The words after the command's path that are no options.
  public let arguments: [String]
  /// `--role clerk` as `["role": "clerk"]`.
  public let options: [String: String]
  /// Asks for a secret at the terminal without showing it, or reads a line of standard input where that is no terminal.
  public let readSecret: @Sendable (_ prompt: String) throws -> Personal<String>
  /// Shows how far a long command has come, where it is watched at a terminal.
  public let showProgress: @Sendable (CommandProgress) -> Void

  /// What was called; without `showProgress` no progress is shown.
  public init(
    arguments: [String], options: [String: String],
    readSecret: @escaping @Sendable (_ prompt: String) throws -> Personal<String>,
    showProgress: @escaping @Sendable (CommandProgress) -> Void = { _ in }
  ) {
    self.arguments = arguments
    self.options = options
    self.readSecret = readSecret
    self.showProgress = showProgress
  }
}

/// How far a long command has come.
public struct CommandProgress: Sendable, Equatable {
  /// What is counted: `keys`, `entries`.
  public let unit: String
  /// How much of it is done.
  public let done: Int
  /// How much there is in all.
  public let total: Int

  /// A state of progress.
  public init(_ unit: String, done: Int, total: Int) {
    self.unit = unit
    self.done = done
    self.total = total
  }

  /// The bar as text, `width` symbols between its brackets: `[=====>    ] 52 % of 1000000 keys`.
  public func bar(width: Int = 40) -> String {
    let share = total > 0 ? min(1, Double(done) / Double(total)) : 1
    let full = Int(share * Double(width))
    let rest = width - full
    let line =
      String(repeating: "=", count: full) + (rest > 0 ? ">" : "") + String(repeating: " ", count: max(0, rest - 1))
    return "[\(line)] \(Int(share * 100)) % of \(total) \(unit)"
  }
}

/// What a command says when it is done.
public struct CommandOutput: Sendable {
  /// The lines for standard output, without line ends.
  public let lines: [String]
  /// An output of those lines; none for a command that says nothing when all went well.
  public init(_ lines: [String]) { self.lines = lines }
}

/// A command called in a way it cannot be; exits with EX_USAGE and shows the usage.
public struct UsageError: Error {
  /// What was wrong with the call, as a sentence.
  public let message: String
  /// A refusal of the call.
  public init(_ message: String) { self.message = message }
}

/// A module that tells how it is.
public protocol Observed: Module {
  /// Whether the module can do its work now; empty words when it can.
  func health() async -> HealthReport
  /// Its counters and gauges.
  func metrics() async -> [Metric]
}

extension Observed {
  /// None, for a module that counts nothing.
  public func metrics() async -> [Metric] { [] }
}

/// How a module is.
public struct HealthReport: Sendable {
  /// Whether it can do its work.
  public let isHealthy: Bool
  /// One sentence in English for a sysadmin; never personal data.
  public let detail: String

  /// Whether a sysadmin should look, though the module does its work.
  public let isDegraded: Bool

  /// A report; a module that is not healthy need not say that it is degraded.
  public init(isHealthy: Bool, isDegraded: Bool = false, detail: String) {
    self.isHealthy = isHealthy
    self.isDegraded = isDegraded
    self.detail = detail
  }

  /// What cannot do its work because of an error: never a problem's code, but its words.
  ///
  /// - Parameter before: what it is that cannot be done, as the beginning of the sentence.
  public init(failing error: any Error, _ words: Words?, before: String = "") {
    self.init(isHealthy: false, detail: before + error.sentence(words))
  }
}

/// A number for monitoring, in OpenMetrics terms.
public struct Metric: Sendable {
  /// `gapura_queue_waiting`.
  public let name: StaticString
  /// What the number counts or measures, in a sentence for those who read the metrics.
  public let help: StaticString
  /// What tells this number from others of its name; never personal data.
  public let labels: [(name: StaticString, value: String)]
  /// The number itself.
  public let value: Double

  /// A number under its name and labels.
  public init(
    _ name: StaticString, help: StaticString, labels: [(name: StaticString, value: String)] = [], value: Double
  ) {
    self.name = name
    self.help = help
    self.labels = labels
    self.value = value
  }
}
