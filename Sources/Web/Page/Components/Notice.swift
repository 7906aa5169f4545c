public import HTML

/// What a notice or a tag is about; said by icon and words, never by colour alone (WCAG 1.4.1).
public enum Tone: String, Sendable {
  /// Something to know.
  case info
  /// Something went well.
  case success
  /// Something to be careful with.
  case warning
  /// Something went wrong, or is missing.
  case error
  /// How something stands, without a judgement.
  case neutral

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
/// Use it once or twice a page, for what changes the reader's next act; not for help on one field, which is its hint,
/// and not for an error in a form, which is its `errorSummary`.
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
///
/// Use it beside what it is a state of; not alone, and not as a button.
public func tag(_ text: String, _ tone: Tone = .neutral) -> Node {
  span(.class("tag \(tone.rawValue)")) { text }
}

/// What the reader has already, with the link to its page.
///
/// Use it where the reader is about to ask for what is there already; not for a way that many pages offer, which
/// belongs into a menu.
///
/// - Parameter path: a path on this site.
public func wayNotice(_ title: String, label: String, to path: String) -> Node {
  notice(.info, title: title) {
    if let link = Link(localPath: path) { p { linkButton(label, to: link, style: .primary) } }
  }
}
