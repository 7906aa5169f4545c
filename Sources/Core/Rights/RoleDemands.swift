/// What the office demands of officers who hold a role: how they prove who they are, and how long that holds.
public struct RoleDemands: Hashable, Sendable {
  /// Whether the password needs a second factor beside it.
  public let needsSecondFactor: Bool
  /// A session that is not used for so long is locked.
  public let idleMax: Duration
  /// A session ends after so long, however it is used.
  public let ageMax: Duration

  /// The demands of a role.
  public init(needsSecondFactor: Bool, idleMax: Duration, ageMax: Duration) {
    self.needsSecondFactor = needsSecondFactor
    self.idleMax = idleMax
    self.ageMax = ageMax
  }

  /// Of work at a counter, as shipped; of an officer without any role as well, who can do nothing.
  public static let usual = RoleDemands(needsSecondFactor: false, idleMax: .minutes(30), ageMax: .hours(12))
  /// Of those whose account opens other people's data or accounts, as shipped.
  public static let strict = RoleDemands(needsSecondFactor: true, idleMax: .minutes(15), ageMax: .hours(10))

  /// What two roles of one officer demand together: of each the stricter.
  public func joined(with other: RoleDemands) -> RoleDemands {
    RoleDemands(
      needsSecondFactor: needsSecondFactor || other.needsSecondFactor, idleMax: min(idleMax, other.idleMax),
      ageMax: min(ageMax, other.ageMax))
  }

  /// What the roles of one officer demand together.
  public static func strictest(of roles: [Role]) -> RoleDemands {
    guard let first = roles.first else { return .usual }
    return roles.dropFirst().reduce(first.demands) { $0.joined(with: $1.demands) }
  }
}
