/// Can be asked: a `Transaction` or a `Snapshot`.
///
///     func tickets(in database: borrowing some Queryable & ~Copyable) throws -> [Ticket]
public protocol Queryable: ~Copyable {
  /// Runs a statement and reads each of its rows.
  ///
  /// - Throws: `StoreError`, or what `read` throws.
  func rows<T>(_ sql: SQL, _ read: (borrowing Row) throws -> T) throws -> [T]

  /// Runs a statement and reads its first row; nil when it has none.
  ///
  /// - Throws: `StoreError`, or what `read` throws.
  func row<T>(_ sql: SQL, _ read: (borrowing Row) throws -> T) throws -> T?
}

extension Queryable where Self: ~Copyable {
  /// The first column of the first row; nil when there is no row, or NULL in it.
  ///
  /// - Throws: `StoreError`; `.column` when the column holds another type.
  public func value<T: SQLReadable>(_ sql: SQL) throws -> T? {
    try row(sql) { row in try row.get(0) as T? } ?? nil
  }
}
