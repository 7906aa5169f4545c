public import Core

extension Snapshot {
  /// The events after a sequence number in order, at most `limit` of them.
  func events(after sequence: Int64, limit: Int) throws -> [RecordedEvent] {
    try rows(
      """
      SELECT sequence, instant, kind, entity, payload FROM store_events
      WHERE sequence > \(sequence) ORDER BY sequence LIMIT \(limit)
      """
    ) { row in try Self.recorded(row) }
  }

  /// All events of one kind after a place, in order, of those that are kept.
  public func events(of kind: EventKind, after sequence: Int64) throws -> [RecordedEvent] {
    try rows(
      """
      SELECT sequence, instant, kind, entity, payload FROM store_events
      WHERE sequence > \(sequence) AND kind = \(kind.description) ORDER BY sequence
      """
    ) { row in try Self.recorded(row) }
  }

  private static func recorded(_ row: borrowing Row) throws -> RecordedEvent {
    try RecordedEvent(
      sequence: row.get(0), instant: row.get(1),
      event: Event(kind: EventKind(recorded: row.get(2)), entity: row.get(3), payload: row.get(4)))
  }

  func latestSequence() throws -> Int64 {
    try value("SELECT sequence FROM store_stream WHERE id = 1") ?? 0
  }

  /// The last event's place and time; nil where there is none.
  public func latestEvent() throws -> (sequence: Int64, instant: Instant)? {
    try row("SELECT sequence, instant FROM store_events ORDER BY sequence DESC LIMIT 1") { row in
      (try row.get(0), try row.get(1))
    }
  }

  /// When the very first event happened, whether it is still kept or not; nil where there has been none.
  public func firstEventInstant() throws -> Instant? {
    if let began: Instant = try value("SELECT began FROM store_stream WHERE id = 1") { return began }
    return try value("SELECT instant FROM store_events ORDER BY sequence LIMIT 1")
  }

  /// The number of the last event that is not kept any more; 0 while all are.
  public func lastRemovedEvent() throws -> Int64 {
    try value("SELECT removed FROM store_stream WHERE id = 1") ?? 0
  }

  /// When the event at that place happened; nil where there is none, or it is not kept any more.
  public func instant(ofEvent sequence: Int64) throws -> Instant? {
    try value("SELECT instant FROM store_events WHERE sequence = \(sequence)")
  }

  /// How many of the events that are kept came after a place, by kind, the most frequent first.
  public func eventCounts(after sequence: Int64) throws -> [(kind: String, count: Int)] {
    try rows(
      """
      SELECT kind, count(*) FROM store_events WHERE sequence > \(sequence) GROUP BY kind ORDER BY count(*) DESC, kind
      """
    ) { row in (try row.get(0), try row.get(1)) }
  }
}
