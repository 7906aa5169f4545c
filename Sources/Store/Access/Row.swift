/// Reads the columns of a result as one engine keeps it.
protocol ResultReader {
  /// What stands in a column, counted from 0.
  static func cell(_ column: Int, of result: OpaquePointer) -> SQLCell

  /// What the column is called; nil when there is none.
  static func name(of column: Int, in result: OpaquePointer) -> String?
}

/// One row of a result, for as long as the closure that it is given to runs.
@safe public struct Row: ~Copyable {
  private let result: OpaquePointer
  private let reader: any ResultReader.Type

  init(_ result: OpaquePointer, readBy reader: any ResultReader.Type) {
    unsafe self.result = result
    self.reader = reader
  }

  // Inlinable, so that each module reads its rows without asking the runtime for their types.
  /// The value of a column, counted from 0, as the type that the context asks for.
  ///
  /// - Throws: `StoreError.column` when the column holds something else; a column that may be NULL is
  ///   read as an optional.
  @inlinable public func get<T: SQLReadable>(_ column: Int) throws(StoreError) -> T {
    let cell = cell(column)
    guard let value = T(sqlCell: cell) else { throw misfit(cell, column, expected: T.self) }
    return value
  }

  @usableFromInline func misfit(_ cell: SQLCell, _ column: Int, expected type: Any.Type) -> StoreError {
    let name = unsafe reader.name(of: column, in: result) ?? "no such column"
    return .column(number: column, name: name, expected: String(describing: type), found: cell.form)
  }

  @usableFromInline func cell(_ column: Int) -> SQLCell { unsafe reader.cell(column, of: result) }
}
