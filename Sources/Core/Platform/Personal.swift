/// Personal data on its way through the program: it prints as `<personal>` under interpolation,
/// reflection and `dump`, so a careless log line or error cannot tell it.
///
/// What needs the value itself says so with `.exposed`, which is easy to search for.
public struct Personal<Value> {
  /// The value in clear. Use it only to seal it, to compare it, or to show it to a person who may see it.
  public let exposed: Value

  /// Hides a value from everything that prints.
  public init(_ value: Value) { exposed = value }
}

extension Personal: Sendable where Value: Sendable {}
extension Personal: Equatable where Value: Equatable {}
extension Personal: Hashable where Value: Hashable {}

extension Personal: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Always `<personal>`.
  public var description: String { "<personal>" }
  /// Always `<personal>`.
  public var debugDescription: String { "<personal>" }
  /// A mirror without children, so that `dump` shows nothing of the value.
  public var customMirror: Mirror { Mirror(self, children: [], displayStyle: .struct) }
}
