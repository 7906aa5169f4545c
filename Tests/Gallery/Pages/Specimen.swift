internal import HTML
internal import Web

/// One component of the pages in one state.
struct Specimen: Sendable {
  /// The function that makes it: `card`, `Field.text`.
  let component: String
  /// What is particular about it, in English.
  let state: String
  let face: Face
  /// Whether it has a page of its own: it is large, or has ids that another one has too.
  let standsAlone: Bool
  /// Whether it is the page's heading itself.
  let hasHeading: Bool
  let content: Node

  init(
    _ component: String, _ state: String, face: Face = .portal, alone: Bool = false, @NodeBuilder _ content: () -> Node
  ) {
    let made = content()
    self.component = component
    self.state = state
    self.face = face
    self.content = made
    hasHeading = made.contains { $0.name == "h1" }
    standsAlone = alone || face == .display || hasHeading
  }
}
