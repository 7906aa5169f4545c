/// Where the server says in one line what it is doing, for those who look at the service, also before it is ready.
public struct StatusLine: Sendable {
  /// Says what the server is doing now; replaces what was said before.
  public let say: @Sendable (String) -> Void

  /// A line that is written by `say`.
  public init(_ say: @escaping @Sendable (String) -> Void) { self.say = say }
}
