import CSQLite
internal import Core

extension SQLiteConnection {
  /// `Gpra` in ASCII: marks the file as ours (sqlite.org/pragma.html#pragma_application_id).
  static let applicationID: Int64 = 0x4770_7261
  /// The format of the file: Store's own part of it, and the schemas of all modules from which their migrations go on.
  private static let formatVersion = 2
  /// How long to wait for another process, such as `gapura officer add` beside the server.
  private static let busyTimeoutMilliseconds: Int32 = 5_000

  /// Opens the connection that writes; makes the file and Store's own tables where they are missing.
  ///
  /// - Throws: `StoreError.notOurs`, `.newer`, `.superseded`, `.older` where a file that is there already may not be
  ///   upgraded, `.cannotOpen`, or what SQLite reports.
  static func writer(at path: String, clock: any WallClock, log: any Log, mayUpgrade: Bool = true) throws
    -> SQLiteConnection
  {
    try DatabaseFile.create(at: path)
    let connection = SQLiteConnection(try DatabaseHandle.open(path))
    do {
      try connection.prepareFile(path)
      try connection.applySettings()
      try connection.checkOwner(path)
    } catch StoreError.failed(code: SQLITE_NOTADB, _) {
      throw StoreError.notOurs(path: path)
    }
    if try connection.answer("PRAGMA journal_mode") != "wal" { try connection.execute("PRAGMA journal_mode = WAL") }
    guard try connection.answer("PRAGMA journal_mode") == "wal" else {
      throw StoreError.cannotOpen(path: path, reason: "the file system does not allow a write-ahead log")
    }
    try connection.keepLog()
    try connection.prepareOwnTables(of: path, clock: clock, log: log, mayUpgrade: mayUpgrade)
    return connection
  }

  /// Opens a connection that reads; `writer(at:)` has been called before.
  static func reader(at path: String) throws -> SQLiteConnection {
    let connection = SQLiteConnection(try DatabaseHandle.open(path))
    try connection.applySettings()
    try connection.execute("PRAGMA query_only = ON")
    try connection.keepLog()
    return connection
  }

  /// Opens a connection that changes nothing in the file, not even by carrying its log into it.
  ///
  /// - Throws: as `writer(at:)`.
  static func onlooker(at path: String) throws -> SQLiteConnection {
    let connection = SQLiteConnection(try DatabaseHandle.open(path, isReadOnly: true))
    do {
      try connection.checkFile(path)
      try connection.applySettings()
      try connection.execute("PRAGMA query_only = ON")
      try connection.checkOwner(path)
    } catch StoreError.failed(code: SQLITE_NOTADB, _) {
      throw StoreError.notOurs(path: path)
    }
    return connection
  }

  /// Opens a file for its pages alone: nothing of what they say is read, so that none of them can hide the others.
  ///
  /// - Throws: `StoreError.notOurs`, `.unprotected`; `.corrupt` when the first page is damaged.
  static func pages(at path: String) throws -> SQLiteConnection {
    let connection = SQLiteConnection(try DatabaseHandle.open(path, isReadOnly: true))
    try connection.checkFile(path)
    return connection
  }

  private func applySettings() throws {
    setBusyTimeout(milliseconds: Self.busyTimeoutMilliseconds)
    try configure(SQLITE_DBCONFIG_DEFENSIVE, isOn: true)
    try configure(SQLITE_DBCONFIG_TRUSTED_SCHEMA, isOn: false)
    // A misspelt column in double quotes is an error and not a text.
    try configure(SQLITE_DBCONFIG_DQS_DDL, isOn: false)
    try configure(SQLITE_DBCONFIG_DQS_DML, isOn: false)
    // A commit is durable when it returns; deleted bytes are overwritten; a checkpoint each 1,000 pages
    // (4 MB) keeps the log short, and a log that a long snapshot made grow is cut back to 64 MB. What a transaction
    // changes stays in memory until its commit: so each page in the log carries its checksum once it can be read.
    try execute(
      """
      PRAGMA synchronous = FULL;
      PRAGMA foreign_keys = ON;
      PRAGMA secure_delete = ON;
      PRAGMA cell_size_check = ON;
      PRAGMA temp_store = MEMORY;
      PRAGMA cache_spill = OFF;
      PRAGMA wal_autocheckpoint = 1000;
      PRAGMA journal_size_limit = 67108864;
      """)
  }

  /// Refuses another program's file, a newer Gapura's, or one of a format from which no migration goes on.
  private func checkOwner(_ path: String) throws {
    let owner: Int64 = try answer("PRAGMA application_id") ?? 0
    let version: Int = try answer("PRAGMA user_version") ?? 0
    let itemCount: Int = try answer("SELECT count(*) FROM sqlite_schema") ?? 0
    let isNew = owner == 0 && version == 0 && itemCount == 0
    guard isNew || owner == Self.applicationID else { throw StoreError.notOurs(path: path) }
    guard version <= Self.formatVersion else {
      throw StoreError.newer(path: path, version: version, known: Self.formatVersion)
    }
    guard isNew || version == Self.formatVersion else {
      throw StoreError.superseded(path: path, version: version, known: Self.formatVersion)
    }
  }

  /// Whether the file was opened on a file system that refuses writing.
  func isReadOnly() throws(StoreError) -> Bool {
    try unsafe withDatabase { unsafe sqlite3_db_readonly($0, "main") == 1 }
  }

  private func prepareOwnTables(of path: String, clock: any WallClock, log: any Log, mayUpgrade: Bool) throws {
    // A start that has nothing to make changes nothing, so that it needs no room either.
    if try hasOwnTables(clock: clock, log: log) { return }
    let isNew = try answer("PRAGMA application_id") != Self.applicationID
    guard mayUpgrade || isNew else { throw StoreError.older(path: path) }
    try transaction {
      try execute("PRAGMA application_id = 0x47707261; PRAGMA user_version = 2;")
      if try !hasMigrations() { try apply([.add(.migrations)]) }
      try Migrator(session: self, clock: clock, log: log).migrate(.store)
    }
  }

  private func hasOwnTables(clock: any WallClock, log: any Log) throws -> Bool {
    guard try answer("PRAGMA application_id") == Self.applicationID,
      try answer("PRAGMA user_version") == Self.formatVersion,
      try hasMigrations()
    else { return false }
    return try Migrator(session: self, clock: clock, log: log).hasApplied([.store])
  }

  private func hasMigrations() throws -> Bool {
    try answer("SELECT 1 FROM sqlite_schema WHERE name = 'store_migrations'") == 1
  }

  /// Runs the body in a transaction of its own.
  private func transaction(_ body: () throws -> Void) throws {
    try command("BEGIN IMMEDIATE")
    do {
      try body()
      try command("COMMIT")
    } catch {
      rollBack()
      throw error
    }
  }
}
