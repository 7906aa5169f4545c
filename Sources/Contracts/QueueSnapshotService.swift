public import Core

/// What is told of each snapshot of the hall, to show it to others.
public protocol QueueObserver: Sendable {
  /// How many open streams it tells. The more there are, the longer changes are gathered before the hall is read again.
  var streamCount: Int { get }

  /// Shows a snapshot. Called for one after the other, never with an older one than before; what the first one shows
  /// happened before. The next reading waits for it, so it only computes and hands on.
  func show(_ snapshot: QueueSnapshot)
}

/// Tells how the hall stands: it is read once after each change, whatever the number of those who look on.
public protocol QueueSnapshotService: Sendable {
  /// The hall as it was read last, a minute ago at most: known at once, for what stands on every page.
  var latest: QueueSnapshot { get }

  /// The tickets that are followed on a phone just now: what happens to them is told at once.
  var followedTickets: Set<PublicCode> { get }

  /// Reads the hall again where a minute has begun since it was read last: hours end without anything happening in the
  /// hall, and no page may say otherwise than the others. Observers have been told when it returns.
  ///
  /// - Throws: what reading the store throws.
  func catchUp() async throws

  /// Has an observer told of every snapshot for as long as the program runs: of the present one at once, where the hall has
  /// been read, and of each one from then on.
  func add(_ observer: any QueueObserver)
}
