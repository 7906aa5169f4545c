/// The newest events, kept in memory so that a thousand followers cost one read; and what of it to give
/// to whom. Decides only.
struct JournalTail {
  /// Some 1 MB at most of usual events; a follower that is further behind reads from the database.
  static let eventCountMax = 2_048

  enum Offer {
    /// These come next.
    case events([RecordedEvent])
    /// The next ones are in the database only.
    case behind
    /// There is nothing newer.
    case upToDate
  }

  /// The sequence up to which everything has been read.
  private(set) var known: Int64
  /// The sequence after which the tail has everything.
  private var start: Int64
  private var events: [RecordedEvent] = []
  /// The batch that came last, shared by all who were up to date before it.
  private var newest: (after: Int64, events: [RecordedEvent])?

  init(known: Int64) {
    self.known = known
    start = known
  }

  /// What to give to a follower that has everything up to `position`.
  func offer(after position: Int64) -> Offer {
    if position >= known { return .upToDate }
    if position < start { return .behind }
    if let newest, newest.after == position { return .events(newest.events) }
    return .events(Array(events[firstIndex(after: position)...]))
  }

  /// Takes in what was read after `known`. Where events between are not kept any more, what is in memory is forgotten: who has
  /// not gone that far learns from the database what is missing.
  mutating func extend(_ batch: [RecordedEvent]) {
    guard let first = batch.first, let last = batch.last else { return }
    if first.sequence > known + 1 {
      known = first.sequence - 1
      start = known
      events = []
    }
    newest = (known, batch)
    known = last.sequence
    events += batch
    let surplus = events.count - Self.eventCountMax
    guard surplus > 0 else { return }
    start = events[surplus - 1].sequence
    events.removeFirst(surplus)
  }

  private func firstIndex(after position: Int64) -> Int {
    var range = 0..<events.count
    while !range.isEmpty {
      let middle = range.lowerBound + range.count / 2
      range = events[middle].sequence > position ? range.lowerBound..<middle : middle + 1..<range.upperBound
    }
    return range.lowerBound
  }
}
