internal import Core
public import Foundation
import Synchronization

/// The real `gapura` executable with a state directory and a clock of its own, on a free port.
///
///     let office = try OfficeProcess()
///     try office.start()
///     let browser = Browser(port: office.port)
public final class OfficeProcess {
  /// What went wrong with the executable, with what it said.
  public struct Failure: Error, CustomStringConvertible {
    public let description: String

    public init(description: String) { self.description = description }
  }

  /// The state directory; removed by `remove`.
  public let directory: URL
  public var state: String { directory.appendingPathComponent("state").path }
  public var runtime: String { directory.appendingPathComponent("run").path }
  /// A copy of the shipped configuration, for the test to change.
  public let configuration: URL
  public var kioskSocket: String { "\(runtime)/kiosk" }
  /// The port it listens on, once started.
  public private(set) var port: UInt16 = 0
  /// The port of the hall's own listener, once started.
  public private(set) var hallPort: UInt16 = 0
  /// What time it is for the server and for the commands.
  public let clock: OfficeClock
  /// The beginning of each command line, as for a program that runs the rest elsewhere.
  public var wrapper: [String] = []
  /// The server, once started.
  public private(set) var server: ChildProcess?

  private let executable: URL
  private let repository: URL
  private let running = Running()
  /// What the servers before this one wrote.
  private var earlierLog = ""

