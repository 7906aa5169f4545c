/// A point in time: UTC milliseconds since 1970, the form in which the database keeps it.
public struct Instant: Hashable, Sendable, Comparable {
  /// Since 1 January 1970, 00:00 UTC, without leap seconds; negative before it.
  public let milliseconds: Int64

  /// The moment so many milliseconds after 1 January 1970, 00:00 UTC.
  public init(milliseconds: Int64) { self.milliseconds = milliseconds }

  /// The earlier moment first.
  public static func < (left: Self, right: Self) -> Bool { left.milliseconds < right.milliseconds }

  /// The latest moment that something kept can bear at `now`: clocks that are corrected go back by less.
  ///
  /// What bears a later one was written on a wrong date. Nothing follows from it for how long ago it was, and whatever
  /// waits for its time to be over would wait for years.
  public static func latest(at now: Instant) -> Instant { now + .hours(1) }

  /// Whether it was written on a date that is still to come.
  public func isYetToCome(at now: Instant) -> Bool { self > .latest(at: now) }

  /// The moment so much later.
  public static func + (instant: Self, duration: Duration) -> Self {
    Self(milliseconds: instant.milliseconds + duration.milliseconds)
  }

  /// The moment so much earlier.
  public static func - (instant: Self, duration: Duration) -> Self {
    Self(milliseconds: instant.milliseconds - duration.milliseconds)
  }

  /// How long after `earlier` this is; negative when it is before.
  public static func - (later: Self, earlier: Self) -> Duration {
    .milliseconds(later.milliseconds - earlier.milliseconds)
  }
}

extension Duration {
  /// Whole milliseconds, rounded towards zero.
  public var milliseconds: Int64 {
    components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
  }

  /// A duration of whole minutes.
  public static func minutes(_ count: Int) -> Duration { .seconds(count * 60) }

  /// A duration of whole hours.
  public static func hours(_ count: Int) -> Duration { .seconds(count * 3600) }
}
