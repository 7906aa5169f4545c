/// What an officer may do at this moment: the rights of all their roles together.
public struct Rights: Hashable, Sendable, CustomStringConvertible {
  /// The roles that give them, in the order of `roles.json5`; those of a stand-in come last.
  public let roles: [Role]
  private let acting: Set<Right>
  private let reading: Set<Right>

  /// The rights that these roles give together.
  public init(_ roles: [Role]) {
    self.roles = roles
    acting = roles.reduce(into: []) { if !$1.isReadOnly { $0.formUnion($1.rights) } }
    reading = roles.reduce(into: []) { $0.formUnion($1.rights) }
  }

  /// No right at all: an account whose roles have all ended.
  public static let none = Rights([])

  /// Whether they let an officer do it.
  public func contains(_ right: Right) -> Bool { acting.contains(right) }

  /// Whether they let an officer see the pages of it, if only to read them.
  public func shows(_ right: Right) -> Bool { reading.contains(right) }

  /// Whether they let an officer read and do nothing, as an auditor's do.
  public var isReadOnly: Bool { acting.isEmpty && !reading.isEmpty }

  /// All that they let an officer do, in the order of `Right`.
  public var all: [Right] { Right.allCases.filter(acting.contains) }

  /// The names of the roles, `clerk+photo`, or `none`: stable, and safe to log.
  public var description: String { roles.isEmpty ? "none" : roles.map(\.name).joined(separator: "+") }

  /// Equal where the same roles give the same rights.
  public static func == (left: Self, right: Self) -> Bool { left.roles == right.roles }

  /// By the names of the roles.
  public func hash(into hasher: inout Hasher) { hasher.combine(roles.map(\.name)) }
}
