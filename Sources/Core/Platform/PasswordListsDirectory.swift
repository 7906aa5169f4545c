/// Where the lists of what is tried first as a password lie; a platform value in the service registry.
public struct PasswordListsDirectory: Sendable, Equatable {
  /// `/usr/share/gapura/passwords` where it is installed.
  public let path: String

  /// The directory at a path, without a slash at its end.
  public init(path: String) { self.path = path }

  /// The path of a file inside it.
  public func appending(_ name: String) -> String { "\(path)/\(name)" }
}
