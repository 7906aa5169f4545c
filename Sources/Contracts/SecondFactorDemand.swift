public import Core

/// Of which officers the office demands a second factor beside the password: what its configuration says, and for what it
/// does not say what is shipped. Put into the registry by the composition root.
public struct SecondFactorDemand: Sendable, Equatable {
  /// What an officer of a role must or may have.
  public enum Rule: String, Sendable, CaseIterable {
    /// A second factor is theirs to choose.
    case may
    /// Without one they get no further than the page that sets one up.
    case must
  }

  private let rules: [Role: Rule]

  /// What is said by role; nothing of a role that is left out.
  public init(_ rules: [Role: Rule] = [:]) { self.rules = rules }

  /// What is said of a role; nil for nothing.
  public subscript(role: Role) -> Rule? { rules[role] }
}
