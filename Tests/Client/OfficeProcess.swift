public import Foundation
import Synchronization

/// The real `gapura` executable with a state directory of its own, on a free port.
///
///     let office = try OfficeProcess()
///     try office.start()
///     let browser = Browser(port: office.port)
public final class OfficeProcess {
  /// What went wrong with the executable, with what it said.
  public struct Failure: Error, CustomStringConvertible {
    public let description: String
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
  /// The server's process, once started.
  public private(set) var process: Process?

  private let executable: URL
  private let repository: URL
  private let output = Output()
  private let running = Running()

  /// - Parameters:
  ///   - executable: the one beside the tests unless `GAPURA_EXECUTABLE` names another.
  ///   - repository: where `etc` and `share` lie.
  public init(
    executable: URL = OfficeProcess.builtExecutable, repository: URL = OfficeProcess.repository
  ) throws {
    self.executable = executable
    self.repository = repository
    directory = FileManager.default.temporaryDirectory.appendingPathComponent("gapura-\(UUID().uuidString.prefix(8))")
    configuration = directory.appendingPathComponent("etc")
    try FileManager.default.createDirectory(
      at: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    try FileManager.default.copyItem(at: repository.appendingPathComponent("etc/gapura"), to: configuration)
    try command(["vault", "init"])
  }

  /// Where this package lies.
  public static var repository: URL {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  }

  /// The executable that was built with the tests.
  public static var builtExecutable: URL {
    if let named = ProcessInfo.processInfo.environment["GAPURA_EXECUTABLE"] { return URL(fileURLWithPath: named) }
    return URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appendingPathComponent("gapura")
  }

  /// Everything that the server has written to standard error so far.
  public var log: String { output.text }

  /// Waits until the running server has written a line with these words to standard error.
  @discardableResult
  public func waitForLog(_ words: String) throws -> String { try output.wait(for: words) }

  /// Switches modules off in the configuration, for the next start.
  public func switchOff(_ modules: String...) throws {
    let file = configuration.appendingPathComponent("gapura.json5")
    var text = try String(contentsOf: file, encoding: .utf8)
    for module in modules { text = text.replacingOccurrences(of: "    \(module): true", with: "    \(module): false") }
    try text.write(to: file, atomically: true, encoding: .utf8)
  }

  /// Lifts the limits on what one address may do, for tests that stand for a whole town.
  public func liftRates() throws {
    let file = configuration.appendingPathComponent("gapura.json5")
    let text = try String(contentsOf: file, encoding: .utf8)
    let lifted = text.replacing(
      /perMinute: \{.*?\}/, with: "perMinute: { signIn: 100000, lookUp: 100000, submit: 100000 }")
    try lifted.write(to: file, atomically: true, encoding: .utf8)
  }

  /// Starts the server and waits until it says that it is ready.
  ///
  /// - Parameter port: 0 for one that is free.
  /// - Throws: `Failure` with what it said when it ends before.
  public func start(port: UInt16 = 0, environment: [String: String] = [:]) throws {
    try launch(executable, ["serve", "--port", String(port)] + places, environment)
    try awaitReady()
  }

  /// Starts the server as a socket unit does: listening sockets are passed in, and the first connection starts it.
  ///
  /// - Parameter addresses: as systemd-socket-activate(1) takes them, the web's first.
  public func startBySocket(at addresses: [String], knocking knock: () throws -> Void) throws {
    let listen = addresses.flatMap { ["--listen", $0] }
    try launch(
      URL(fileURLWithPath: "/usr/bin/systemd-socket-activate"), listen + [executable.path, "serve"] + places, [:])
    try output.wait(for: "Listening on")
    try knock()
    try output.wait(for: "gapura: ready")
  }

  private func launch(_ program: URL, _ arguments: [String], _ environment: [String: String]) throws {
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let pipe = Pipe()
    process.standardError = pipe
    process.standardInput = FileHandle.nullDevice
    output.begin(reading: pipe.fileHandleForReading)
    try process.run()
    self.process = process
    running.set(process.processIdentifier)
  }

  private func awaitReady() throws {
    let line = try output.wait(for: "gapura: ready")
    guard let found = line.firstMatch(of: /address=http:\/\/127\.0\.0\.1:(\d+)/),
      let port = UInt16(found.output.1)
    else { throw Failure(description: "the server does not say where it listens: \(line)") }
    self.port = port
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
  /// - Returns: what it wrote to standard output.
  /// - Throws: `Failure` with what it wrote to standard error when it exits with another code than 0.
  @discardableResult
  public func command(_ words: [String], input: String = "") throws -> String {
    let process = Process()
    process.executableURL = executable
    process.arguments = words + places
    let (stdin, stdout, stderr) = (Pipe(), Pipe(), Pipe())
    (process.standardInput, process.standardOutput, process.standardError) = (stdin, stdout, stderr)
    try process.run()
    try stdin.fileHandleForWriting.write(contentsOf: Data(input.utf8))
    try stdin.fileHandleForWriting.close()
    let said = stdout.fileHandleForReading.readDataToEndOfFile()
    let complained = stderr.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure(
        description: "gapura \(words) ended with \(process.terminationStatus): "
          + String(decoding: complained, as: UTF8.self))
    }
    return String(decoding: said, as: UTF8.self)
  }

  /// Asks the database from outside, with Debian's `sqlite3`.
  ///
  /// - Returns: the rows, a line each, columns divided by `|`.
  public func query(_ sql: String) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/sqlite3")
    process.arguments = ["-readonly", "\(state)/gapura.db", sql]
    let stdout = Pipe()
    process.standardOutput = stdout
    try process.run()
    let said = stdout.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failure(description: "sqlite3 could not answer \(sql)") }
    return String(decoding: said, as: UTF8.self).split(separator: "\n").joined(separator: "\n")
  }

