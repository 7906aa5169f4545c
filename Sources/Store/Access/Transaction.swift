internal import Core

/// The right to change the database: all or nothing, together with the audit entry and the events.
///
/// Lives as long as the closure that it is given to, and cannot leave it. Services that take part in
/// a caller's transaction take it as `borrowing Transaction`.
public struct Transaction: ~Copyable, Queryable {
  private let session: any DatabaseSession
  private let clock: any WallClock

  init(on session: any DatabaseSession, clock: any WallClock) {
    self.session = session
    self.clock = clock
  }

  /// Runs a statement and reads each of its rows; what this transaction has changed shows in them.
  public func rows<T>(_ sql: SQL, _ read: (borrowing Row) throws -> T) throws -> [T] {
    try session.rows(sql, read)
  }

  /// Runs a statement and reads its first row, changed by this transaction or not; nil when it has none.
  public func row<T>(_ sql: SQL, _ read: (borrowing Row) throws -> T) throws -> T? {
    try session.row(sql, read)
  }

  /// Runs a statement.
  ///
  /// - Returns: how many rows it changed.
  /// - Throws: `StoreError`; `.constraint` when the schema forbids the change.
  @discardableResult
  public func run(_ sql: SQL) throws -> Int { try session.run(sql) }

  /// Runs a statement that adds one row to a table with an `identity` column, whose value it leaves to the database.
  ///
  /// To ask with `RETURNING` for what the caller knows already costs more than the row: the engine keeps a copy of each page
  /// that the statement changes.
  ///
  /// - Returns: the number that the database has drawn for the row.
  /// - Throws: as `run(_:)`.
  @discardableResult
  public func insert(_ sql: SQL) throws -> Int64 { try session.insert(sql) }

  /// How some tables stand now. What was read of them under an equal mark, in this transaction or in an earlier one, need not
  /// be read again.
  ///
  /// Marks are equal only when nothing has written to those tables between them, in any process; each statement counts that
  /// could have changed a row, and what is rolled back counts once more.
  public func mark(of tables: [String]) throws -> ChangeMark { try session.mark(of: tables) }

  /// Appends an event to the journal; followers see it when the transaction is durable.
  ///
  /// Its number is drawn from a row that this transaction changes. So the order of numbers is the order of commits, and what
  /// is rolled back leaves no gap.
  ///
  /// - Throws: `StoreError.eventTooLarge` when its payload is over `Event.payloadByteCountMax`.
  public func append(_ event: Event) throws {
    let byteCount = event.payload.utf8.count
    guard byteCount <= Event.payloadByteCountMax else {
      throw StoreError.eventTooLarge(kind: event.kind.description, byteCount: byteCount)
    }
    guard try run("UPDATE store_stream SET sequence = sequence + 1 WHERE id = 1") == 1 else { throw StoreError.corrupt }
    try run(
      """
      INSERT INTO store_events (sequence, instant, kind, entity, payload)
      VALUES ((SELECT sequence FROM store_stream WHERE id = 1), \(clock.now), \(event.kind.description),
        \(event.entity), \(event.payload))
      """)
  }

  /// Keeps how far a subscriber has come in the journal, in the same transaction as what it did with
  /// the events: so it does that once, although it may see them again. Events that it has not had are kept for it, unless its
  /// position has not moved for too long (`JournalKeeping`).
  public func setPosition(of subscriber: StaticString, to sequence: Int64) throws {
    try run(
      """
      INSERT INTO store_positions (subscriber, sequence, moved_at)
      VALUES (\(subscriber.description), \(sequence), \(clock.now))
      ON CONFLICT (subscriber) DO UPDATE SET sequence = excluded.sequence, moved_at = excluded.moved_at
      """)
  }
}
