/// Lets a page be written as it will stand: strings are text, optionals and loops are pieces.
@resultBuilder
public enum NodeBuilder {
  public static func buildExpression(_ node: Node) -> Node { node }
  public static func buildExpression(_ text: String) -> Node { .text(text) }
  public static func buildExpression(_ nodes: [Node]) -> Node { .fragment(nodes) }
  public static func buildExpression(_ node: Node?) -> Node { node ?? .empty }

  public static func buildBlock(_ nodes: Node...) -> Node {
    nodes.count == 1 ? nodes[0] : .fragment(nodes)
  }
  public static func buildOptional(_ node: Node?) -> Node { node ?? .empty }
  public static func buildEither(first node: Node) -> Node { node }
  public static func buildEither(second node: Node) -> Node { node }
  public static func buildArray(_ nodes: [Node]) -> Node { .fragment(nodes) }
  public static func buildLimitedAvailability(_ node: Node) -> Node { node }
}

/// Several nodes as one, without an element around them.
public func fragment(@NodeBuilder _ content: () -> Node) -> Node { content() }
