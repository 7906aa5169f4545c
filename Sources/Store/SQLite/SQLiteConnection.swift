import CSQLite
import Synchronization

/// One connection with its prepared statements; belongs to one thread at a time and never leaves Store.
final class SQLiteConnection {
  private let database: DatabaseHandle
  private var statements = StatementCache<SQLText>()
  private var commands = StatementCache<String>()
  /// What has gone through this connection.
  var changes = TableChanges()
  /// What others have committed, as the present transaction knows it; nil until it has been asked for.
  var foreignVersion: Int64?
  /// Tells connections apart.
  let number: UInt64 = SQLiteConnection.drawn.withLock { number in
    number += 1
    return number
  }

  private static let drawn = Mutex<UInt64>(0)

  init(_ database: consuming DatabaseHandle) { self.database = database }

  /// What a statement of a module may begin with: nothing that begins or ends transactions, changes
  /// the schema or the settings, or reaches other files.
  private static let verbs: Set<String> = ["SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "EXPLAIN"]

  /// Runs a statement and reads each row.
  func rows<T>(_ sql: SQL, _ read: (borrowing Row) throws -> T) throws -> [T] {
    try with(sql) { statement in
      var values: [T] = []
      while try statement.step() { values.append(try statement.withRow(read)) }
      return values
    }
  }

  /// Runs a statement and reads its first row, if there is one.
  func row<T>(_ sql: SQL, _ read: (borrowing Row) throws -> T) throws -> T? {
    try with(sql) { statement in
      guard try statement.step() else { return nil }
      let value = try statement.withRow(read)
      // A change is checked against foreign keys only at its end.
      if !statement.isReadOnly { while try statement.step() {} }
      return value
    }
  }

  /// Runs a statement to its end.
  ///
  /// - Returns: how many rows it changed.
  func run(_ sql: SQL) throws -> Int {
    try with(sql) { statement in
      while try statement.step() {}
      return statement.isReadOnly ? 0 : changeCount
    }
  }

  /// Runs a statement that adds one row to a table whose key is the row's number.
  ///
  /// - Returns: the number.
  func insert(_ sql: SQL) throws -> Int64 {
    try with(sql) { statement in
      while try statement.step() {}
      return unsafe database.withPointer { unsafe sqlite3_last_insert_rowid($0) }
    }
  }

  /// Runs one of Store's own commands, such as `BEGIN`, and keeps it prepared.
  func command(_ command: StaticString) throws(StoreError) {
    let statement = try kept(command)
    defer { statement.reset() }
    while try statement.step() {}
  }

  /// The first column of what one of Store's own commands answers, which is kept prepared.
  func keptAnswer<T: SQLReadable>(_ command: StaticString) throws -> T? {
    let statement = try kept(command)
    defer { statement.reset() }
    return try statement.step() ? try statement.withRow { try $0.get(0) } : nil
  }

  private func kept(_ command: StaticString) throws(StoreError) -> PreparedStatement {
    let text = command.description
    if let kept = commands.take(text) { return kept }
    let statement = try PreparedStatement.prepare(text, on: database)
    commands.keep(statement, as: text)
    return statement
  }

  /// Whether a transaction is open. SQLite ends one by itself after some errors, such as a full disk.
  var isInTransaction: Bool { unsafe database.withPointer { unsafe sqlite3_get_autocommit($0) == 0 } }

  /// Whether a row refers to one that is not there, which the transaction's end would refuse.
  var hasDanglingForeignKey: Bool {
    unsafe database.withPointer { database in
      var current: Int32 = 0
      var highest: Int32 = 0
      unsafe sqlite3_db_status(database, SQLITE_DBSTATUS_DEFERRED_FKS, &current, &highest, 0)
      return current != 0
    }
  }

  /// How many rows have been changed since the connection was opened, also in transactions that were rolled back.
  var changeTotal: Int64 { unsafe database.withPointer { unsafe sqlite3_total_changes64($0) } }

  private var changeCount: Int { unsafe database.withPointer { Int(unsafe sqlite3_changes64($0)) } }

  /// Runs any number of statements from the source text, without values; for settings.
  func execute(_ script: StaticString) throws(StoreError) { try define(script.description) }

  /// Runs what a dialect wrote, or settings.
  func define(_ script: String) throws(StoreError) {
    try unsafe database.withPointer { database throws(StoreError) in
      let code = unsafe sqlite3_exec(database, script, nil, nil, nil)
      guard code != SQLITE_OK else { return }
      let message = unsafe String(cString: sqlite3_errmsg(database))
      throw code & 0xff == SQLITE_ERROR
        ? .statement(sql: "script", reason: message) : StoreError.of(code, message: message)
    }
  }

  /// Lends the handle for one call.
  func withDatabase<T>(_ body: (OpaquePointer) throws(StoreError) -> T) throws(StoreError) -> T {
    try unsafe database.withPointer(body)
  }

  /// Turns one of the `SQLITE_DBCONFIG_…` settings on or off.
  func configure(_ option: Int32, isOn: Bool) throws(StoreError) {
    try unsafe database.withPointer { database throws(StoreError) in
      let code = unsafe gapura_sqlite3_db_config_flag(database, option, isOn ? 1 : 0)
      guard code == SQLITE_OK else { throw unsafe StoreError.of(code, on: database) }
    }
  }

  /// How long to wait for another process's lock.
  func setBusyTimeout(milliseconds: Int32) {
    unsafe database.withPointer { unsafe _ = sqlite3_busy_timeout($0, milliseconds) }
  }

  /// The first column of what a command of Store's own answers, such as a `PRAGMA`.
  func answer<T: SQLReadable>(_ command: StaticString) throws -> T? {
    let statement = try PreparedStatement.prepare(command.description, on: database)
    return try statement.step() ? try statement.withRow { try $0.get(0) } : nil
  }

  /// Forgets the prepared statements and the pages that were read; while none of them is in use.
  func giveBackMemory() {
    statements = StatementCache()
    commands = StatementCache()
    unsafe database.withPointer { unsafe _ = sqlite3_db_release_memory($0) }
  }

  /// Writes everything that is there now, and nothing that was deleted, into an empty file.
  func vacuum(into path: String) throws(StoreError) {
    let statement = try PreparedStatement.prepare("VACUUM INTO ?", on: database)
    try statement.bind([.text(path)])
    while try statement.step() {}
  }

  private func with<T>(_ sql: SQL, _ body: (PreparedStatement) throws -> T) throws -> T {
    let statement = try take(sql.statement)
    statement.isInUse = true
    defer {
      statement.reset()
      statement.isInUse = false
    }
    if !statement.isReadOnly { changes.note(statement.changedTable) }
    try statement.bind(sql.values)
    return try body(statement)
  }

  private func take(_ key: SQLText) throws(StoreError) -> PreparedStatement {
    if let statement = statements.take(key) { return statement }
    let text = key.description
    let verb = text.drop(while: \.isWhitespace).prefix(while: \.isLetter).uppercased()
    guard Self.verbs.contains(verb) else { throw .statement(sql: text, reason: "\"\(verb)\" is not for modules") }
    let statement = try PreparedStatement.prepare(text, on: database)
    if !statement.isReadOnly { statement.changedTable = TableChanges.table(changedBy: text) }
    statements.keep(statement, as: key)
    return statement
  }
}
