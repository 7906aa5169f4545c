import Contracts
import Core
import Forecast

/// The rules of the queue in force, from `queue.json5`.
typealias RulesInForce = Reloadable<QueueRules>

extension Reloadable<QueueRules> {
  convenience init(_ rules: QueueRules, directory: ConfigurationDirectory? = nil) {
    self.init(rules) {
      // Without a file tests' own rules stay.
      guard let directory else { return nil }
      let read = try QueueRules.load(from: directory)
      try ConfiguredNames(directory).check(QueueRules.fileName)
      return read
    }
  }
}
