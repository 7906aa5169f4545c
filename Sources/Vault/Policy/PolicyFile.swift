import Core
import FoundationEssentials

/// Where `vault.json5` lies.
struct PolicyFile: Sendable {
  private let path: String?

  /// - Parameter directory: nil where there is no configuration, as in tools.
  init(directory: ConfigurationDirectory?) { path = directory?.appending("vault.json5") }

  /// Reads the file; without one, what is shipped holds.
  ///
  /// - Throws: `ConfigurationProblem` that names the line.
  func read() throws -> VaultPolicy {
    guard let path, FileManager.default.fileExists(atPath: path) else { return .shipped }
    return try ConfigurationFile.load(VaultPolicy.self, from: path)
  }
}
