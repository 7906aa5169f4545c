import CSQLite

extension StoreError {
  /// What an extended result code means. The library's own message is used only where it consists of
  /// names from the schema, never where it might repeat a value.
  static func of(_ code: Int32, on database: OpaquePointer) -> StoreError {
    // A snapshot writes nothing (PRAGMA query_only): that it was tried is our fault and not the disk's.
    if code == SQLITE_READONLY, unsafe sqlite3_db_readonly(database, "main") == 0 {
      return .failed(code: code, reason: unsafe String(cString: sqlite3_errstr(code)))
    }
    let message = unsafe String(cString: sqlite3_errmsg(database))
    return of(code, message: message)
  }

  /// SQLITE_IOERR_DATA, by which the layer of checked pages refuses to hand a page on: (SQLITE_IOERR | 32 << 8), which
  /// Swift does not import.
  private static let damagedPage: Int32 = 32

  static func of(_ code: Int32, message: String) -> StoreError {
    switch code & 0xff {
    case SQLITE_CONSTRAINT: constraint(code, message)
    case SQLITE_BUSY, SQLITE_LOCKED: .busy
    case SQLITE_FULL: .full
    case SQLITE_READONLY: .disk("the file system lets nobody write")
    case SQLITE_CORRUPT: .corrupt
    case SQLITE_IOERR where code >> 8 == damagedPage: .corrupt
    case SQLITE_IOERR: .disk(unsafe String(cString: sqlite3_errstr(code)))
    case SQLITE_CANTOPEN: .disk("a file cannot be opened: none is there, or too many are open")
    default: .failed(code: code, reason: unsafe String(cString: sqlite3_errstr(code)))
    }
  }

  private static func constraint(_ code: Int32, _ message: String) -> StoreError {
    let names = names(in: message)
    // The macros for extended codes are expressions that Swift does not import: (SQLITE_CONSTRAINT | n << 8).
    return switch code >> 8 {
    case 1: .constraint(.check, names)
    case 3: .constraint(.foreignKey, [])
    case 5: .constraint(.notNull, names)
    case 6, 8, 10: .constraint(.unique, names)
    case 7: .constraint(.trigger, [message])
    case 12: .constraint(.dataType, message.split(separator: " ").suffix(1).map(String.init))
    default: .failed(code: code, reason: unsafe String(cString: sqlite3_errstr(code)))
    }
  }

  /// The names after the colon of `UNIQUE constraint failed: queue_tickets.day, queue_tickets.number`.
  private static func names(in message: String) -> [String] {
    guard let colon = message.firstIndex(of: ":") else { return [] }
    return message[message.index(after: colon)...].split(separator: ",").map {
      String($0.drop(while: { $0 == " " }))
    }
  }
}
