/// Lets a page be written as it will stand: strings are text, optionals and loops are pieces.
@resultBuilder
public enum NodeBuilder {
  /// A node stands where it is written.
  public static func buildExpression(_ node: Node) -> Node { node }
  /// A string is text, which is escaped when it is rendered.
  public static func buildExpression(_ text: String) -> Node { .text(text) }
  /// Nodes stand one after another.
  public static func buildExpression(_ nodes: [Node]) -> Node { .fragment(nodes) }
  /// A node that may be missing; nil is nothing.
  public static func buildExpression(_ node: Node?) -> Node { node ?? .empty }

  /// The only piece of a block stands for it, as it is.
  public static func buildBlock(_ node: Node) -> Node { node }
  /// The pieces of a block stand one after another.
  public static func buildBlock(_ nodes: Node...) -> Node { .fragment(nodes) }
  /// What an `if` without an `else` makes; nothing where it does not hold.
  public static func buildOptional(_ node: Node?) -> Node { node ?? .empty }
  /// What the first branch makes.
  public static func buildEither(first node: Node) -> Node { node }
  /// What the other branch makes.
  public static func buildEither(second node: Node) -> Node { node }
  /// What the turns of a loop make, one after another.
  public static func buildArray(_ nodes: [Node]) -> Node { .fragment(nodes) }
  /// What a check of availability makes.
  public static func buildLimitedAvailability(_ node: Node) -> Node { node }
}

/// Several nodes as one, without an element around them.
public func fragment(@NodeBuilder _ content: () -> Node) -> Node { content() }
