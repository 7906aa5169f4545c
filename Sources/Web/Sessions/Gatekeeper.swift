/// Knows which officer holds a session. Provided through the registry; where no module provides it,
/// no officer is signed in.
public protocol Gatekeeper: Sendable {
  /// The officer whose session has this token; nil for an unknown, ended or expired one.
  func officer(holding token: String) async throws -> SignedInOfficer?
}
