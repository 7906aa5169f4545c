public import Core

/// Who may call a route; every route says it.
public enum Access: Sendable, Equatable {
  /// All people, signed in or not.
  case everyone
  /// Signed-in officers of at least that role.
  case officers(atLeast: Role)
}