  /// - Parameters:
  ///   - executable: the one beside the tests unless `GAPURA_EXECUTABLE` names another.
  ///   - repository: where `etc` and `share` lie.
  ///   - moment: what time it is there, `YYYY-MM-DD HH:MM` in the shipped zone (WIB); nil for the machine's own time,
  ///     which may be a Sunday's or a night's.
  ///   - demandsFactors: whether supervisors must have a second factor, as an office is shipped. Else a password is enough, for
  ///     all tests that are not about signing in.
  public init(
    executable: URL = OfficeProcess.builtExecutable, repository: URL = OfficeProcess.repository,
    at moment: String? = OfficeClock.workingMorning, demandsFactors: Bool = false
  ) throws {
    self.executable = executable
    self.repository = repository
    directory = FileManager.default.temporaryDirectory.appendingPathComponent("gapura-\(UUID().uuidString.prefix(8))")
    configuration = directory.appendingPathComponent("etc")
    try FileManager.default.createDirectory(
      at: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    clock = try OfficeClock(moment, in: .wib, file: directory.appendingPathComponent("clock"))
    try FileManager.default.copyItem(at: repository.appendingPathComponent("etc/gapura"), to: configuration)
    // Our invented foreigners are citizens of ICAO's invented state.
    let file = configuration.appendingPathComponent("office.json5")
    try String(contentsOf: file, encoding: .utf8)
      .replacing("\n  counters: [", with: "\n  acceptsSpecimens: true,\n  counters: [")
      .write(to: file, atomically: true, encoding: .utf8)
    if !demandsFactors { try letPasswordsDo() }
    try command(["vault", "init"])
  }

  private func letPasswordsDo() throws {
    try rewrite("gapura.json5") { text in
      let demand = #"secondFactor: "by-role""#
      precondition(text.contains(demand), "the shipped file demands second factors")
      return text.replacing(demand, with: #"secondFactor: "optional""#)
    }
  }

  /// Where this package lies.
  public static var repository: URL {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  }

  /// The executable that was built with the tests.
  public static var builtExecutable: URL {
    if let named = ProcessInfo.processInfo.environment["GAPURA_EXECUTABLE"] { return URL(fileURLWithPath: named) }
    return URL(fileURLWithPath: ChildProcess.built("gapura"))
  }

  /// Everything that the server has written to standard error so far.
  public var log: String { earlierLog + (server?.speech.complaintText ?? "") }

  /// Waits until the running server has written a line with these words to standard error.
  @discardableResult
  public func waitForLog(_ words: String) throws -> String {
    guard let server else { throw Failure(description: "no server was started") }
    return try server.waitForLine { $0.contains(words) }
  }

  /// Switches modules off in the configuration, for the next start.
  public func switchOff(_ modules: String...) throws {
    let file = configuration.appendingPathComponent("gapura.json5")
    var text = try String(contentsOf: file, encoding: .utf8)
    for module in modules { text = text.replacingOccurrences(of: "    \(module): true", with: "    \(module): false") }
    try text.write(to: file, atomically: true, encoding: .utf8)
  }

  /// Changes a file of the configuration, for the next start.
  public func rewrite(_ name: String, _ change: (String) -> String) throws {
    let file = configuration.appendingPathComponent(name)
    try change(String(contentsOf: file, encoding: .utf8)).write(to: file, atomically: true, encoding: .utf8)
  }

  /// Lifts the limits on what one address may do, for tests that stand for a whole town.
  public func liftRates() throws {
    let file = configuration.appendingPathComponent("gapura.json5")
    let text = try String(contentsOf: file, encoding: .utf8)
    let lifted = text.replacing(
      /perMinute: \{.*?\}/,
      with: """
        perMinute: { signIn: 100000, lookUp: 100000, submit: 100000, request: 1000000, megabytes: 100000 }
        """
    ).replacing(
      /oneAddress: \{.*?\}/,
      with: "oneAddress: { connections: 2048, streams: 1536, requests: 128, waiting: 10000, uploads: 64 }")
    try lifted.write(to: file, atomically: true, encoding: .utf8)
  }

  /// Starts the server and waits until it says that it is ready.
  ///
  /// - Parameters:
  ///   - port: 0 for one that is free.
  ///   - descriptorCountMax: how many files and connections it may have open (prlimit(1)).
  /// - Throws: `Failure` with what it said when it ends before.
  public func start(
    port: UInt16 = 0, environment: [String: String] = [:], descriptorCountMax: Int? = nil
  ) throws {
    let words = ["serve", "--port", String(port), "--hall-port", "0"] + places
    if let descriptorCountMax {
      let limit = "--nofile=\(descriptorCountMax):\(descriptorCountMax)"
      try launch("/usr/bin/prlimit", [limit, executable.path] + words, environment)
    } else {
      try launch(executable.path, words, environment)
    }
    try awaitReady()
  }

  /// Starts the server as a socket unit does: listening sockets are passed in, and the first connection starts it.
  ///
  /// - Parameters:
  ///   - addresses: as systemd-socket-activate(1) takes them, the portal's first.
  ///   - hallPort: on which of them the hall listens; 0 for none of them.
  public func startBySocket(at addresses: [String], hallPort: UInt16 = 0, knocking knock: () throws -> Void) throws {
    let hall = ["--hall-port", String(hallPort)]
    let listen = addresses.flatMap { ["--listen", $0] }
    // The program hands on only those variables that it is told to.
    let variables = clock.environment.flatMap { ["--setenv", "\($0.key)=\($0.value)"] }
    try launch(
      "/usr/bin/systemd-socket-activate", listen + variables + [executable.path, "serve"] + hall + places, [:])
    try waitForLog("Listening on")
    try knock()
    try waitForLog("gapura: ready")
  }

  private func launch(_ program: String, _ arguments: [String], _ environment: [String: String]) throws {
    earlierLog = log
    let words = wrapper + [program] + arguments
    let server = try ChildProcess(
      words[0], Array(words.dropFirst()), environment: clock.environment.merging(environment) { $1 })
    self.server = server
    running.set(server)
  }

  private func awaitReady() throws {
    let line = try waitForLog("gapura: ready")
    guard let found = line.firstMatch(of: /address=http:\/\/127\.0\.0\.1:(\d+)/),
      let port = UInt16(found.output.1)
    else { throw Failure(description: "the server does not say where it listens: \(line)") }
    self.port = port
    hallPort = line.firstMatch(of: /hall\.address=http:\/\/127\.0\.0\.1:(\d+)/).flatMap { UInt16($0.output.1) } ?? 0
  }

  /// Takes over the port that a socket unit would have bound.
  public func listens(on port: UInt16) { self.port = port }

  /// Ends the server as the service manager does, and waits for it.
  ///
  /// - Returns: its exit code.
  @discardableResult
  public func stop() -> Int32 { end(SIGTERM) }

  /// Kills the server without a word, as a power cut does.
  public func kill() { end(SIGKILL) }

  /// Asks the server to read its configuration again.
  public func reload() { signal(SIGHUP) }

  /// Stops the server if it still runs, and removes its directory.
  public func remove() {
    stop()
    removal.perform()
  }

  /// What is left to do when the office is no longer needed; may be done from anywhere.
  public var removal: Removal { Removal(directory: directory, running: running) }

  public struct Removal: Sendable {
    fileprivate let directory: URL
    fileprivate let running: Running

    /// Kills the server if it still runs, and removes its directory.
    public func perform() {
      running.kill()
      try? FileManager.default.removeItem(at: directory)
    }
  }

  /// Runs a command of the executable on the same state.
  ///
  /// - Parameter environment: besides the office's own.
  /// - Returns: what it wrote to standard output.
  /// - Throws: `ChildProcess.Failure` with what it wrote to standard error when it exits with another code than 0.
  @discardableResult
  public func command(_ words: [String], input: String = "", environment: [String: String] = [:]) throws -> String {
    let line = wrapper + [executable.path] + words + places
    return try ChildProcess.run(
      line[0], Array(line.dropFirst()), environment: clock.environment.merging(environment) { $1 }, input: input
    ).text
  }

  /// Starts a command of the executable on the same state, and does not wait for its end.
  ///
  /// - Parameter environment: besides the office's own.
  public func begin(_ words: [String], environment: [String: String] = [:]) throws -> ChildProcess {
    try ChildProcess(executable.path, words + places, environment: clock.environment.merging(environment) { $1 })
  }

  /// Runs another program at the office's time.
  ///
  /// - Returns: what it wrote to standard output.
  @discardableResult
  public func run(_ program: String, _ arguments: [String]) throws -> String {
    try ChildProcess.run(program, arguments, environment: clock.environment).text
  }

  /// Makes the configuration that `make run` gives a newcomer: open now, whatever the hour and the day.
  public func openAroundTheClock() throws {
    let script = repository.appendingPathComponent("scripts/demonstration").path
    try run(script, [repository.appendingPathComponent("etc/gapura").path, configuration.path])
  }

  /// Asks the database from outside, with Debian's `sqlite3`.
  ///
  /// - Returns: the rows, a line each, columns divided by `|`.
  public func query(_ sql: String) throws -> String {
    try ChildProcess.ask("\(state)/gapura.db", sql).split(separator: "\n").joined(separator: "\n")
  }

  /// Makes an officer's account and returns its password.
  public func addOfficer(_ name: String, role: String) throws -> String {
    let password = "hujan deras di pasar \(name)"
    try command(["officer", "add", name, "--role", role, "--ask"], input: password + "\n")
    return password
  }

  private var places: [String] {
    [
      "--state", state, "--runtime", runtime, "--config", configuration.path, "--share",
      repository.appendingPathComponent("share").path,
    ]
  }

  @discardableResult
  private func end(_ number: Int32) -> Int32 {
    defer { running.set(nil) }
    return server?.end(with: number) ?? 0
  }

  private func signal(_ number: Int32) { server?.signal(number) }
}

/// The server that runs now, if one does.
private final class Running: Sendable {
  private let server = Mutex<ChildProcess?>(nil)

  func set(_ server: ChildProcess?) { self.server.withLock { $0 = server } }

  func kill() { server.withLock { $0.take() }?.end(with: SIGKILL) }
}
