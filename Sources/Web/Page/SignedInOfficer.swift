public import Core

/// The officer on whose behalf a request acts.
public struct SignedInOfficer: Sendable, Equatable {
  /// The identity of the officer's account.
  public let id: OfficerID
  /// What the office lets the officer do at this moment.
  public let rights: Rights
  /// The name shown to the officer and to colleagues.
  public let name: String
  /// The counter at which the officer sits, as it is shown (`Loket 3`); nil where that is not known.
  public var counter: String?

  /// An officer as the session says.
  public init(id: OfficerID, rights: Rights, name: String, counter: String? = nil) {
    self.id = id
    self.rights = rights
    self.name = name
    self.counter = counter
  }

  /// The officer as audit rows name them.
  public var principal: Principal { .officer(id, rights) }
}
