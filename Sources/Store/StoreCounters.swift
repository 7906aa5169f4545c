/// How much the store has done since it was opened; for metrics.
public struct StoreCounters: Sendable, Equatable {
  /// Commits, each of which made a whole group durable.
  public internal(set) var commitCount = 0
  /// Write closures, failed ones too.
  public internal(set) var writeCount = 0
  /// Read closures that were taken on, failed ones too.
  public internal(set) var readCount = 0
  /// How often the journal was read for those who follow it; rises with commits and with time, not with
  /// followers.
  public internal(set) var journalReadCount = 0
}
