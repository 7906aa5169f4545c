public import Core

/// How long events stay in the journal.
public struct JournalKeeping: Sendable, Equatable {
  /// So many are looked at in one transaction: some milliseconds of the writer.
  static let portionCountMax = 500

  /// Younger events stay in any case.
  public let kept: Duration
  /// Older ones stay for those who keep a position and have not had them, but for those whose position has not moved for so
  /// long.
  public let away: Duration

  /// Both durations; the first is at least some minutes, so that followers without a position of their own miss nothing.
  public init(kept: Duration, away: Duration) {
    self.kept = kept
    self.away = away
  }

  /// The last of a portion of events that may go with all before it; nil where none may.
  ///
  /// The events stand in the order of commits and their dates need not: a machine's date can have been wrong.
  ///
  /// - Parameter isFull: whether there may be more events than these.
  func lastToGo(of portion: [(sequence: Int64, instant: Instant)], isFull: Bool, at now: Instant) -> Int64? {
    var last: Int64?
    for event in portion {
      // Of a date that is still to come: it goes with those around it.
      if event.instant.isYetToCome(at: now) { continue }
      guard event.instant < now - kept else { return last }
      last = event.sequence
    }
    // So many of wrong dates have none around them.
    return last ?? (isFull ? portion.last?.sequence : nil)
  }
}

extension Store {
  /// Removes the oldest events that are neither kept for their age nor for a follower, a bounded number of them. The newest
  /// one always stays.
  ///
  /// Ask it apart from what people wait for, and again while it says that there may be more; never on a date in doubt.
  ///
  /// - Returns: how many went, and whether there may be more.
  public func removeOldEvents(_ keeping: JournalKeeping, at now: Instant) async throws -> (count: Int, hasMore: Bool) {
    try await write { try $0.removeOldEvents(keeping, at: now, limit: JournalKeeping.portionCountMax) }
  }
}

extension Transaction {
  func removeOldEvents(
    _ keeping: JournalKeeping, at now: Instant, limit: Int
  ) throws -> (count: Int, hasMore: Bool) {
    let portion = try oldestEvents(upTo: try lastThatNoneWaitsFor(keeping, at: now), limit: limit)
    let isFull = portion.count == limit
    guard let first = portion.first, let last = keeping.lastToGo(of: portion, isFull: isFull, at: now) else {
      return (0, false)
    }
    let before = last + 1
    let count = try run("DELETE FROM store_events WHERE sequence < \(before)")
    try run(
      "UPDATE store_stream SET removed = \(last), began = COALESCE(began, \(first.instant)) WHERE id = 1")
    return (count, isFull && last == portion.last?.sequence)
  }

  private func oldestEvents(upTo last: Int64, limit: Int) throws -> [(sequence: Int64, instant: Instant)] {
    try rows("SELECT sequence, instant FROM store_events WHERE sequence <= \(last) ORDER BY sequence LIMIT \(limit)") {
      row in (try row.get(0), try row.get(1))
    }
  }

  /// The last event that may be removed for its place: all but the newest, and none that a follower is to have, unless the
  /// follower has been away for too long. When one moved on a date that is still to come is not known; it moves again.
  private func lastThatNoneWaitsFor(_ keeping: JournalKeeping, at now: Instant) throws -> Int64 {
    let newest: Int64 = try value("SELECT sequence FROM store_stream WHERE id = 1") ?? 0
    let had: Int64? = try value(
      """
      SELECT min(sequence) FROM store_positions
      WHERE moved_at >= \(now - keeping.away) AND moved_at <= \(Instant.latest(at: now))
      """)
    return min(newest - 1, had ?? newest)
  }
}
