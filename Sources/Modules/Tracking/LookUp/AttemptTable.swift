import Core
import Store

/// The wrong dates of birth that were tried for a number, whether or not there is an application of that
/// number: so the answer tells neither. Kept in the database, for a restart must not give new tries.
enum AttemptTable {
  /// So many wrong dates in so long.
  struct Limit: Sendable {
    let attemptCountMax: Int
    let window: Duration
  }

  /// A person needs two or three tries. Fifteen a day leave whoever knows the year alone busy for weeks, and
  /// whoever knows nothing for years.
  static let limits = [
    Limit(attemptCountMax: 5, window: .hours(1)),
    Limit(attemptCountMax: 15, window: .hours(24)),
  ]

  /// How long to wait for the next try; nil when it may be now.
  static func wait(
    for number: ApplicationNumber, at now: Instant, in transaction: borrowing Transaction
  ) throws -> Duration? {
    var wait: Duration?
    for limit in limits {
      // The one that has to leave the window before another may come in.
      let blocking: Instant? = try transaction.value(
        """
        SELECT failed_at FROM tracking_attempt WHERE number = \(number) AND failed_at > \(now - limit.window)
        ORDER BY failed_at DESC LIMIT 1 OFFSET \(limit.attemptCountMax - 1)
        """)
      if let blocking { wait = max(wait ?? .zero, blocking + limit.window - now) }
    }
    return wait
  }

  static func fail(_ number: ApplicationNumber, at now: Instant, in transaction: borrowing Transaction) throws {
    try transaction.run("INSERT INTO tracking_attempt (number, failed_at) VALUES (\(number), \(now))")
    let longest = limits.map(\.window).max() ?? .zero
    try transaction.run("DELETE FROM tracking_attempt WHERE failed_at <= \(now - longest)")
  }

  /// The person has proved who they are: their slips no longer count.
  static func forget(_ number: ApplicationNumber, in transaction: borrowing Transaction) throws {
    try transaction.run("DELETE FROM tracking_attempt WHERE number = \(number)")
  }
}
