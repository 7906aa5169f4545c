/// A consistent view of the database: what is committed meanwhile does not show in it.
///
/// Lives as long as the closure that it is given to, and cannot leave it.
public struct Snapshot: ~Copyable, Queryable {
  private let session: any DatabaseSession

  init(of session: any DatabaseSession) { self.session = session }

  public func rows<T>(_ sql: SQL, _ read: (borrowing Row) throws -> T) throws -> [T] {
    try session.rows(sql, read)
  }

  public func row<T>(_ sql: SQL, _ read: (borrowing Row) throws -> T) throws -> T? {
    try session.row(sql, read)
  }

  /// Whether there is a table of that name. A database of an earlier time, or of an office without some module, lacks
  /// tables that the program knows.
  public func hasTable(_ name: String) throws -> Bool { try session.hasTable(name) }
}
