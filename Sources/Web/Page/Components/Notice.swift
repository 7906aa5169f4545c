public import HTML

/// What a notice or a tag is about; said by icon and words, never by colour alone (WCAG 1.4.1).
public enum Tone: String, Sendable {
  case info, success, warning, error, neutral

  var icon: Icon {
    switch self {
    case .info, .neutral: .info
    case .success: .check
    case .warning: .warning
    case .error: .error
    }
  }
}

/// Something the reader should know before going on.
///
/// - Parameter isNews: whether it answers what the reader just did; a screen reader then says it at once (WCAG 4.1.3).
public func notice(
  _ tone: Tone, title: String? = nil, isNews: Bool = false, @NodeBuilder _ content: () -> Node = { .empty }
) -> Node {
  div(.class("notice \(tone.rawValue)"), isNews ? .role(tone == .error ? "alert" : "status") : nil) {
    tone.icon.node
    div {
      if let title { p(.class("notice-title")) { strong { title } } }
      content()
    }
  }
}

/// A word or two of state: "Menunggu", "Selesai".
public func tag(_ text: String, _ tone: Tone = .neutral) -> Node {
  span(.class("tag \(tone.rawValue)")) { text }
}

/// What the reader has already, with the link to its page.
///
/// - Parameter path: a path on this site.
public func wayNotice(_ title: String, label: String, to path: String) -> Node {
  notice(.info, title: title) {
    if let link = Link(localPath: path) { p { linkButton(label, to: link, style: .primary) } }
  }
}