  /// Makes an officer's account and returns its password.
  public func addOfficer(_ name: String, role: String) throws -> String {
    let password = "kata sandi contoh \(name)"
    try command(["officer", "add", name, "--role", role], input: password + "\n")
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
    guard let process, process.isRunning else { return self.process?.terminationStatus ?? 0 }
    signal(number)
    process.waitUntilExit()
    running.set(nil)
    return process.terminationStatus
  }

  private func signal(_ number: Int32) {
    guard let process, process.isRunning else { return }
    Foundation.kill(process.processIdentifier, number)
  }
}

/// The process that runs now, if one does.
private final class Running: Sendable {
  private let identifier = Mutex<Int32?>(nil)

  func set(_ process: Int32?) { identifier.withLock { $0 = process } }

  func kill() {
    guard let process = identifier.withLock({ $0.take() }) else { return }
    Foundation.kill(process, SIGKILL)
    // Its files are removed next: it must be gone before.
    waitpid(process, nil, 0)
  }
}

/// Collects what a process says, and wakes who waits for a line of it.
private final class Output: Sendable {
  private struct State {
    var text = ""
    /// Where the present process began to speak.
    var start = 0
    var hasEnded = false
  }

  private let state = Mutex(State())
  private let news = DispatchSemaphore(value: 0)

  var text: String { state.withLock { $0.text } }

  /// Listens to another process.
  func begin(reading handle: FileHandle) {
    state.withLock { ($0.start, $0.hasEnded) = ($0.text.utf8.count, false) }
    handle.readabilityHandler = { [self] handle in
      let data = handle.availableData
      state.withLock { state in
        state.text += String(decoding: data, as: UTF8.self)
        if data.isEmpty { state.hasEnded = true }
      }
      if data.isEmpty { handle.readabilityHandler = nil }
      news.signal()
    }
  }

  /// Waits until the present process has written a line with these words.
  ///
  /// - Throws: `Failure` with all that it wrote when it ends before.
  @discardableResult
  func wait(for words: String) throws -> String {
    while true {
      let (line, hasEnded) = state.withLock { state in
        let said = state.text.utf8.dropFirst(state.start)
        let lines = String(decoding: said, as: UTF8.self).split(separator: "\n")
        return (lines.first { $0.contains(words) }.map(String.init), state.hasEnded)
      }
      if let line { return line }
      if hasEnded { throw OfficeProcess.Failure(description: "no \"\(words)\" was said:\n\(text)") }
      news.wait()
    }
  }
}
