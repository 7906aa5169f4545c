import Contracts
import Core
import Synchronization

/// The rules in force, read from `appointments.json5` and replaced as a whole.
final class AppointmentRulesInForce: Sendable {
  private static let fileName = "appointments.json5"

  private let directory: ConfigurationDirectory?
  private let rules: Mutex<AppointmentRules>

  init(directory: ConfigurationDirectory?, rules: AppointmentRules = .none) {
    self.directory = directory
    self.rules = Mutex(rules)
  }

  var now: AppointmentRules { rules.withLock { $0 } }

  /// Reads the file; without one no appointments are offered.
  ///
  /// - Throws: `ConfigurationProblem`, and what was in force stays in force.
  func load() throws {
    guard let directory, try ConfigurationFile.paths(in: directory.path).contains(directory.appending(Self.fileName))
    else { return }
    let read = try ConfigurationFile.load(AppointmentFile.self, from: directory.appending(Self.fileName)).rules
    try ConfiguredNames(directory).check(Self.fileName)
    rules.withLock { $0 = read }
  }
}
