import Core

/// `privacy.json5`.
struct PrivacySettings: Sendable, Equatable {
  /// Whether people are shown the names of the officers who opened their data, and not only their role.
  var showsOfficerNames = false
}

extension PrivacySettings: Decodable {
  private enum Keys: String, CodingKey, CaseIterable { case officerNames }

  init(from decoder: any Decoder) throws {
    let file = try StrictContainer<Keys>(decoder)
    showsOfficerNames = try file.optional(.officerNames, as: Bool.self) ?? showsOfficerNames
  }
}
