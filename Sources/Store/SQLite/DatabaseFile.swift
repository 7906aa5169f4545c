import Glibc

/// The database as a file: its directory for the owner only (0700), itself too (0600).
enum DatabaseFile {
  /// Makes the directory and an empty file where they are missing. SQLite gives its `-wal` and `-shm`
  /// files the same permissions.
  static func create(at path: String) throws(StoreError) {
    if let slash = path.lastIndex(of: "/"), slash != path.startIndex {
      try createDirectory(String(path[..<slash]))
    }
    // A file that is there is not opened: closing it again would let go of the locks that other connections of this
    // process hold on it (sqlite.org/howtocorrupt.html, section 2.2).
    let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    if descriptor < 0 && errno == EEXIST { return }
    guard descriptor >= 0 else { throw .cannotOpen(path: path, reason: lastError()) }
    close(descriptor)
  }

  private static func createDirectory(_ path: String) throws(StoreError) {
    if unsafe access(path, F_OK) == 0 { return }
    if let slash = path.lastIndex(of: "/"), slash != path.startIndex {
      try createDirectory(String(path[..<slash]))
    }
    guard unsafe mkdir(path, 0o700) == 0 || errno == EEXIST else {
      throw .cannotOpen(path: path, reason: lastError())
    }
  }

  private static func lastError() -> String { unsafe String(cString: strerror(errno)) }
}
