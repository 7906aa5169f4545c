internal import Core
internal import Store

/// A role that was given to an officer: by whom, why, from when on, and until when.
struct Grant: Equatable, Sendable {
  enum Kind: String, CaseIterable, Sendable, SQLValue {
    /// The officer's own work.
    case own
    /// For another officer who is away (pelaksana harian).
    case standIn = "stand-in"
  }

  /// Why it ended before its time.
  struct Ending: Equatable, Sendable {
    /// The principal, as events have it.
    let by: String
    let at: Instant
    let reason: String
  }

  let id: Int64
  let account: OfficerID
  /// The role's name, also one that the office does not give any more.
  let role: String
  let kind: Kind
  /// In whose place; nil for the officer's own.
  let standsFor: OfficerID?
  let since: Instant
  /// Nil for one without an end.
  let until: Instant?
  /// The principal, as events have it.
  let givenBy: String
  let givenAt: Instant
  /// In writing; empty where the account was made with it.
  let reason: String
  /// Nil while it holds, and where it has run out by itself.
  let ending: Ending?

  /// Whether it gives its role at that moment.
  func isInForce(at now: Instant) -> Bool { isAhead(at: now) && since <= now }

  /// Whether it gives its role, or will.
  func isAhead(at now: Instant) -> Bool { ending == nil && until.map { now < $0 } ?? true }
}

/// What is asked for when a role is given.
struct GrantOrder: Sendable {
  let role: String
  let kind: Grant.Kind
  var standsFor: OfficerID?
  let since: Instant
  var until: Instant?
  let reason: String
}
