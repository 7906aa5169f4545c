import Contracts
import Core
import Store

/// Officers' names, for the pages that supervisors read.
struct StaffNames: Sendable {
  static let nobody = StaffNames(names: [:])

  private let names: [OfficerID: String]

  private init(names: [OfficerID: String]) { self.names = names }

  /// - Parameter directory: nil where nobody keeps accounts.
  init<Database: Queryable & ~Copyable>(
    of officers: some Sequence<OfficerID>, from directory: (any OfficerDirectory)?, in database: borrowing Database
  ) throws {
    var names: [OfficerID: String] = [:]
    for officer in Set(officers) { names[officer] = try directory?.name(of: officer, in: database) }
    self.names = names
  }

  /// The officer's name; the number in words where no account tells it.
  func name(of officer: OfficerID, _ words: Words) -> String {
    names[officer] ?? words("report.officer-unknown", ["number": officer.description])
  }
}
