/// What stands in one column of one row, in the five forms that SQLite knows.
public enum SQLCell: Sendable, Equatable {
  /// SQL's NULL: no value.
  case null
  /// A whole number of 64 bits with its sign; truth and moments too.
  case integer(Int64)
  /// A floating-point number of 64 bits.
  case real(Double)
  /// Unicode text, without U+0000.
  case text(String)
  /// Bytes as they are.
  case blob([UInt8])

  /// The name of the form, for errors; never the value.
  var form: String {
    switch self {
    case .null: "null"
    case .integer: "integer"
    case .real: "real"
    case .text: "text"
    case .blob: "blob"
    }
  }
}
