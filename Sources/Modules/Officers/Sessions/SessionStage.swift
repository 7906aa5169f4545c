internal import Store

/// How far a session has come in proving whose it is.
enum SessionStage: String, CaseIterable, Sendable, SQLValue {
  /// The password was right, and the second step is still to be done: it opens only that step, the page on which a first
  /// factor is set up, the change of a password that another officer has set, and signing out.
  case password
  /// All is proven.
  case open
}
