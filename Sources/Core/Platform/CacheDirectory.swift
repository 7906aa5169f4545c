/// Where things are kept that can be made again at any time; a platform value in the service registry.
///
/// Whatever lies there may be removed while the program runs.
public struct CacheDirectory: Sendable, Equatable {
  /// `/var/cache/gapura` where it is installed.
  public let path: String

  /// The directory at a path, without a slash at its end.
  public init(path: String) { self.path = path }

  /// The path of a file or directory inside it.
  public func appending(_ name: String) -> String { "\(path)/\(name)" }
}
