public import Core

/// The database: one SQLite file, one writer that commits in groups, a few readers, and the journal.
///
///     let store = try Store.open(at: "/var/lib/gapura/gapura.db", clock: clock, log: log)
///     try await store.migrate([QueueModule.schema])
///     let number: Int? = try await store.read { try $0.value("SELECT max(number) FROM queue_tickets") }
///
/// Several processes may have the file open; they take turns to write.
public final class Store: Sendable {
  /// Where the file lies.
  public let path: String
  /// The events, to read and to follow.
  public let journal: Journal

  /// Whether the file system let nobody write when the file was opened: then it can only be read, until it is opened anew.
  public let isReadOnly: Bool
  /// Whether the tables of a file that was there already may be changed.
  public let mayUpgrade: Bool

  private let writer: Writer
  private let readers: ReaderPool
  private let hub: JournalHub
  private let log: any Log
  private let damageMet: @Sendable () -> Void
  private let readFailed: @Sendable () -> Void

  private init(
    _ path: String, isReadOnly: Bool, mayUpgrade: Bool, writer: Writer, readers: ReaderPool, hub: JournalHub,
    log: any Log, damageMet: @escaping @Sendable () -> Void, readFailed: @escaping @Sendable () -> Void
  ) {
    self.path = path
    self.isReadOnly = isReadOnly
    self.mayUpgrade = mayUpgrade
    self.damageMet = damageMet
    self.readFailed = readFailed
    self.writer = writer
    self.readers = readers
    self.hub = hub
    self.log = log
    journal = Journal(readers: readers, hub: hub)
  }

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
    let connection = try Connection.writer(at: path, clock: clock, log: log, mayUpgrade: mayUpgrade)
    witness.begin(at: try connection.lastCommit())
    let known = try Snapshot(of: connection).latestSequence()
    let isReadOnly = try connection.isReadOnly()
    let hub = JournalHub(try Connection.reader(at: path), known: known, interval: journalInterval)
    let pool = ReaderPool(try (1...readers).map { Reader(try Connection.reader(at: path), number: $0) })
    let writer = Writer(connection, witness: witness, clock: clock, makeRoom: makeRoom) { hub.hint() }
    return Store(
      path, isReadOnly: isReadOnly, mayUpgrade: mayUpgrade, writer: writer, readers: pool, hub: hub, log: log,
      damageMet: damageMet, readFailed: readFailed)
  }

  /// Writes a consistent copy of a database that may be in use, without free pages, to a new file (0600) and makes it
  /// durable. The database itself is only read.
  ///
  /// - Throws: `StoreError.cannotOpen` when there is such a file already or it cannot be made; as `peek`.
  public static func copy(_ path: String, to target: String) throws {
    let connection = try Connection.onlooker(at: path)
    // The database is opened for reading only; what this lets be written is the copy.
    try connection.execute("PRAGMA query_only = OFF")
    try connection.copy(to: target)
  }

  /// Brings the modules' tables up to date: all of them or, when one fails, none.
  ///
  /// - Throws: `StoreError.migration`, which names the module and the migration; `.older` when there is something to do
  ///   that may not be done.
  public func migrate(_ schemas: [Schema]) async throws {
    try await writer.migrate(schemas, refusingToUpgrade: mayUpgrade ? nil : path, log: log)
  }

  /// Runs a closure that changes the database, all or nothing, and returns when the change is durable.
  ///
  /// - Throws: what the closure throws, and then nothing has changed; `StoreError.busy`, `.full`,
  ///   `.overloaded` or `.closed` when it could not be run or made durable.
  @discardableResult
  public func write<T: Sendable>(
    _ body: @escaping @Sendable (borrowing Transaction) throws -> T
  ) async throws -> T {
    try await noticing { try await writer.write(body) }
  }

  /// Runs a closure that reads one consistent snapshot.
  ///
  /// - Throws: what the closure throws; `StoreError.overloaded` or `.closed`.
  public func read<T: Sendable>(
    _ body: @escaping @Sendable (borrowing Snapshot) throws -> T
  ) async throws -> T {
    do {
      return try await noticing { try await readers.read(body) }
    } catch StoreError.disk(let reason) {
      readFailed()
      throw StoreError.disk(reason)
    }
  }

  private func noticing<T: Sendable>(_ work: () async throws -> T) async throws -> T {
    do {
      return try await work()
    } catch StoreError.corrupt {
      damageMet()
      throw StoreError.corrupt
    }
  }

  /// Proves that the writer answers; leaves nothing behind. For the watchdog. A disk that is full or fails is an answer: to
  /// start the service anew would not mend it, and would take the pages that only read as well.
  ///
  /// - Throws: `StoreError` when it does not.
  public func probe() async throws {
    do {
      try await write { transaction in
        try transaction.run("INSERT INTO store_probe (number) VALUES (1)")
        throw ProbeDone()
      }
    } catch is ProbeDone {
    } catch StoreError.full {
    } catch StoreError.disk(_) {}
  }

  /// Does at a start what comes round again anyway. Where the disk is full or fails it is left to the next round, so that
  /// pages can be read meanwhile.
  ///
  /// - Throws: what the work throws, but for a `StoreError` of the disk.
  public func atStart(_ what: StaticString, _ work: () async throws -> Void) async throws {
    do {
      try await work()
    } catch let error as StoreError where error.isOfDisk {
      log.warning("left to a later round", ["store.work": what.description, "reason": error.inLog])
    }
  }

  /// How much has been done since the store was opened.
  public var counters: StoreCounters {
    var counters = writer.counters
    counters.journalReadCount = hub.readCount
    return counters
  }

  /// How many write closures wait for their turn; for metrics.
  public var waitingWriteCount: Int { writer.waitingCount }

  /// Finishes what is waiting, ends those who follow the journal, and closes the file. Whatever is
  /// asked for afterwards fails with `StoreError.closed`.
  public func close() async {
    hub.close()
    await readers.close()
    await writer.close()
  }
}

/// Undoes the probe's change.
private struct ProbeDone: Error {}
