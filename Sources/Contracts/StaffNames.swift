public import Core
public import Store

/// Officers' names, for the pages that supervisors read.
public struct StaffNames: Sendable {
  private let names: [OfficerID: String]

  /// Reads the names of these officers.
  ///
  /// - Parameter directory: nil where no module keeps accounts.
  public init<Database: Queryable & ~Copyable>(
    of officers: some Sequence<OfficerID>, from directory: (any OfficerDirectory)?, in database: borrowing Database
  ) throws {
    var names: [OfficerID: String] = [:]
    for officer in Set(officers) { names[officer] = try directory?.name(of: officer, in: database) }
    self.names = names
  }

  /// The officer's name; the number in words where no account tells it.
  public func name(of officer: OfficerID, _ words: Words) -> String {
    names[officer] ?? words("report.officer-unknown", ["number": officer.description])
  }
}
