/// Personal data on its way through the program: it prints as `<personal>` under interpolation,
/// reflection and `dump`, so a careless log line or error cannot tell it.
///
/// What needs the value itself says so with `.exposed`, which is easy to search for.
public struct Personal<Value> {
  /// The value in clear. Use it only to seal it, to compare it, or to show it to who may see it.
  public let exposed: Value

  public init(_ value: Value) { exposed = value }
}

extension Personal: Sendable where Value: Sendable {}
extension Personal: Equatable where Value: Equatable {}
extension Personal: Hashable where Value: Hashable {}

extension Personal: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  public var description: String { "<personal>" }
  public var debugDescription: String { "<personal>" }
  public var customMirror: Mirror { Mirror(self, children: [], displayStyle: .struct) }
}
