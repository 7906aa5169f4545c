import CCheckedPages
import CSQLite

/// An open `sqlite3`; closed when it goes.
@safe struct DatabaseHandle: ~Copyable {
  private let pointer: OpaquePointer

  private init(takingOwnershipOf pointer: OpaquePointer) { unsafe self.pointer = pointer }

  /// What came of making the layer of checked pages known to SQLite, once a process. No account is kept of SQLite's memory:
  /// no one asks for it, and every statement of every connection would wait for its lock.
  private static let registration: Int32 = {
    // Too late where another part of the process has used SQLite before; then it only goes on counting.
    _ = gapura_sqlite3_leave_memory_uncounted()
    return gapura_checked_pages_register()
  }()

  /// Opens an existing file, whose pages are checked as they are read. Used by one thread at a time, so SQLite's own
  /// locks are left off.
  static func open(_ path: String, isReadOnly: Bool = false) throws(StoreError) -> DatabaseHandle {
    guard registration == SQLITE_OK else { throw .failed(code: registration, reason: "no layer for files") }
    var pointer: OpaquePointer?
    let flags =
      (isReadOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE) | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
    let code = unsafe sqlite3_open_v2(path, &pointer, flags, GAPURA_CHECKED_PAGES)
    guard let opened = unsafe pointer else { throw .failed(code: code, reason: "out of memory") }
    // A failed open leaves a handle that must be closed all the same (sqlite3_open's manual).
    let handle = unsafe DatabaseHandle(takingOwnershipOf: opened)
    guard code == SQLITE_OK else {
      throw .cannotOpen(path: path, reason: unsafe String(cString: sqlite3_errstr(code)))
    }
    return handle
  }

  /// Lends the pointer for one call.
  borrowing func withPointer<T, E: Error>(_ body: (OpaquePointer) throws(E) -> T) throws(E) -> T {
    try unsafe body(pointer)
  }

  // `close_v2` waits for statements that are still to be finalized.
  deinit { unsafe _ = sqlite3_close_v2(pointer) }
}
