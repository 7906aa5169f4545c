public import Core

/// Who may call a route; every route says it.
public enum Access: Sendable, Equatable {
  /// All people, signed in or not.
  case everyone
  /// Signed-in officers, whatever their rights: pages about themselves.
  case signedIn
  /// Signed-in officers with that right. What a GET answers is also for those whose rights show it and let them do nothing.
  case officers(with: Right)

  /// Whether an officer with those rights may call a route of that method.
  func admits(_ rights: Rights, by method: Method) -> Bool {
    switch self {
    case .everyone, .signedIn: true
    case .officers(let right): method.mayChange ? rights.contains(right) : rights.shows(right)
    }
  }
}
