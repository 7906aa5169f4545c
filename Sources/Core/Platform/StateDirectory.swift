/// Where what must outlive the process lies: the database and what stands beside it; a platform value in the service
/// registry.
public struct StateDirectory: Sendable, Equatable {
  /// `/var/lib/gapura` where it is installed.
  public let path: String

  /// The directory at a path, without a slash at its end.
  public init(path: String) { self.path = path }

  /// The path of a file or directory inside it.
  public func appending(_ name: String) -> String { "\(path)/\(name)" }
}
