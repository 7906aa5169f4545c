internal import Core

/// What the office demands of officers who hold a role: how they prove who they are, and how long that holds.
struct RoleDemands: Equatable, Sendable {
  /// Whether the password needs a second factor beside it.
  let needsSecondFactor: Bool
  /// A session that is not used for so long is locked.
  let idleMax: Duration
  /// A session ends after so long, however it is used.
  let ageMax: Duration

  /// As shipped.
  static func shipped(for role: Role) -> RoleDemands {
    switch role {
    case .clerk: RoleDemands(needsSecondFactor: false, idleMax: .minutes(30), ageMax: .hours(12))
    case .supervisor: RoleDemands(needsSecondFactor: true, idleMax: .minutes(15), ageMax: .hours(10))
    }
  }
}
