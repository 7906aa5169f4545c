/// Where the server says in one line what it is doing, for who looks at the service: before it is ready, too.
public struct StatusLine: Sendable {
  public let say: @Sendable (String) -> Void

  public init(_ say: @escaping @Sendable (String) -> Void) { self.say = say }
}
