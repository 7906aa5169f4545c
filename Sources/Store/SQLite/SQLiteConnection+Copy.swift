import Glibc

extension SQLiteConnection {
  /// Writes a copy of the database to a new file for its owner only, and makes it durable.
  func copy(to path: String) throws(StoreError) {
    // SQLite writes into an empty file that is there, and would make a missing one readable to more people.
    let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw .cannotOpen(path: path, reason: unsafe String(cString: strerror(errno))) }
    defer { close(descriptor) }
    do throws(StoreError) {
      try vacuum(into: path)
      guard fsync(descriptor) == 0 else {
        throw StoreError.cannotOpen(path: path, reason: unsafe String(cString: strerror(errno)))
      }
    } catch {
      unsafe _ = unlink(path)
      throw error
    }
  }
}
