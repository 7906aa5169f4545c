internal import Contracts
internal import Core

/// `roles.json5`: which roles the office gives, and which acts on one case are two officers' work.
struct RoleBook: Decodable, Sendable, Equatable {
  /// More than there are kinds of work in an office.
  private static let roleCountMax = 40

  /// In the order of the file, in which officers are shown them.
  let roles: [Role]
  let separations: [Separation]

  /// What holds where there is no file: what is shipped.
  static let shipped = RoleBook(roles: Role.shipped, separations: Separation.shipped)

  init(roles: [Role], separations: [Separation]) {
    self.roles = roles
    self.separations = separations
  }

  enum Keys: String, CodingKey, CaseIterable { case roles, separate }

  init(from decoder: any Decoder) throws {
    let file = try StrictContainer<Keys>(decoder)
    var (roles, separations) = (Role.shipped, Separation.shipped)
    if file.has(.roles) {
      roles = try file.list(.roles, of: RoleEntry.self, entryCount: 1...Self.roleCountMax).map(\.role)
      try file.refuseRepeats(in: .roles, names: roles.map(\.name), member: "name")
    }
    if file.has(.separate) { separations = try file.list(.separate, of: Separation.self, entryCount: 0...20) }
    self.init(roles: roles, separations: separations)
    guard roles.contains(where: \.keepsAccounts) else {
      throw file.refusal(
        .roles, what: "no role without an end lets an officer give rights",
        mend: "Write \"accounts\" among the rights of one, such as the supervisor's.")
    }
    guard !separations.contains(where: { $0.rule == .checkedAfterwards }) || roles.contains(where: \.checks) else {
      throw file.refusal(
        .separate, what: "no role lets an officer look over what was done alone",
        mend: "Write \"check\" among the rights of one, such as the head's, or make the rule \"refused\".")
    }
  }

  /// The role of that name; nil for one that the office does not give any more.
  func role(_ name: String) -> Role? { roles.first { $0.name == name } }

  /// The roles that can be given without an end, with which an account is made.
  var lasting: [Role] { roles.filter { $0.daysMax == nil } }

  /// The roles that these grants give now: the officer's own in the order of the file, then those of a stand-in.
  func roles(of grants: [Grant], at now: Instant) -> [Role] {
    let inForce = grants.filter { $0.isInForce(at: now) }
    let own = Set(inForce.filter { $0.kind == .own }.map(\.role))
    let others = Set(inForce.filter { $0.kind == .standIn }.map(\.role)).subtracting(own)
    return roles.filter { own.contains($0.name) } + roles.filter { others.contains($0.name) }.map(\.ofStandIn)
  }

  /// What these grants let an officer do now.
  func rights(of grants: [Grant], at now: Instant) -> Rights { Rights(roles(of: grants, at: now)) }
}

extension RoleBook {
  /// The rule between two acts; nil where one officer may do both.
  func rule(between act: Right, and other: Right) -> DutyRule? {
    separations.first { $0.acts == [act, other] }?.rule
  }

  /// What is said of a file by which no officer could give rights any more.
  static func keeperless(in directory: ConfigurationDirectory?) -> ConfigurationProblem {
    ConfigurationProblem(
      file: directory?.appending("roles.json5") ?? "roles.json5", path: ["roles"],
      what: "no officer who has an account could give rights any more",
      mend: "Leave \"accounts\" among the rights of a role that one of them holds without an end.")
  }
}

extension Account {
  /// Whether the officer can give rights, and goes on doing so.
  func keepsAccounts(by book: RoleBook, at now: Instant) -> Bool {
    !isDisabled
      && grants.contains { grant in
        grant.kind == .own && grant.until == nil && grant.isInForce(at: now)
          && book.role(grant.role)?.keepsAccounts == true
      }
  }
}

extension Role {
  /// Whether it lets an officer give rights, for good.
  var keepsAccounts: Bool { rights.contains(.accounts) && !isReadOnly && daysMax == nil }

  /// Whether it lets an officer look over what was done alone.
  var checks: Bool { rights.contains(.check) && !isReadOnly }
}
