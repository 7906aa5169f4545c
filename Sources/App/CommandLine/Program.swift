import Contracts
import Core
import FoundationEssentials
import Glibc
import Kiosk
import Store
import Vault

/// The `gapura` executable: finds the command that the words name and runs it.
struct Program {
  static let version = "0.1.0"

  let input: CommandLineInput
  let environment: [String: String]

  /// Runs the command and says how it went.
  func run() async -> ExitCode {
    if input.options["version"] != nil { return say(["gapura \(Self.version)"]) }
    do { return try await perform() } catch { return tell(error) }
  }

  private func perform() async throws -> ExitCode {
    if input.options["help"] != nil { return try await help() }
    switch input.words.first {
    case nil, "help": return try await help()
    case "serve": return try await serve()
    case "kiosk": return try await kiosk()
    case "display": return try await display()
    case "backup": return try await BackupCommand(input: input, places: places, environment: environment).run()
    case "restore": return try await RestoreCommand(input: input, places: places, environment: environment).run()
    case "migrate": return try await migrate()
    case "clock": return try await ClockCommand(input: input, places: places, environment: environment).run()
    case "loss": return try LossCommand(input: input, places: places).run()
    case "verify-receipt": return try ReceiptCommand(input: input).run()
    default: return try await command()
    }
  }

  /// Says at the terminal why it came to nothing.
  ///
  /// - Returns: what tells programs the same.
  private func tell(_ error: any Error) -> ExitCode {
    switch error {
    case let problem as Problem: return fail(problem, ExitCode(problem))
    case let error as StoreError where error.isOfDamage: return tellDamage(error)
    default:
      StandardError.write("gapura: \((error as? UsageError)?.message ?? "\(error)")\n")
      return code(of: error)
    }
  }

  /// Names each damaged page, also to the service where one runs beside this command.
  private func tellDamage(_ error: StoreError) -> ExitCode {
    let found = error == .corrupt ? DamageWatch.damage(in: [places.database, places.keyRing]) : []
    if input.words.first != "serve" {
      DamageWatch.tellService(of: found.map { DamagedPage(file: $0.file, number: $0.page) }, at: places.control)
    }
    return fail(error.damage(at: places, found) ?? Problem(.fault, "fault"), .dataError)
  }

  private func code(of error: any Error) -> ExitCode {
    switch error {
    case let error as StoreError where error.isOfAnotherVersion: .configuration
    case let error as StoreError where error.isOfDisk: .inputOutput
    case is UsageError: .usage
    case let error as ListenProblem: error.code
    case let error as UnixSocketError: ExitCode(error)
    case is ConfigurationProblem, is ConfigurationProblems: .configuration
    default: .software
    }
  }

  private var places: Places { Places(options: input.options, environment: environment) }

  private func serve() async throws -> ExitCode {
    // A mistyped option would else start an office where it was not meant to be.
    guard input.words == ["serve"],
      input.options.keys.allSatisfy(Places.options.union(["port", "hall-port"]).contains)
    else { throw UsageError("usage: gapura serve [--port PORT] [--hall-port PORT]") }
    let (port, hallPort) = (try port("port"), try port("hall-port"))
    Allocator.bound()
    try places.prepareRuntime()
    try places.prepareState()
    try places.requirePrivateState()
    do {
      let composition = try await Composition.build(
        places: places, environment: environment, port: port, hallPort: hallPort, use: .serving)
      return try await Serve(composition: composition, environment: environment).run()
    } catch let error as StoreError where error.isOfDamage {
      Systemd.status("Not serving: \(error)")
      throw error
    } catch let error as ListenProblem {
      Systemd.status("Not serving: \(error)")
      throw error
    }
  }

  private func port(_ option: String) throws -> Int? {
    try input.options[option].map { text in
      guard let port = UInt16(text) else { throw UsageError("--\(option) takes a number from 0 to 65535") }
      return Int(port)
    }
  }

  private func kiosk() async throws -> ExitCode {
    try await relay(
      KioskRelay(
        socketPath: socketPath, name: input.options["name"] ?? "kiosk",
        locales: try Locales.load(directory: places.locales)))
  }

  private func display() async throws -> ExitCode {
    try await relay(
      KioskRelay(
        socketPath: socketPath, displayOf: input.options["zone"],
        locales: try Locales.load(directory: places.locales)))
  }

  private var socketPath: String { input.options["socket"] ?? places.socket(TerminalSettings().socket) }

  private func relay(_ relay: KioskRelay) async throws -> ExitCode {
    do {
      _ = try await relay.run()
      return .ok
    } catch KioskRelay.Failure.notATerminal {
      throw UsageError(KioskRelay.Failure.notATerminal.description)
    } catch let failure as KioskRelay.Failure {
      // A name that its unit gives it: no start would find it otherwise, and systemd leaves it at that.
      StandardError.write("gapura: \(failure)\n")
      return .configuration
    }
  }

