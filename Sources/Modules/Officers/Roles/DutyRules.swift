internal import Contracts
internal import Core

/// Which acts on one case are two officers' work, by the roles in force.
struct DutyRules: DutyService {
  let roles: RolesInForce

  func rule(between act: Right, and other: Right) -> DutyRule? { roles.now.rule(between: act, and: other) }
}
