import CSQLite

extension PreparedStatement: ResultReader {
  static func cell(_ column: Int, of result: OpaquePointer) -> SQLCell {
    let place = Int32(column)
    return switch unsafe sqlite3_column_type(result, place) {
    case SQLITE_INTEGER: .integer(unsafe sqlite3_column_int64(result, place))
    case SQLITE_FLOAT: .real(unsafe sqlite3_column_double(result, place))
    case SQLITE_TEXT:
      .text(unsafe String(decoding: bytes(sqlite3_column_text(result, place), of: result, place), as: UTF8.self))
    case SQLITE_BLOB: .blob(unsafe Array(bytes(sqlite3_column_blob(result, place), of: result, place)))
    default: .null
    }
  }

  /// The bytes of a text or a blob. The count is asked for after the pointer, as the manual wants it.
  private static func bytes(
    _ start: UnsafeRawPointer?, of result: OpaquePointer, _ place: Int32
  ) -> UnsafeRawBufferPointer {
    unsafe UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(result, place)))
  }

  static func name(of column: Int, in result: OpaquePointer) -> String? {
    guard let name = unsafe sqlite3_column_name(result, Int32(column)) else { return nil }
    return unsafe String(cString: name)
  }
}
