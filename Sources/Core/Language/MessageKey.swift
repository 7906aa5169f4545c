/// The name of a message in `share/locales/*.json5`: dotted, and only ever written as a literal.
///
/// A test finds every literal key in the sources and checks that each language has it.
public struct MessageKey: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
  /// The dotted name, as it stands in the file.
  public let description: String

  /// The name as it is written in the source.
  public init(stringLiteral literal: StaticString) { description = literal.description }

  /// A key whose last part is one of a closed set, such as an enum's case: `MessageKey("need", named: need.rawValue)`.
  public init(_ family: StaticString, named member: String) { description = "\(family).\(member)" }
}
