internal import Contracts
internal import Core

extension RoleDemands {
  /// What holds in this office: as shipped, but for what the configuration says.
  static func inForce(for role: Role, _ demand: SecondFactorDemand) -> RoleDemands {
    let shipped = shipped(for: role)
    guard let rule = demand[role] else { return shipped }
    return RoleDemands(
      needsSecondFactor: rule == .must, idleMax: shipped.idleMax, ageMax: shipped.ageMax)
  }
}
