internal import Foundation
internal import Synchronization

/// A program that a test runs, with an end to every wait.
///
///     let listing = try ChildProcess.run("/bin/ls", ["/"])
///     let server = try ChildProcess("/usr/bin/server", ["--port", "0"])
///     let line = try server.waitForLine { $0.contains("ready") }
///     server.end(with: SIGTERM)
///
/// Foundation's `Process` waits for as long as any grandchild holds what it inherited. This one waits for the program
/// alone: it leads a process group of its own, and whatever it leaves behind ends with it.
public final class ChildProcess: Sendable {
  /// What became of the program, with what it said.
  public struct Failure: Error, CustomStringConvertible {
    public let description: String
  }

  /// What it has written: standard output and standard error, whole.
  public struct Speech: Sendable {
    public var output: [UInt8] = []
    public var complaints: [UInt8] = []

    public var text: String { String(decoding: output, as: UTF8.self) }
    public var complaintText: String { String(decoding: complaints, as: UTF8.self) }
  }

  /// As long as anything may take on a busy machine.
  public static let patience = Duration.seconds(120)
  /// As long as what was written last may be on its way after the program's end.
  private static let farewell = Duration.seconds(2)

  /// The program's process, and the group that it leads.
  public let identifier: Int32
  private static let starting = Mutex(())
  private let program: String
  private let watch = ChildWatch()
  /// The writing end of its standard input, while that is open.
  private let input: Mutex<Int32?>

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - environment: what is set besides what this process has; an empty value takes a variable away.
  ///   - hasInput: whether its standard input stays open to `write` to; otherwise it is at its end.
  ///   - terminal: what becomes its standard input and output instead; its caller's to close.
  /// - Throws: `Failure` when it can't be started.
  public init(
    _ program: String, _ arguments: [String] = [], environment: [String: String] = [:], hasInput: Bool = false,
    terminal: Int32? = nil
  ) throws {
    self.program = program
    // One at a time: a child must not inherit the pipes that are just being made for another.
    let (started, pipes) = try Self.starting.withLock { _ in
      let pipes = try (input: Self.pipe(), output: Self.pipe(), complaints: Self.pipe())
      let ends = [pipes.input.reading, pipes.output.writing, pipes.complaints.writing]
      defer { for end in ends { close(end) } }
      let standard = terminal.map { [$0, $0, pipes.complaints.writing] } ?? ends
      return (try Self.spawn(program, arguments, Self.variables(changedBy: environment), standard), pipes)
    }
    identifier = started
    input = Mutex(pipes.input.writing)
    if !hasInput { closeInput() }
    watch.listen(to: pipes.output.reading, \.output)
    watch.listen(to: pipes.complaints.reading, \.complaints)
    watch.await(identifier)
  }

  deinit {
    end(with: SIGKILL)
    closeInput()
  }

  /// Runs a program to its end.
  ///
  /// - Throws: `Failure` with what it complained of when it ends with another code than 0, or not in time.
  @discardableResult
  public static func run(
    _ program: String, _ arguments: [String] = [], environment: [String: String] = [:], input: String? = nil,
    within patience: Duration = ChildProcess.patience
  ) throws -> Speech {
    let child = try ChildProcess(program, arguments, environment: environment, hasInput: input != nil)
    if let input {
      try child.write(input)
      child.closeInput()
    }
    let status = try child.wait(within: patience)
    let speech = child.speech
    guard status == 0 else {
      throw Failure(description: "\(program) \(arguments) ended with \(status): \(speech.complaintText)")
    }
    return speech
  }

  /// Asks a database from outside, with Debian's `sqlite3`.
  ///
  /// It waits for a process that has the database for itself at the moment, as an office has that begins with it anew after a
  /// failing disk.
  ///
  /// - Parameter wrapper: the program that runs it, and its arguments.
  public static func ask(_ database: String, _ sql: String, by wrapper: [String] = []) throws -> String {
    let words = wrapper + ["/usr/bin/sqlite3", "-readonly", "-cmd", ".timeout 10000", database, sql]
    return try run(words[0], Array(words.dropFirst())).text
  }

  /// The path of a program that was built with the tests.
  public static func built(_ name: String) -> String {
    URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
      .appendingPathComponent(name).path
  }

  public var isRunning: Bool { watch.state.status == nil }

  /// What it has written so far.
  public var speech: Speech { watch.state.speech }

  /// Writes to its standard input.
  ///
  /// - Throws: `Failure` when nobody reads it any more.
  public func write(_ text: String) throws {
    let isWritten = input.withLock { input in
      guard let input else { return false }
      return (try? FileHandle(fileDescriptor: input, closeOnDealloc: false).write(contentsOf: Data(text.utf8))) != nil
    }
    guard isWritten else { throw Failure(description: "\(program) does not read its input") }
  }

