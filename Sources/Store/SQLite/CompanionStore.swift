public import Core
import Synchronization

/// A further SQLite file, whose transactions are made from inside another store's closures.
///
/// So it is synchronous: its caller waits for the disk, on a store's writer or on a queue of its own, never on
/// the cooperative pool. What it has written is durable when the call returns, that is, before the outer transaction
/// is. The holder of a transaction of the companion never waits for the outer store, so the two cannot lock each other
/// out.
public final class CompanionStore: Sendable {
  // One call at a time; the calls are short.
  private let connection: Mutex<SQLiteConnection?>
  private let witness: Witness
  private let clock: any WallClock

  private init(_ connection: sending SQLiteConnection, witness: Witness, clock: any WallClock) {
    self.connection = Mutex(connection)
    self.witness = witness
    self.clock = clock
  }

  /// Opens the file, makes it (0600) where it is missing, and brings its tables up to date.
  ///
  /// - Parameter mayUpgrade: whether it may where the file was there already.
  /// - Throws: what `Store.open` and `Store.migrate` throw.
  public static func open(
    at path: String, schema: Schema, clock: any WallClock, log: any Log, mayUpgrade: Bool = true
  ) throws -> CompanionStore {
    let witness = try Witness.heard(of: path, log: log)
    let connection = try SQLiteConnection.writer(at: path, clock: clock, log: log, mayUpgrade: mayUpgrade)
    witness.begin(at: try connection.lastCommit())
    let migrator = Migrator(session: connection, clock: clock, log: log)
    if try !migrator.hasApplied([schema]) {
      guard try mayUpgrade || migrator.isNew() else { throw StoreError.older(path: path) }
      try inTransaction(on: connection, witness) { try migrator.migrate([schema]) }
    }
    return CompanionStore(connection, witness: witness, clock: clock)
  }

  /// Runs a closure that changes the file, all or nothing; it is durable when this returns.
  ///
  /// - Throws: what the closure throws, and then nothing has changed; `StoreError.busy`, `.full`, `.closed`.
  @discardableResult
  public func write<T: Sendable>(_ body: (borrowing Transaction) throws -> T) throws -> T {
    try withConnection { connection in
      try Self.inTransaction(on: connection, witness) { try body(Transaction(on: connection, clock: clock)) }
    }
  }

  /// Runs a closure that reads. A single statement needs no transaction to be consistent; several that must agree are
  /// written as a `write`.
  public func read<T: Sendable>(_ body: (borrowing Snapshot) throws -> T) throws -> T {
    try withConnection { connection in try body(Snapshot(of: connection)) }
  }

  /// Carries the write-ahead log into the file and cuts it to nothing, so that what was deleted, and overwritten in the
  /// file by `secure_delete`, does not stand in the log either.
  ///
  /// - Throws: `StoreError.busy` when a reader holds on for longer than the busy time-out.
  public func forgetDeleted() throws {
    try withConnection { connection in
      let isBusy: Bool = try connection.answer("PRAGMA wal_checkpoint(TRUNCATE)") ?? true
      if isBusy { throw StoreError.busy }
    }
  }

  /// Closes the file. What is asked for afterwards fails with `StoreError.closed`.
  public func close() {
    connection.withLock { $0 = nil }
    witness.close()
  }

  private func withConnection<T: Sendable>(_ body: (SQLiteConnection) throws -> T) throws -> T {
    try connection.withLock { connection in
      guard let connection else { throw StoreError.closed }
      return try body(connection)
    }
  }

  private static func inTransaction<T>(
    on connection: SQLiteConnection, _ witness: Witness, _ body: () throws -> T
  ) throws -> T {
    try connection.perform(.beginWriting)
    do {
      let changes = connection.changeTotal
      let value = try body()
      if let number = try connection.commit(since: changes) { witness.record(number) }
      return value
    } catch {
      connection.rollBack()
      throw error
    }
  }
}
