internal import Core

/// An officer's account, without its password.
struct Account: Equatable, Sendable {
  let id: OfficerID
  let username: Username
  /// The name that colleagues know; nil where only the user name is kept.
  let displayName: String?
  /// The roles that were ever given to the officer, the latest first.
  let grants: [Grant]
  let isDisabled: Bool
  /// Whether the password was set by another officer, or is too short, and must be replaced before anything else is done.
  let mustChangePassword: Bool
  /// The moment until which such a password can be used; nil for the officer's own.
  let initialPasswordEndsAt: Instant?

  /// The name shown on pages.
  var name: String { displayName ?? username.description }

  /// Whether the officer's own password must be replaced, since it is shorter than the account needs.
  var mustLengthenPassword: Bool { mustChangePassword && initialPasswordEndsAt == nil }

  /// Whether the password was set by another officer and not used in time.
  func isInitialPasswordOver(at now: Instant) -> Bool {
    // One that was set on a date that is still to come would hold until then.
    mustChangePassword
      && initialPasswordEndsAt.map { now >= $0 || ($0 - InitialPassword.lifetime).isYetToCome(at: now) } ?? false
  }
}
