public import HTML

/// How much a button asks to be pressed. A page has one primary button.
public enum ButtonStyle: String, Sendable {
  /// What the page is for.
  case primary
  /// Another thing that can be done there.
  case secondary
  /// What is done seldom, as small as a link.
  case quiet
  /// What cannot be taken back.
  case danger
}

/// A link that looks like a button: it leads somewhere and changes nothing.
///
/// Use it for a next step that deserves to stand out; not for what changes something, which is an `actionButton`, and
/// not within a sentence.
public func linkButton(_ label: String, to link: Link, style: ButtonStyle = .secondary, icon: Icon? = nil) -> Node {
  a(.href(link), .class("button \(style.rawValue)")) {
    icon?.node
    label
  }
}
