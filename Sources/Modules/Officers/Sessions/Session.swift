internal import Core

/// A signed-in officer's session as it stands in the database.
struct Session: Sendable, Equatable {
  /// An unattended console closes itself after so long.
  static let idleMax = Duration.minutes(30)
  /// A session outlives no working day.
  static let ageMax = Duration.hours(12)
  /// The last use is written at most this often, so that reading a page writes nothing.
  static let useResolution = Duration.minutes(1)

  let account: Account
  let signedInAt: Instant
  let lastUsedAt: Instant

  /// Whether it still admits its officer. The last use may be `useResolution` older than it was; one on a date that is still
  /// to come says nothing, or a session of a machine whose date was wrong would never be over.
  func isOpen(at now: Instant) -> Bool {
    !account.isDisabled && now - lastUsedAt < Self.idleMax && now - signedInAt < Self.ageMax
      && !lastUsedAt.isYetToCome(at: now)
  }

  /// Whether this use should be written down.
  func isDueForUse(at now: Instant) -> Bool { now - lastUsedAt >= Self.useResolution }

  func used(at now: Instant) -> Session {
    Session(account: account, signedInAt: signedInAt, lastUsedAt: max(now, lastUsedAt))
  }
}
