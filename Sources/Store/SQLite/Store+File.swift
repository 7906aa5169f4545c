extension Store {
  /// Writes a consistent copy of a database that may be in use, without free pages, to a new file (0600) and makes it
  /// durable. The database itself is only read.
  ///
  /// - Throws: `StoreError.cannotOpen` when there is such a file already or it cannot be made; as `peek`.
  public static func copy(_ path: String, to target: String) throws {
    let connection = try SQLiteConnection.onlooker(at: path)
    // The database is opened for reading only; what this lets be written is the copy.
    try connection.execute("PRAGMA query_only = OFF")
    try connection.copy(to: target)
  }

  /// Reads one consistent snapshot of a file, with the log beside it, and changes nothing in either. Blocks while it does.
  ///
  /// - Throws: `StoreError.cannotOpen`, `.notOurs`, `.newer`, `.corrupt`; what the closure throws.
  public static func peek<T>(at path: String, _ body: (borrowing Snapshot) throws -> T) throws -> T {
    let connection = try SQLiteConnection.onlooker(at: path)
    try connection.command("BEGIN")
    defer { connection.rollBack() }
    return try body(Snapshot(of: connection))
  }

  /// Goes over every page, index and reference of a file, and changes nothing. Takes as long as reading all of it.
  ///
  /// Its pages' checksums too, also of those that carry nothing. For a file that is not open.
  ///
  /// - Throws: `StoreError.corrupt` when something is not as it was written; as `peek`.
  public static func examine(_ path: String) throws {
    let connection = try SQLiteConnection.onlooker(at: path)
    guard try connection.checkPages(isInUse: false).damagedPage == nil else { throw StoreError.corrupt }
    try checkStructure(connection)
  }

  /// Goes over the tables, indexes and references of a file that may be in use, and changes nothing. Takes as long as
  /// reading all of it.
  ///
  /// - Throws: as `examine`.
  public static func checkStructure(of path: String) throws {
    try checkStructure(try SQLiteConnection.onlooker(at: path))
  }

  private static func checkStructure(_ connection: SQLiteConnection) throws {
    guard try connection.answer("PRAGMA integrity_check(1)") == "ok",
      try connection.answer("PRAGMA foreign_key_check") as String? == nil
    else { throw StoreError.corrupt }
  }

  /// Compares pages with their checksums as they lie in a file that may be in use. Blocks while it does.
  ///
  /// - Parameter first: a page, counted from 1.
  /// - Throws: as `peek`: `StoreError.corrupt` when the first page is damaged.
  public static func checkPages(of path: String, from first: Int64, count: Int64) throws -> PageCheck {
    try SQLiteConnection.pages(at: path).checkPages(from: first, count: count, isInUse: true)
  }

  /// Carries into the file as much of its log as no reader holds, and so reads what was written last. Blocks while it
  /// does.
  ///
  /// - Throws: `StoreError.corrupt` when a page in the log is damaged; it stays there.
  public static func carryLog(of path: String) throws {
    _ = try SQLiteConnection.reader(at: path).answer("PRAGMA wal_checkpoint(PASSIVE)") as Int?
  }

  /// Carries the log beside a file that is not open into it, so that the file alone is the whole.
  ///
  /// - Throws: `StoreError.busy` when another process has it open after all; as `open`.
  public static func settleLog(of path: String) throws {
    let connection = try SQLiteConnection.reader(at: path)
    let isBusy: Bool = try connection.answer("PRAGMA wal_checkpoint(TRUNCATE)") ?? true
    if isBusy { throw StoreError.busy }
  }
}
