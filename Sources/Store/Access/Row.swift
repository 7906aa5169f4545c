import CSQLite

/// One row of a result, for as long as the closure that it is given to runs.
@safe public struct Row: ~Copyable {
  private let statement: OpaquePointer

  init(_ statement: OpaquePointer) { unsafe self.statement = statement }

  /// The value of a column, counted from 0, as the type that the context asks for.
  ///
  /// - Throws: `StoreError.column` when the column holds something else; a column that may be NULL is
  ///   read as an optional.
  // Inlinable, so that each module reads its rows without asking the runtime for their types.
  @inlinable public func get<T: SQLReadable>(_ column: Int) throws(StoreError) -> T {
    let cell = cell(column)
    guard let value = T(sqlCell: cell) else { throw misfit(cell, column, expected: T.self) }
    return value
  }

  @usableFromInline func misfit(_ cell: SQLCell, _ column: Int, expected type: Any.Type) -> StoreError {
    .column(number: column, name: name(column), expected: String(describing: type), found: cell.form)
  }

  @usableFromInline func cell(_ column: Int) -> SQLCell {
    let place = Int32(column)
    return switch unsafe sqlite3_column_type(statement, place) {
    case SQLITE_INTEGER: .integer(unsafe sqlite3_column_int64(statement, place))
    case SQLITE_FLOAT: .real(unsafe sqlite3_column_double(statement, place))
    case SQLITE_TEXT: .text(unsafe String(decoding: bytes(sqlite3_column_text(statement, place), place), as: UTF8.self))
    case SQLITE_BLOB: .blob(unsafe Array(bytes(sqlite3_column_blob(statement, place), place)))
    default: .null
    }
  }

  /// The bytes of a text or a blob. The count is asked for after the pointer, as the manual wants it.
  private func bytes(_ start: UnsafeRawPointer?, _ place: Int32) -> UnsafeRawBufferPointer {
    unsafe UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, place)))
  }

  private func name(_ column: Int) -> String {
    guard let name = unsafe sqlite3_column_name(statement, Int32(column)) else { return "no such column" }
    return unsafe String(cString: name)
  }
}
