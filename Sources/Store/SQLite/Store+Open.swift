public import Core

extension Store {
  /// Opens the file, and makes it (0600, in a directory 0700) where it is missing. Blocks while it does.
  ///
  /// - Parameters:
  ///   - readers: how many snapshots may be read at the same time.
  ///   - journalInterval: how often those who follow the journal look for what other processes have committed.
  ///   - mayUpgrade: whether the tables of a file that is there already may be changed, here and by `migrate`. A command
  ///     may not: the server that runs beside it could be of another version.
  ///   - damageMet: is told each time that a closure comes across damage.
  ///   - readFailed: is told each time that the disk refuses a snapshot a read.
  ///   - makeRoom: frees room when a write meets a full disk, and says whether it could; then the write is tried once more.
  /// - Throws: `StoreError.notOurs` for another program's file, `.newer` for a newer Gapura's, `.older` for an earlier
  ///   one's that may not be upgraded, `.superseded` for one that cannot; `.cannotOpen`, `.corrupt`, `.unprotected`,
  ///   `.busy`; `.rolledBack` when commits that were acknowledged are missing.
  public static func open(
    at path: String, readers: Int = 4, journalInterval: Duration = .seconds(1), clock: any WallClock, log: any Log,
    mayUpgrade: Bool = true, damageMet: @escaping @Sendable () -> Void = {},
    readFailed: @escaping @Sendable () -> Void = {}, makeRoom: @escaping @Sendable () -> Bool = { false }
  ) throws -> Store {
    precondition(readers > 0, "a store needs a reader")
    let witness = try Witness.heard(of: path, log: log)
    let connection = try SQLiteConnection.writer(at: path, clock: clock, log: log, mayUpgrade: mayUpgrade)
    witness.begin(at: try connection.lastCommit())
    let known = try Snapshot(of: connection).latestSequence()
    let isReadOnly = try connection.isReadOnly()
    let hub = JournalHub(try SQLiteConnection.reader(at: path), known: known, interval: journalInterval)
    let pool = ReaderPool(try (1...readers).map { Reader(try SQLiteConnection.reader(at: path), number: $0) })
    let writer = Writer(connection, witness: witness, clock: clock, makeRoom: makeRoom) { hub.hint() }
    return Store(
      path, isReadOnly: isReadOnly, mayUpgrade: mayUpgrade, writer: writer, readers: pool, hub: hub, log: log,
      damageMet: damageMet, readFailed: readFailed)
  }
}
