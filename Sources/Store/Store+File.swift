extension Store {
  /// Reads one consistent snapshot of a file, with the log beside it, and changes nothing in either. Blocks while it does.
  ///
  /// - Throws: `StoreError.cannotOpen`, `.notOurs`, `.newer`, `.corrupt`; what the closure throws.
  public static func peek<T>(at path: String, _ body: (borrowing Snapshot) throws -> T) throws -> T {
    let connection = try Connection.onlooker(at: path)
    try connection.command("BEGIN")
    defer { connection.rollBack() }
    return try body(Snapshot(of: connection))
  }

  /// Goes over every page, index and reference of a file, and changes nothing. Takes as long as reading all of it.
  ///
  /// - Throws: `StoreError.corrupt` when something is not as SQLite wrote it; as `peek`.
  public static func examine(_ path: String) throws {
    let connection = try Connection.onlooker(at: path)
    guard try connection.answer("PRAGMA integrity_check(1)") == "ok",
      try connection.answer("PRAGMA foreign_key_check") as String? == nil
    else { throw StoreError.corrupt }
  }

  /// Carries the log beside a file that nobody has open into it, so that the file alone is the whole.
  ///
  /// - Throws: `StoreError.busy` when somebody has it open after all; as `open`.
  public static func settleLog(of path: String) throws {
    let connection = try Connection.reader(at: path)
    let isBusy: Bool = try connection.answer("PRAGMA wal_checkpoint(TRUNCATE)") ?? true
    if isBusy { throw StoreError.busy }
  }
}
