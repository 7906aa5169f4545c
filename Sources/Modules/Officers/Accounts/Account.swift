internal import Core

/// An officer's account, without its password.
struct Account: Equatable, Sendable {
  let id: OfficerID
  let username: Username
  /// The name that colleagues know; nil where only the user name is kept.
  let displayName: String?
  let role: Role
  let isDisabled: Bool
  /// Whether the password was set by somebody else and must be replaced before anything else is done.
  let mustChangePassword: Bool

  /// The name shown on pages.
  var name: String { displayName ?? username.description }
}
