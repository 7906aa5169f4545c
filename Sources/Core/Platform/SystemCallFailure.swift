internal import Glibc

/// A call of the operating system that failed.
public struct SystemCallFailure: Error, Equatable, Sendable {
  /// The system's number for the reason (errno(3)).
  public let code: Int32

  /// A failure with a number that was kept.
  public init(code: Int32) { self.code = code }

  /// The failure of the call before, which must be the last one that this thread made.
  public static var last: Self { Self(code: errno) }

  /// Whether there was nothing at the path.
  public var isMissing: Bool { code == ENOENT }

  /// Why, in the system's words, for the sysadmin.
  public var reason: String { unsafe String(cString: strerror(code)) }
}
