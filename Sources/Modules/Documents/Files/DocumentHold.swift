public import Core
import Glibc

/// Keeps the files of documents where they are, also of those that are removed meanwhile, for as long as a backup copies
/// them: the database that was copied before names them still.
///
/// Any number of backups may hold a directory at a time (flock(2)); a sweep that finds it held leaves the files to the next
/// one. The kernel lets go of it however a process ends.
public final class DocumentHold: Sendable {
  private let directory: FileDescriptor

  private init?(_ path: String, _ operation: Int32) {
    guard let directory = FileDescriptor(unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)) else { return nil }
    while flock(directory.number, operation) != 0 {
      guard errno == EINTR else { return nil }
    }
    self.directory = directory
  }

  /// Waits for a sweep that is under way, which is short.
  ///
  /// - Throws: `Problem` `document.folder` when the directory cannot be opened or locked.
  public static func begin(on path: String) throws(Problem) -> DocumentHold {
    guard let hold = DocumentHold(path, LOCK_SH) else {
      throw Problem(.unavailable, "document.folder", ["path": path, "reason": SystemCallFailure.last.reason])
    }
    return hold
  }

  /// The hold of a process that takes files away, alone.
  ///
  /// - Returns: nil while another one holds the directory.
  static func forRemoval(on path: String) -> DocumentHold? { DocumentHold(path, LOCK_EX | LOCK_NB) }
}
