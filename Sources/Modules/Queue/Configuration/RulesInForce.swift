import Contracts
import Core
import Synchronization

/// The rules of the queue as they are now; a reload replaces them whole.
final class RulesInForce: Sendable {
  private let rules: Mutex<QueueRules>
  private let directory: ConfigurationDirectory?

  init(_ rules: QueueRules, directory: ConfigurationDirectory? = nil) {
    self.rules = Mutex(rules)
    self.directory = directory
  }

  var now: QueueRules { rules.withLock { $0 } }

  /// Reads the file again.
  ///
  /// - Throws: `ConfigurationProblem`, and what was in force stays in force.
  func reload() throws {
    let read = try QueueRules.load(from: directory)
    if let directory { try ConfiguredNames(directory).check(QueueRules.fileName) }
    rules.withLock { $0 = read }
  }
}
