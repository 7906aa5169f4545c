internal import CBareSQLite

/// SQLite without anything around it: what our Store is measured against, and what looks at a file's soundness
/// from outside.
@safe
public final class BareDatabase {
  /// SQLite's own words.
  public struct Failure: Error, CustomStringConvertible {
    public let description: String
  }

  private var handle: OpaquePointer?

  /// Opens a file, and makes it unless it is only to be read.
  public init(at path: String, isReadOnly: Bool = false) throws {
    let flags = isReadOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
    let result = unsafe sqlite3_open_v2(path, &handle, flags | SQLITE_OPEN_NOMUTEX, nil)
    guard result == SQLITE_OK else { throw failure(result) }
    unsafe sqlite3_busy_timeout(handle, 5000)
  }

  deinit { unsafe sqlite3_close_v2(handle) }

  /// Runs statements that give no rows.
  public func run(_ sql: String) throws {
    let result = unsafe sqlite3_exec(handle, sql, nil, nil, nil)
    guard result == SQLITE_OK else { throw failure(result) }
  }

  /// Every row of a query, with values of whatever kind they are.
  public func rows(_ sql: String) throws -> [[BareValue]] {
    let statement = try BareStatement(sql, of: self)
    var rows: [[BareValue]] = []
    while try statement.step() { rows.append((0..<statement.columnCount).map { statement.value($0) }) }
    return rows
  }

  /// The first column of every row, as text.
  public func texts(_ sql: String) throws -> [String] {
    let statement = try BareStatement(sql, of: self)
    var texts: [String] = []
    while try statement.step() { texts.append(statement.text(0)) }
    return texts
  }

  func prepare(_ sql: String) throws -> OpaquePointer? {
    var statement: OpaquePointer?
    let result = unsafe sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil)
    guard result == SQLITE_OK else { throw failure(result) }
    return unsafe statement
  }

  func failure(_ code: Int32) -> Failure {
    Failure(description: unsafe String(cString: sqlite3_errmsg(handle)) + " (\(code))")
  }
}

/// A prepared statement, to be run again and again.
@safe
public final class BareStatement {
  private let statement: OpaquePointer?
  private let database: BareDatabase

  public init(_ sql: String, of database: BareDatabase) throws {
    unsafe statement = try database.prepare(sql)
    self.database = database
  }

  deinit { unsafe sqlite3_finalize(statement) }

  /// Binds a value to a place, counted from 1.
  public func bind(_ place: Int32, _ text: String) {
    var text = text
    text.withUTF8 { bytes in
      unsafe bytes.withMemoryRebound(to: CChar.self) { bytes in
        _ = unsafe bare_bind_text(statement, place, bytes.baseAddress, Int32(bytes.count))
      }
    }
  }

  public func bind(_ place: Int32, _ value: BareValue) {
    switch value {
    case .null: unsafe sqlite3_bind_null(statement, place)
    case .integer(let number): bind(place, number)
    case .real(let number): unsafe sqlite3_bind_double(statement, place, number)
    case .text(let text): bind(place, text)
    case .blob(let bytes): unsafe bare_bind_blob(statement, place, bytes, Int32(bytes.count))
    }
  }

  public func bind(_ place: Int32, _ number: Int64) { unsafe sqlite3_bind_int64(statement, place, number) }

  /// Goes to the next row.
  ///
  /// - Returns: whether there is one.
  public func step() throws -> Bool {
    let result = unsafe sqlite3_step(statement)
    guard result == SQLITE_ROW || result == SQLITE_DONE else { throw database.failure(result) }
    return result == SQLITE_ROW
  }

  public func reset() { unsafe sqlite3_reset(statement) }

  public func integer(_ column: Int32) -> Int64 { unsafe sqlite3_column_int64(statement, column) }

  var columnCount: Int32 { unsafe sqlite3_column_count(statement) }

  func value(_ column: Int32) -> BareValue {
    switch unsafe sqlite3_column_type(statement, column) {
    case SQLITE_INTEGER: return .integer(integer(column))
    case SQLITE_FLOAT: return .real(unsafe sqlite3_column_double(statement, column))
    case SQLITE_TEXT: return .text(text(column))
    case SQLITE_BLOB:
      let count = Int(unsafe sqlite3_column_bytes(statement, column))
      guard let bytes = unsafe sqlite3_column_blob(statement, column) else { return .blob([]) }
      return .blob(unsafe Array(UnsafeRawBufferPointer(start: bytes, count: count)))
    default: return .null
    }
  }

  public func text(_ column: Int32) -> String {
    guard let text = unsafe sqlite3_column_text(statement, column) else { return "" }
    return unsafe String(cString: text)
  }
}

/// A value of a row.
public enum BareValue: Sendable, Equatable {
  case null
  case integer(Int64)
  case real(Double)
  case text(String)
  case blob([UInt8])
}
