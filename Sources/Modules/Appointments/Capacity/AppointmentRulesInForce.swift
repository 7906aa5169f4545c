import Contracts
import Core

/// The rules of appointments in force, from `appointments.json5`; without the file no appointments are offered.
typealias AppointmentRulesInForce = Reloadable<AppointmentRules>

extension Reloadable<AppointmentRules> {
  /// - Parameter rules: what holds before the first reading, and without a file.
  convenience init(directory: ConfigurationDirectory?, rules: AppointmentRules = .none) {
    self.init(rules) {
      guard let directory, let file = try directory.optionalFile(AppointmentRules.fileName) else { return nil }
      let read = try file.decode(AppointmentFile.self).rules
      try ConfiguredNames(directory).check(AppointmentRules.fileName)
      return read
    }
  }
}

extension AppointmentRules {
  fileprivate static let fileName = "appointments.json5"
}
