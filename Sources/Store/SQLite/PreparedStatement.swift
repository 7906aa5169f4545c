import CSQLite

/// A prepared `sqlite3_stmt`; finalized when it goes. A class, since the cache keeps it in a dictionary.
@safe final class PreparedStatement {
  private let pointer: OpaquePointer
  /// Whether its rows are being read at present.
  var isInUse = false
  /// The table that it changes; nil for none, and where that is not known.
  var changedTable: String?
  /// When it was last taken from the cache, counted in takings.
  var lastUse: UInt64 = 0

  private init(takingOwnershipOf pointer: OpaquePointer) { unsafe self.pointer = pointer }

  deinit { unsafe _ = sqlite3_finalize(pointer) }

  /// Compiles exactly one statement.
  static func prepare(_ text: String, on database: borrowing DatabaseHandle) throws(StoreError) -> PreparedStatement {
    try unsafe database.withPointer { database throws(StoreError) in
      var pointer: OpaquePointer?
      var copy = text
      let (code, isWhole) = copy.withUTF8 { bytes in
        unsafe bytes.withMemoryRebound(to: CChar.self) { text in
          var tail: UnsafePointer<CChar>?
          let code = unsafe sqlite3_prepare_v3(
            database, text.baseAddress, Int32(text.count), UInt32(SQLITE_PREPARE_PERSISTENT), &pointer, &tail)
          let end = unsafe text.baseAddress.map { unsafe $0 + text.count }
          return (code, unsafe tail == end)
        }
      }
      guard code == SQLITE_OK else {
        guard code == SQLITE_ERROR else { throw unsafe StoreError.of(code, on: database) }
        throw .statement(sql: text, reason: unsafe String(cString: sqlite3_errmsg(database)))
      }
      guard let prepared = unsafe pointer else { throw .statement(sql: text, reason: "no statement") }
      let statement = unsafe PreparedStatement(takingOwnershipOf: prepared)
      guard isWhole else { throw .statement(sql: text, reason: "more than one statement") }
      return statement
    }
  }

  /// Whether it can change nothing.
  var isReadOnly: Bool { unsafe sqlite3_stmt_readonly(pointer) != 0 }

  func bind(_ values: [SQLCell]) throws(StoreError) {
    for (index, value) in values.enumerated() {
      // SQLite would keep it; PostgreSQL has no such text.
      if case .text(let text) = value, text.utf8.contains(0) { throw .nulInText }
      let code = bind(value, at: Int32(index + 1))
      guard code == SQLITE_OK else { throw unsafe StoreError.of(code, on: sqlite3_db_handle(pointer)) }
    }
  }

  private func bind(_ value: SQLCell, at place: Int32) -> Int32 {
    switch value {
    case .null: return unsafe sqlite3_bind_null(pointer, place)
    case .integer(let number): return unsafe sqlite3_bind_int64(pointer, place, number)
    case .real(let number): return unsafe sqlite3_bind_double(pointer, place, number)
    case .text(var text):
      return text.withUTF8 { bytes in
        unsafe bytes.withMemoryRebound(to: CChar.self) { characters in
          // An empty text has no address, and SQLite would bind NULL for it.
          guard let address = characters.baseAddress else {
            return unsafe gapura_sqlite3_bind_text(pointer, place, "", 0)
          }
          return unsafe gapura_sqlite3_bind_text(pointer, place, address, UInt64(characters.count))
        }
      }
    case .blob(let bytes):
      guard !bytes.isEmpty else { return unsafe sqlite3_bind_zeroblob(pointer, place, 0) }
      return unsafe bytes.withUnsafeBytes { bytes in
        unsafe gapura_sqlite3_bind_blob(pointer, place, bytes.baseAddress, UInt64(bytes.count))
      }
    }
  }

  /// Goes to the next row; false when there is none.
  func step() throws(StoreError) -> Bool {
    let code = unsafe sqlite3_step(pointer)
    switch code {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    default: throw unsafe StoreError.of(code, on: sqlite3_db_handle(pointer))
    }
  }

  /// Makes it ready for its next use, and forgets the values bound to it.
  func reset() {
    // Its code only repeats the error of the last step.
    unsafe _ = sqlite3_reset(pointer)
    unsafe _ = sqlite3_clear_bindings(pointer)
  }

  /// Lends the present row.
  func withRow<T>(_ read: (borrowing Row) throws -> T) rethrows -> T {
    try read(unsafe Row(pointer, readBy: PreparedStatement.self))
  }
}
