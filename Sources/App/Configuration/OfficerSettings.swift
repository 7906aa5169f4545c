import Contracts
import Core

/// What is demanded of officers who sign in.
struct OfficerSettings: Decodable, Sendable {
  /// Of whom a second factor is demanded beside the password; of a role that is left out, what is shipped.
  var secondFactor = SecondFactorDemand()

  init() {}

  enum Keys: String, CodingKey, CaseIterable { case secondFactor }

  init(from decoder: any Decoder) throws {
    let file = try StrictContainer<Keys>(decoder)
    secondFactor = try file.value(.secondFactor, or: ByRole()).demand
  }

  /// `{ clerk: "may", supervisor: "must" }`
  private struct ByRole: Decodable {
    var demand = SecondFactorDemand()

    init() {}

    enum Keys: String, CodingKey, CaseIterable { case clerk, supervisor }

    init(from decoder: any Decoder) throws {
      let file = try StrictContainer<Keys>(decoder)
      var rules: [Role: SecondFactorDemand.Rule] = [:]
      for key in Keys.allCases where file.has(key) {
        guard let role = Role(rawValue: key.rawValue) else { continue }
        let rule: SecondFactorDemand.Rule = try file.choice(key)
        rules[role] = rule
      }
      demand = SecondFactorDemand(rules)
    }
  }
}
