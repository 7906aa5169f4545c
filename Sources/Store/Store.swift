internal import Core

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

  /// Whether the file system refused writing when the file was opened: then it can only be read, until it is opened anew.
  public let isReadOnly: Bool
  /// Whether the tables of a file that was there already may be changed.
  public let mayUpgrade: Bool

  private let writer: Writer
  private let readers: ReaderPool
  private let hub: JournalHub
  private let log: any Log
  private let damageMet: @Sendable () -> Void
  private let readFailed: @Sendable () -> Void

  init(
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

  /// Brings the modules' tables up to date: all of them or, when one fails, none.
  ///
  /// - Throws: `StoreError.migration`, which names the module and the migration; `.older` when there is something to do
  ///   that may not be done.
  public func migrate(_ schemas: [Schema]) async throws {
    try await writer.migrate(schemas, refusingToUpgrade: mayUpgrade ? nil : path, log: log)
  }

  /// Runs a closure that changes the database, all or nothing, and returns when the change is durable. The closure may
  /// run again, as after room was made on a full disk or because another one failed that was run with it, so it does
  /// nothing but what the transaction would take back.
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
    counters.readCount = readers.readCount
    counters.journalReadCount = hub.readCount
    return counters
  }

  /// How many write closures wait for their turn; for metrics.
  public var waitingWriteCount: Int { writer.waitingCount }

  /// Gives back what the connections keep in memory to be quick: statements, and pages that were read. What is asked for next
  /// gets them again and takes a little longer, so it is for an office at rest.
  public func giveBackMemory() async {
    await readers.giveBackMemory()
    await hub.giveBackMemory()
    await writer.giveBackMemory()
  }

  /// Finishes what is waiting, ends those who follow the journal, and closes the file. What is
  /// asked for afterwards fails with `StoreError.closed`.
  public func close() async {
    hub.close()
    await readers.close()
    await writer.close()
  }
}

/// Undoes the probe's change.
private struct ProbeDone: Error {}
