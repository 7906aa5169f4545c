internal import Core

/// A role as `roles.json5` describes it.
struct RoleEntry: Decodable {
  /// Names stand in each entry of the ledger, several of them together.
  private static let nameCharacterCountMax = 20

  let role: Role

  enum Keys: String, CodingKey, CaseIterable {
    case name, label, explanation, rights, readOnly, daysMax, secondFactor, idleMinutes, ageHours
  }

  init(from decoder: any Decoder) throws {
    let file = try StrictContainer<Keys>(decoder)
    let rights = try file.list(.rights, of: RightWord.self, entryCount: 1...Right.allCases.count).map(\.right)
    try file.refuseRepeats(in: .rights, names: rights.map(\.rawValue), member: nil)
    let isReadOnly = try file.value(.readOnly, or: false)
    let daysMax = file.has(.daysMax) ? try file.number(.daysMax, in: 1...366) : nil
    guard !isReadOnly || daysMax != nil else {
      throw file.refusal(
        what: "a role that only reads has no end", mend: "Write daysMax, for how many days it is given at most.")
    }
    role = Role(
      name: try Self.name(file), label: try file.value(.label), explanation: try file.value(.explanation),
      rights: Set(rights), isReadOnly: isReadOnly, daysMax: daysMax, demands: try Self.demands(file))
  }

  /// A name that can stand between the colons and plus signs of `officer:12:clerk+photo`.
  private static func name(_ file: StrictContainer<Keys>) throws -> String {
    let name = try file.text(.name, characterCountMax: nameCharacterCountMax)
    guard name.wholeMatch(of: /[a-z][a-z0-9]*(-[a-z0-9]+)*/) != nil, name != "none", !name.hasPrefix("plh-") else {
      throw file.refusal(
        .name, what: "\"\(name)\" cannot name a role",
        mend: "Write small letters, digits and single hyphens, not \"none\", and not \"plh-\" at the beginning.")
    }
    return name
  }

  private static let ageHoursMax = 24
  /// No session of any role is older.
  static let ageMaxOfAll = Duration.hours(ageHoursMax)

  private static func demands(_ file: StrictContainer<Keys>) throws -> RoleDemands {
    RoleDemands(
      needsSecondFactor: try file.value(.secondFactor, or: false),
      // A console that locks every minute is worked around; one that is open for a day belongs to anybody.
      idleMax: .minutes(try file.number(.idleMinutes, in: 2...240, or: 30)),
      ageMax: .hours(try file.number(.ageHours, in: 1...ageHoursMax, or: 12)))
  }
}
