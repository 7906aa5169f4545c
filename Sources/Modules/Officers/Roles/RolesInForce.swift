internal import Core

/// The roles in force.
typealias RolesInForce = Reloadable<RoleBook>

extension Reloadable<RoleBook> {
  /// What is shipped, for an office without a configuration, as in tools.
  convenience init(shipped book: RoleBook = .shipped) { self.init(book) { nil } }

  /// What `roles.json5` says.
  ///
  /// - Throws: `ConfigurationProblem` that names the line.
  convenience init(directory: ConfigurationDirectory?) throws {
    self.init(.shipped) { try RoleBook.read(from: directory) }
    try reload()
  }
}

extension RoleBook {
  /// Reads the file; nil where there is none.
  static func read(from directory: ConfigurationDirectory?) throws -> RoleBook? {
    try directory?.optionalFile("roles.json5")?.decode(RoleBook.self)
  }
}