  private func command() async throws -> ExitCode {
    let composition = try await compositionForCommands(log: StandardErrorLog(least: .warning))
    guard let command = composition.commands.first(where: { input.words.starts(with: $0.path) }) else {
      let known = CommandHelp.ofProgram + composition.commands.map { CommandHelp($0) }
      await composition.stop()
      throw UsageError(CommandHelp.unknown(input.words, among: known))
    }
    do {
      let output = try await command.run(
        CommandInput(
          arguments: Array(input.words.dropFirst(command.path.count)),
          options: input.options.filter { !Places.options.contains($0.key) },
          readSecret: Terminal.readSecret, showProgress: Terminal.showProgress))
      await composition.stop()
      return say(output.lines)
    } catch let error as UsageError {
      await composition.stop()
      throw UsageError("\(error.message)\nusage: gapura \(command.path.joined(separator: " ")) \(command.usage)")
    } catch {
      await composition.stop()
      throw error
    }
  }

  /// The office as its state's owner has it, so that root leaves no files there that the service cannot open.
  private func compositionForCommands(log: any Log) async throws -> Composition {
    let rights = try StateOwner.become(ownerOf: places.state)
    return try await Composition.build(places: places, environment: environment, log: log, rights: rights)
  }

  /// `gapura migrate`: does to the tables what a start of the service does, and nothing else.
  private func migrate() async throws -> ExitCode {
    guard input.words == ["migrate"], input.options.keys.allSatisfy(Places.options.contains) else {
      throw UsageError("usage: gapura migrate")
    }
    guard FileManager.default.fileExists(atPath: places.database) else {
      throw Problem(.notFound, "backup.no-data", ["path": places.database])
    }
    let rights = try StateOwner.become(ownerOf: places.state)
    // In the server's place: one of another version would not know the tables any more.
    let composition = try await Composition.build(
      places: places, environment: environment, log: StandardErrorLog(least: .info), rights: rights, use: .serving)
    do {
      // The key ring's tables, too.
      try await composition.services.require(Vault.self).open()
    } catch {
      await composition.stop()
      throw error
    }
    await composition.stop()
    return say(["the tables are those of this version"])
  }

  private func help() async throws -> ExitCode {
    // `gapura help restore` and `gapura restore --help` are the same.
    let subject = Array(input.words.first == "help" ? input.words.dropFirst() : input.words[...])
    let own = CommandHelp.meant(by: subject, among: CommandHelp.ofProgram)
    if !subject.isEmpty, !own.isEmpty { return say(own.flatMap(\.lines)) }
    let (others, trouble) = await commandsOfModules()
    let known = CommandHelp.ofProgram + others
    guard subject.isEmpty else {
      let meant = CommandHelp.meant(by: subject, among: known)
      guard !meant.isEmpty else { throw UsageError(trouble ?? CommandHelp.unknown(subject, among: known)) }
      return say(meant.flatMap(\.lines))
    }
    return say(
      ["Gapura runs the service hall of an immigration office.", "", "usage: gapura COMMAND [OPTIONS]", ""]
        + known.flatMap(\.lines) + (trouble.map { ["", $0] } ?? [])
        + ["", "options: --config DIR  --state DIR  --runtime DIR  --share DIR  --version  --help"])
  }

  /// The modules' commands, or why they cannot be listed. Help makes nothing: without a database they are not asked for.
  private func commandsOfModules() async -> (commands: [CommandHelp], trouble: String?) {
    guard FileManager.default.fileExists(atPath: places.database) else {
      return ([], "`gapura vault init` makes the root key and the database; then this help lists the other commands.")
    }
    do {
      let composition = try await compositionForCommands(log: SilentLog())
      let commands = composition.commands.map { CommandHelp($0) }
      await composition.stop()
      return (commands, nil)
    } catch {
      let words = try? Locales.load(directory: places.locales).words(.english)
      return ([], "The other commands cannot be listed: \(error.sentence(words))")
    }
  }

  private func say(_ lines: [String]) -> ExitCode {
    for line in lines { print(line) }
    return .ok
  }

  /// Shows a problem at the terminal, in the language of `LANG`.
  private func fail(_ problem: Problem, _ code: ExitCode) -> ExitCode {
    guard let locales = try? Locales.load(directory: places.locales) else {
      StandardError.write("gapura: \(problem)\n")
      return code
    }
    let spoken = environment["LANG"] ?? ""
    let words = locales.words(locales.languages.first { spoken.hasPrefix($0.rawValue) } ?? .english)
    StandardError.write("gapura: \(problem.title(words))\n\(problem.mend(words))\n")
    return code
  }
}
