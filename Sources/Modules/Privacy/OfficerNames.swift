import Contracts
import Core
import Store

/// Officers' names for those who may see them.
struct OfficerNames: Sendable {
  let directory: (any OfficerDirectory)?
  /// Whether the persons concerned are shown them, too (`privacy.json5`).
  let areShown: Bool

  /// The names that the persons concerned are told: empty unless it is configured otherwise.
  func names(
    of principals: [String], in database: borrowing some Queryable & ~Copyable
  ) throws -> [String: String] {
    areShown ? try all(principals, in: database) : [:]
  }

  /// The names that supervisors are shown.
  func all(
    _ principals: [String], in database: borrowing some Queryable & ~Copyable
  ) throws -> [String: String] {
    guard let directory else { return [:] }
    var names: [String: String] = [:]
    for principal in Set(principals) {
      let parts = principal.split(separator: ":")
      guard parts.count == 3, parts[0] == "officer", let id = Int64(parts[1]) else { continue }
      names[principal] = try directory.name(of: OfficerID(id), in: database)
    }
    return names
  }
}
