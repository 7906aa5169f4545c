import Contracts
import Core

/// What is demanded of officers who sign in.
struct OfficerSettings: Decodable, Sendable {
  /// Whether roles' demand of a second factor holds.
  var secondFactor = SecondFactorDemand.byRole

  init() {}

  enum Keys: String, CodingKey, CaseIterable { case secondFactor }

  init(from decoder: any Decoder) throws {
    let file = try StrictContainer<Keys>(decoder)
    secondFactor = try file.choice(.secondFactor, or: secondFactor)
  }
}
