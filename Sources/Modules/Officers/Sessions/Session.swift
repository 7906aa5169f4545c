internal import Core

/// A signed-in officer's session as it stands in the database.
struct Session: Sendable, Equatable {
  /// An unattended console closes itself after so long.
  static let idleMax = Duration.minutes(30)
  /// A session outlives no working day.
  static let ageMax = Duration.hours(12)
  /// For the second step, and for setting it up at a first sign-in: an app must be found and installed.
  static let pendingAgeMax = Duration.minutes(30)
  /// The last use is written at most this often, so that reading a page writes nothing.
  static let useResolution = Duration.minutes(1)

  let account: Account
  let stage: SessionStage
  let signedInAt: Instant
  let lastUsedAt: Instant

  /// Whether it still admits its officer. The last use may be `useResolution` older than it was; one on a date that is still
  /// to come says nothing, or a session of a machine whose date was wrong would never be over.
  func isOpen(at now: Instant) -> Bool {
    !account.isDisabled && now - lastUsedAt < Self.idleMax && now - signedInAt < longest
      && !lastUsedAt.isYetToCome(at: now)
  }

  /// How old it may become.
  private var longest: Duration {
    switch stage {
    case .password: Self.pendingAgeMax
    case .open: Self.ageMax
    }
  }

  /// Whether this use should be written down.
  func isDueForUse(at now: Instant) -> Bool { now - lastUsedAt >= Self.useResolution }

  func used(at now: Instant) -> Session {
    Session(account: account, stage: stage, signedInAt: signedInAt, lastUsedAt: max(now, lastUsedAt))
  }
}
