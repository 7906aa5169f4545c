/// Where the configuration lies; a platform value in the service registry.
public struct ConfigurationDirectory: Sendable, Equatable {
  /// `/etc/gapura` where it is installed.
  public let path: String

  /// The directory at a path, absolute or from where the program was started, without a slash at its end.
  public init(path: String) { self.path = path }

  /// The path of a file or directory inside it.
  public func appending(_ name: String) -> String { "\(path)/\(name)" }
}
