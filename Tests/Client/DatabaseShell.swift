internal import CCheckedPages
internal import CSQLite

/// Changes a database past Gapura and its rules, as a sysadmin with a shell would; its pages keep carrying
/// the checksums that Gapura looks for. To read one, any `sqlite3` will do.
public enum DatabaseShell {
  private static let registration = gapura_checked_pages_register()

  public struct Failure: Error, CustomStringConvertible {
    public let description: String
  }

  /// Runs SQL without triggers and waits for another writer.
  ///
  /// - Parameter attached: a further database, under the name `ring`.
  public static func run(_ sql: String, on path: String, withRing attached: String? = nil) throws {
    guard registration == SQLITE_OK else { throw Failure(description: "no layer") }
    var database: OpaquePointer?
    let code = unsafe sqlite3_open_v2(path, &database, SQLITE_OPEN_READWRITE, GAPURA_CHECKED_PAGES)
    defer { unsafe _ = sqlite3_close_v2(database) }
    guard code == SQLITE_OK else { throw Failure(description: "\(path) does not open: \(code)") }
    unsafe _ = sqlite3_busy_timeout(database, 10_000)
    unsafe _ = gapura_sqlite3_db_config_flag(database, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0)
    let whole = (attached.map { "ATTACH '\($0)' AS ring; " } ?? "") + sql
    guard unsafe sqlite3_exec(database, whole, nil, nil, nil) == SQLITE_OK else {
      throw Failure(description: unsafe String(cString: sqlite3_errmsg(database)))
    }
  }
}
