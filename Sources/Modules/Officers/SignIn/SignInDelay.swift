internal import Core

/// How long a person must wait after failing to sign in, growing with each failure.
struct SignInDelay: Sendable {
  /// Failures before the first wait: typing errors.
  let freeFailureCount: Int
  let firstWait: Duration
  /// The longest, however many fail.
  let waitMax: Duration
  /// Failures older than this no longer count.
  let memory: Duration

  /// The delay for one user name from one address or in one known browser, with or without such an account. Never for the
  /// name alone: anyone who knows an officer's name could then keep them out.
  static let account = SignInDelay(
    freeFailureCount: 4, firstWait: .seconds(15), waitMax: .minutes(15), memory: .hours(24))

  /// The delay for one address and all names that are tried from it: an office's officers may all come from the same one,
  /// and so may the visitors of its wireless. Short, since it also holds up an officer who has a new device there.
  static let address = SignInDelay(
    freeFailureCount: 20, firstWait: .seconds(15), waitMax: .minutes(1), memory: .hours(2))

  /// The wait after that many failures in a row: 0 for the free ones, then doubling up to `waitMax`.
  func wait(after failureCount: Int) -> Duration {
    let doublings = failureCount - freeFailureCount - 1
    guard doublings >= 0 else { return .zero }
    guard doublings < 16 else { return waitMax }
    return min(waitMax, firstWait * (1 << doublings))
  }
}

/// What is remembered of the failures of one subject.
struct SignInRecord: Sendable, Equatable {
  var failureCount = 0
  var lastFailedAt = Instant(milliseconds: 0)

  /// How long to wait still; zero when a try is allowed.
  func remainingWait(_ delay: SignInDelay, at now: Instant) -> Duration {
    let past = now - lastFailedAt
    // A clock that was set back must not lengthen the wait.
    let wait = delay.wait(after: failureCount)
    return past < .zero ? .zero : max(.zero, wait - past)
  }

  /// The record with a try counted as failed; success takes it back.
  func failed(_ delay: SignInDelay, at now: Instant) -> SignInRecord {
    let isStale = now - lastFailedAt >= delay.memory
    return SignInRecord(failureCount: (isStale ? 0 : failureCount) + 1, lastFailedAt: now)
  }
}
