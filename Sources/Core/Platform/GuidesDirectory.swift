/// Where the portal's own texts lie: questions and answers, statement, policy; a platform value in the service registry.
public struct GuidesDirectory: Sendable, Equatable {
  /// `/usr/share/gapura/guides` where it is installed.
  public let path: String

  /// The directory at a path, without a slash at its end.
  public init(path: String) { self.path = path }

  /// The path of a file inside it.
  public func appending(_ name: String) -> String { "\(path)/\(name)" }
}
