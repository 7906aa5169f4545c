import CCheckedPages
import CSQLite

/// What going over some pages of a file has found.
public struct PageCheck: Sendable, Equatable {
  /// How many pages the file should have.
  public let pageCount: Int64
  /// The first one that is not as it was written, or not there; nil when all are right.
  public let damagedPage: Int64?
}

extension SQLiteConnection {
  private static let magic = Array("SQLite format 3\0".utf8)

  /// Has each page of a new file carry a checksum; refuses a file whose pages have none.
  ///
  /// - Throws: `StoreError.notOurs`, `.unprotected`, `.corrupt`.
  func prepareFile(_ path: String) throws {
    guard try checkFile(path) else { return }
    // Before anything is written. The size comes first: setting it sets what is kept free to nothing.
    try execute("PRAGMA page_size = 4096")
    var reserved: Int32 = GAPURA_PAGE_RESERVED_BYTE_COUNT
    try control(SQLITE_FCNTL_RESERVE_BYTES, &reserved)
  }

  /// Looks at a file as it lies there, before SQLite goes by what its header says.
  ///
  /// - Returns: whether there is nothing in it yet.
  /// - Throws: `StoreError.notOurs`, `.unprotected`, `.corrupt`.
  @discardableResult
  func checkFile(_ path: String) throws(StoreError) -> Bool {
    var found = gapura_first_page()
    try control(GAPURA_FILE_CONTROL_FIRST_PAGE, &found)
    guard found.file_byte_count > 0 else { return true }
    let header = unsafe withUnsafeBytes(of: found.header) { unsafe Array($0) }
    guard header.starts(with: Self.magic) else { throw .notOurs(path: path) }
    // sqlite.org/fileformat2.html, 1.3: numbers with the highest byte first.
    let owner = header[68..<72].reduce(0) { $0 << 8 | Int64($1) }
    let pageByteCount = header[16..<18].reduce(0) { $0 << 8 | Int32($1) }
    guard pageByteCount == GAPURA_PAGE_BYTE_COUNT, header[20] == GAPURA_PAGE_RESERVED_BYTE_COUNT else {
      throw owner == Self.applicationID ? .unprotected(path: path) : .notOurs(path: path)
    }
    guard found.is_sound != 0 else {
      throw owner == Self.applicationID ? .corrupt : .notOurs(path: path)
    }
    return false
  }

  /// Compares pages with their checksums as they lie in the file, up to the first that does not fit.
  ///
  /// - Parameter isInUse: others may be writing, so that a page may be half new for a moment.
  func checkPages(from first: Int64 = 1, count: Int64 = .max, isInUse: Bool) throws(StoreError) -> PageCheck {
    var check = gapura_page_check(
      first: first, count: min(count, Int64(Int32.max) * 2), is_in_use: isInUse ? 1 : 0, page_count: 0,
      damaged: 0)
    try control(GAPURA_FILE_CONTROL_CHECK, &check)
    return PageCheck(pageCount: check.page_count, damagedPage: check.damaged == 0 ? nil : check.damaged)
  }

  /// Has the log and its index stay when the last connection closes: on a full disk, and on one that refuses writing,
  /// there would be no making them again, and without them nothing could be read.
  func keepLog() throws(StoreError) {
    var isKept: Int32 = 1
    try control(SQLITE_FCNTL_PERSIST_WAL, &isKept)
  }

  private func control<T: BitwiseCopyable>(_ operation: Int32, _ argument: inout T) throws(StoreError) {
    try unsafe withDatabase { database throws(StoreError) in
      let code = unsafe sqlite3_file_control(database, "main", operation, &argument)
      guard code == SQLITE_OK else { throw unsafe StoreError.of(code, on: database) }
    }
  }
}
