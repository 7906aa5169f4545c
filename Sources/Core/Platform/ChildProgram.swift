internal import Glibc

/// A program that runs to its end, or is ended. Blocks: call it on a queue of its own.
public struct ChildProgram: Sendable {
  /// How it went.
  public enum Ending: Equatable, Sendable {
    /// It ended with that code; 128 and the signal's number where a signal ended it.
    case ended(Int32)
    /// There is no such program.
    case missing
    /// It was killed at the limit.
    case tookTooLong
  }

  /// A path, or a name to be found by `PATH`.
  public let program: String
  /// What it is given; no shell reads them.
  public let arguments: [String]

  /// A program with its arguments; `run` starts it.
  public init(program: String, arguments: [String]) {
    self.program = program
    self.arguments = arguments
  }

  /// Runs the program without input and without output.
  public func run(atMost limit: Duration) -> Ending {
    var ends: [Int32] = [-1, -1]
    guard unsafe pipe(&ends) == 0 else { return .missing }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { close(ends[0]) }
    // The child's standard output is the pipe: it ends when the child does, and that can be waited for.
    guard let child = start(output: ends[1]) else {
      close(ends[1])
      return .missing
    }
    close(ends[1])
    let isEnded = waitForEnd(of: ends[0], atMost: limit)
    if !isEnded { kill(child, SIGKILL) }
    var status: Int32 = 0
    while unsafe waitpid(child, &status, 0) < 0 && errno == EINTR {}
    guard isEnded else { return .tookTooLong }
    // wait(2): the low seven bits are the signal, the byte above them the exit status. 127: not found, told by the
    // child of a spawn that could not look before.
    let code = status & 0x7f == 0 ? (status >> 8) & 0xff : 128 + status & 0x7f
    return code == 127 ? .missing : .ended(code)
  }

  private func start(output: Int32) -> pid_t? {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe _ = posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    unsafe posix_spawn_file_actions_adddup2(&actions, output, 1)
    unsafe posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    var words: [UnsafeMutablePointer<CChar>?] = unsafe ([program] + arguments).map { unsafe strdup($0) } + [nil]
    defer { unsafe words.forEach { unsafe free($0) } }
    var child: pid_t = 0
    return unsafe posix_spawnp(&child, program, &actions, nil, &words, environ) == 0 ? child : nil
  }

  /// Reads until the other end is closed; false when that takes too long.
  private func waitForEnd(of descriptor: Int32, atMost limit: Duration) -> Bool {
    let deadline = ContinuousClock.now + limit
    var buffer = [UInt8](repeating: 0, count: 4096)
    while case let left = (deadline - .now).milliseconds, left > 0 {
      var polled = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard unsafe poll(&polled, 1, Int32(clamping: left + 1)) > 0 else { continue }
      let count = unsafe read(descriptor, &buffer, buffer.count)
      if count == 0 || count < 0 && errno != EINTR { return true }
    }
    return false
  }
}
