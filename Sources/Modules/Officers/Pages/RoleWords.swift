internal import Core

/// Roles as officers call them.
struct RoleWords {
  private let words: Words

  init(_ words: Words) { self.words = words }

  /// `Petugas loket, Plh. Kepala kantor`; in words where there is none.
  func list(_ rights: Rights) -> String {
    rights.roles.isEmpty ? words("officers.rights.none") : rights.roles.map { name($0) }.joined(separator: ", ")
  }

  func name(_ role: Role) -> String {
    role.isOfStandIn ? words("layout.stand-in", ["role": words(role.label)]) : words(role.label)
  }

  /// The role of a grant; its name where the office does not give it any more.
  func name(_ grant: Grant, in book: RoleBook) -> String {
    guard let role = book.role(grant.role) else { return grant.role }
    return name(grant.kind == .standIn ? role.ofStandIn : role)
  }

  /// What a role gives, one right after another.
  func rights(of role: Role) -> String {
    Right.allCases.filter(role.rights.contains).map { words(MessageKey("right", named: $0.rawValue)) }
      .joined(separator: ", ")
  }
}
