extension Snapshot {
  /// The events after a sequence number in order, at most `limit` of them.
  func events(after sequence: Int64, limit: Int) throws -> [RecordedEvent] {
    try rows(
      """
      SELECT sequence, instant, kind, entity, payload FROM store_events
      WHERE sequence > \(sequence) ORDER BY sequence LIMIT \(limit)
      """
    ) { row in
      try RecordedEvent(
        sequence: row.get(0), instant: row.get(1),
        event: Event(kind: EventKind(recorded: row.get(2)), entity: row.get(3), payload: row.get(4)))
    }
  }

  func latestSequence() throws -> Int64 {
    try value("SELECT max(sequence) FROM store_events") ?? 0
  }
}
