import Core
import Crypto
import Glibc

/// Tells whether any other process has the key ring open: each holds the lock file shared for as long as it has.
///
/// The kernel lets go of it when a process ends, however it ends.
struct ProcessLock: ~Copyable, Sendable {
  private let file: FileDescriptor
  /// Whether no other process had the key ring open when this was taken.
  let wasAlone: Bool

  /// Takes the lock; `whileAlone` runs first, with all others kept out, when no other process has it.
  ///
  /// - Throws: `Problem` `vault.key-ring-unusable`; what `whileAlone` throws.
  static func take(_ path: String, whileAlone: () throws -> Void) throws -> ProcessLock {
    var descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    // flock(2) needs no right to write.
    if descriptor < 0, errno == EROFS { descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW) }
    guard let file = FileDescriptor(descriptor) else { throw unusable(path) }
    let isAlone = flock(file.number, LOCK_EX | LOCK_NB) == 0
    if isAlone { try whileAlone() }
    while flock(file.number, LOCK_SH) != 0 { guard errno == EINTR else { throw unusable(path) } }
    return ProcessLock(file: file, wasAlone: isAlone)
  }

  private static func unusable(_ path: String) -> Problem {
    Problem(.unavailable, "vault.key-ring-unusable", ["path": path, "reason": RootKeyFile.lastError()])
  }
}
