/// A consistent view of the database: what is committed meanwhile does not show in it.
///
/// Lives as long as the closure that it is given to, and cannot leave it.
public struct Snapshot: ~Copyable, Queryable {
  private let session: any DatabaseSession

  init(of session: any DatabaseSession) { self.session = session }

  /// Runs a statement and reads each of its rows, all from the same state of the database.
  public func rows<T>(_ sql: SQL, _ read: (borrowing Row) throws -> T) throws -> [T] {
    try session.rows(sql, read)
  }

  /// Runs a statement and reads its first row from that state; nil when it has none.
  public func row<T>(_ sql: SQL, _ read: (borrowing Row) throws -> T) throws -> T? {
    try session.row(sql, read)
  }

  /// The number of the last commit that shows in it, by whichever process: while it is the same, nothing has changed.
  public func lastCommit() throws -> Int64 {
    try value("SELECT number FROM store_commits WHERE id = 1") ?? 0
  }

  /// Whether there is a table of that name. A database of an earlier time, or of an office without some module, lacks
  /// tables that the program knows.
  public func hasTable(_ name: String) throws -> Bool { try session.hasTable(name) }
}