  /// Tells it that no more input will come.
  public func closeInput() {
    input.withLock { input in
      if let open = input.take() { close(open) }
    }
  }

  /// Waits for its end.
  ///
  /// - Returns: its exit code; 128 and the signal's number when a signal ended it.
  /// - Throws: `Failure` when it does not end in time; then it is killed.
  @discardableResult
  public func wait(within patience: Duration = ChildProcess.patience) throws -> Int32 {
    guard watch.wait(within: patience, for: { $0.status != nil }), let status = watch.state.status else {
      end(with: SIGKILL)
      throw Failure(description: "\(program) did not end within \(patience); it said \(said)")
    }
    // Children that it left behind would hold its pipes open.
    kill(-identifier, SIGKILL)
    _ = watch.wait(within: Self.farewell) { $0.openPipeCount == 0 }
    return status
  }

  /// Waits until what it has written to standard output holds so many lines, or it has ended.
  public func waitForLines(_ count: Int, within patience: Duration = ChildProcess.patience) throws {
    let newline = UInt8(ascii: "\n")
    guard
      watch.wait(
        within: patience,
        for: { state in
          state.status != nil || state.speech.output.lazy.filter { $0 == newline }.count >= count
        })
    else { throw Failure(description: "\(program) did not write \(count) lines within \(patience): \(said)") }
  }

  /// Waits for a line, whichever of the two it is written to.
  ///
  /// - Throws: `Failure` with all that it wrote when it ends before, or the time is over.
  @discardableResult
  public func waitForLine(
    within patience: Duration = ChildProcess.patience, that holds: (String) -> Bool
  ) throws -> String {
    var found: String?
    _ = watch.wait(within: patience) { state in
      found =
        Self.lines(state.speech.complaints).first(where: holds) ?? Self.lines(state.speech.output).first(where: holds)
      return found != nil || (state.status != nil && state.openPipeCount == 0)
    }
    guard let found else { throw Failure(description: "\(program) never said what was waited for: \(said)") }
    return found
  }

  /// Sends a signal, if it still runs.
  public func signal(_ number: Int32) {
    if isRunning { kill(identifier, number) }
  }

  /// Sends a signal and waits for the end, which is forced when it does not come in time.
  ///
  /// - Returns: its exit code; 128 and the signal's number when a signal ended it.
  @discardableResult
  public func end(with number: Int32, within patience: Duration = ChildProcess.patience) -> Int32 {
    signal(number)
    if !watch.wait(within: patience, for: { $0.status != nil }) {
      kill(-identifier, SIGKILL)
      _ = watch.wait(within: Self.patience) { $0.status != nil }
    }
    kill(-identifier, SIGKILL)
    _ = watch.wait(within: Self.farewell) { $0.openPipeCount == 0 }
    return watch.state.status ?? -1
  }

  private var said: String { speech.text + speech.complaintText }

  private static func lines(_ bytes: [UInt8]) -> [String] {
    // A line that is not at its end yet is not said yet.
    guard let end = bytes.lastIndex(of: UInt8(ascii: "\n")) else { return [] }
    return String(decoding: bytes[..<end], as: UTF8.self).split(separator: "\n").map(String.init)
  }

  private static func variables(changedBy changes: [String: String]) -> [String] {
    ProcessInfo.processInfo.environment.merging(changes) { $1 }.filter { !$0.value.isEmpty }
      .map { "\($0.key)=\($0.value)" }
  }

  private static func pipe() throws -> (reading: Int32, writing: Int32) {
    var ends: [Int32] = [-1, -1]
    guard unsafe Foundation.pipe(&ends) == 0 else { throw Failure(description: "no pipe: error \(errno)") }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }

  /// - Parameter standard: what becomes its standard input, output and error.
  private static func spawn(
    _ program: String, _ arguments: [String], _ environment: [String], _ standard: [Int32]
  ) throws -> Int32 {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    for (number, end) in standard.enumerated() {
      unsafe posix_spawn_file_actions_adddup2(&actions, end, Int32(number))
    }
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    unsafe posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    var none = sigset_t()
    unsafe sigemptyset(&none)
    unsafe posix_spawnattr_setsigmask(&attributes, &none)
    var all = sigset_t()
    unsafe sigfillset(&all)
    unsafe posix_spawnattr_setsigdefault(&attributes, &all)
    var identifier: pid_t = 0
    var words = unsafe ([program] + arguments).map { unsafe strdup($0) } + [nil]
    var variables = unsafe environment.map { unsafe strdup($0) } + [nil]
    defer { unsafe (words + variables).forEach { unsafe free($0) } }
    let error = unsafe posix_spawn(&identifier, program, &actions, &attributes, &words, &variables)
    guard error == 0 else {
      throw Failure(description: "\(program) can't be started (error \(error)); is it installed?")
    }
    return identifier
  }
}
