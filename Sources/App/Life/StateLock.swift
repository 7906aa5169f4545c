import Core
import Glibc

/// Who uses a state directory: one server, commands beside it, or one restore alone.
///
/// Record locks on two bytes of a file (fcntl(2), F_SETLK): the kernel lets go of them however a process ends, says which
/// process has one, and hands none on to children. They go with the first descriptor of the file that this process closes,
/// so nothing else of it opens the file.
final class StateLock: Sendable {
  enum Use {
    /// The server, or a command that takes its place for a moment; a second one is refused.
    case serving
    /// A command, which may run while the server does.
    case beside
    /// A restore.
    case alone
  }

  /// The bytes of the file, and who locks them.
  private enum Byte: Int {
    case server
    case present
  }

  private static let name = "gapura.lock"

  private let path: String
  private let descriptor: Int32
  /// Where nothing can be written there is nothing to keep others from: the server's byte is only marked as taken.
  private let isReadOnly: Bool

  private init(_ path: String) throws {
    self.path = path
    var descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    isReadOnly = descriptor < 0 && errno == EROFS
    if isReadOnly { descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW) }
    self.descriptor = descriptor
    guard descriptor >= 0 else {
      throw Problem(
        .unavailable, "state.lock-unusable", ["path": path, "reason": unsafe String(cString: strerror(errno))])
    }
  }

  deinit { close(descriptor) }

  /// Takes the lock of a state directory that is there, and first brings a restore to its end that was killed.
  ///
  /// - Throws: `Problem` `state.served`, `state.restoring`, `state.in-use`, which name the lock and who has it;
  ///   `state.lock-unusable`, `restore.not-written`.
  static func take(_ use: Use, of state: String) throws -> StateLock {
    let lock = try StateLock("\(state)/\(name)")
    let swap = StateSwap(state: state)
    repeat {
      if swap.isPending {
        try lock.beAlone()
        try swap.complete()
      }
      switch use {
      case .alone: try lock.beAlone()
      case .serving, .beside:
        guard lock.lock(.present, F_RDLCK) else {
          throw Problem(.conflict, "state.restoring", lock.details(of: .present))
        }
      }
      // Between the look and the lock a restore may have come so far and been killed.
    } while swap.isPending
    if use == .serving, !lock.lock(.server, lock.isReadOnly ? F_RDLCK : F_WRLCK) {
      throw Problem(.conflict, "state.served", lock.details(of: .server))
    }
    if use != .beside { swap.discardUnfinished() }
    return lock
  }

  private func beAlone() throws {
    guard lock(.present, F_WRLCK) else {
      let isServed = holder(of: .server) != nil
      throw Problem(.conflict, "state.in-use", details(of: isServed ? .server : .present))
    }
  }

  private func lock(_ byte: Byte, _ kind: Int32) -> Bool {
    var record = record(byte, kind)
    return unsafe fcntl(descriptor, F_SETLK, &record) == 0
  }

  private func details(of byte: Byte) -> [String: String] {
    ["path": path, "process": holder(of: byte).map(String.init) ?? "?"]
  }

  /// The process that has the byte; 0 for one that this process does not see, as in another container.
  private func holder(of byte: Byte) -> pid_t? {
    var record = record(byte, F_WRLCK)
    guard unsafe fcntl(descriptor, F_GETLK, &record) == 0, record.l_type != Int16(F_UNLCK) else { return nil }
    return record.l_pid
  }

  private func record(_ byte: Byte, _ kind: Int32) -> Glibc.flock {
    var record = Glibc.flock()
    record.l_type = Int16(kind)
    record.l_whence = Int16(SEEK_SET)
    record.l_start = byte.rawValue
    record.l_len = 1
    return record
  }
}
