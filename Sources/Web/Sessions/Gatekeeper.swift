internal import Core

/// Knows which officer holds a session, and whether it was proven lately that it is they. Provided through the registry;
/// where no module provides it, no officer is signed in.
public protocol Gatekeeper: Sendable {
  /// The officer whose session has this token; nil for an unknown, ended, expired or locked one.
  func officer(holding token: String) async throws -> SignedInOfficer?

  /// How the session with this token stands.
  ///
  /// - Parameter isAct: whether a person asks, and not a page that keeps itself up to date: only then it counts as used.
  func standing(of token: String, isAct: Bool) async throws -> SessionStanding

  /// Opens the locked session of a request with what its form brings for that, or asks for it.
  func unlock(_ request: Request) async throws -> ProofAnswer

  /// Takes what the form of a request brings as a fresh proof of its officer, or asks for one.
  func prove(_ request: Request) async throws -> ProofAnswer
}

extension Gatekeeper {
  /// For one that knows no locks: a session is open while it has an officer, and asks for no fresh proof.
  public func standing(of token: String, isAct: Bool) async throws -> SessionStanding {
    guard let officer = try await officer(holding: token) else { return .over }
    return .open(officer, isProven: true)
  }

  /// Not asked of one that locks nothing.
  public func unlock(_ request: Request) async throws -> ProofAnswer {
    throw Problem(.signInNeeded, "sign-in-needed")
  }

  /// Not asked of one that takes every session for proven.
  public func prove(_ request: Request) async throws -> ProofAnswer {
    throw Problem(.signInNeeded, "sign-in-needed")
  }
}
