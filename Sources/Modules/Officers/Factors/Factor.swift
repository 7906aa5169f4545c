internal import Core
internal import Store

/// What an officer has besides a password, or in its place, to prove who they are.
struct Factor: Equatable, Sendable {
  enum Kind: String, CaseIterable, Sendable, SQLValue {
    /// A key that signs a challenge in the browser (WebAuthn); with the person verified, both factors in one.
    case passkey
    /// A code of six digits that changes every half a minute (RFC 6238).
    case timeCode = "time-code"
    /// Codes on paper, each good for once.
    case recovery

    /// Whether a code of it can be typed.
    var isTyped: Bool {
      switch self {
      case .timeCode, .recovery: true
      case .passkey: false
      }
    }
  }

  let id: Int64
  let account: OfficerID
  let kind: Kind
  /// What the officer calls it, as "kunci biru"; empty where there is only one of its kind.
  let label: String
  let addedAt: Instant
  /// Nil until it has proven the officer once.
  let lastUsedAt: Instant?
}
