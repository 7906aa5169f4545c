internal import Core
public import HTML

/// The frame around every page: head, header, menus, help and footer, in the same order on each of them.
public enum Layout {
  /// The id of the main part, to which the skip link leads.
  static let mainID = "isi"

  /// The whole page.
  ///
  /// - Parameters:
  ///   - title: what the page is, in the reader's language; the body begins with an `h1` of its own.
  ///   - scripts: what this page needs besides its face's own script.
  ///   - body: what stands in `main`.
  public static func page(
    title: String, context: PageContext, face: Face, scripts: Set<Script> = [], body content: Node
  ) -> Node {
    let restored = context.kept.map { $0.restored(in: content) } ?? content
    let forms = face == .display ? nil : PageForms(restored)
    let content = forms?.content(with: context) ?? restored
    let isLive = hasLiveParts(content)
    // Never where the reader may be writing: what was typed would be gone (WCAG 2.2.1).
    let reloading =
      isLive && forms?.forms.isEmpty ?? true && face != .console
      ? Reloading(context: context, isDisplay: face == .display) : nil
    let firstStyle = context.firstStyle(of: face)
    return html(.lang(context.words.language.rawValue), .class(rootClasses(context.preferences))) {
      Head(
        title: title, context: context, face: face, scripts: scripts,
        reloads: reloading?.isOn == true ? reloading : nil, firstStyle: firstStyle
      ).node
      body(.class("face-\(face.name)")) {
        switch face {
        case .portal: PortalFrame(context: context, hasMenu: true, form: forms?.main).around(content)
        case .plain: PortalFrame(context: context, hasMenu: false, form: forms?.main).around(content)
        case .console: ConsoleFrame(context: context, form: forms?.main).around(content)
        case .display: DisplayFrame(context: context).around(content)
        }
        if let reloading, face != .display { reloading.note }
        if isLive { p(.class("stale"), .role("status"), .hidden()) { context.words("layout.stale") } }
        if firstStyle != nil { headLink(.rel("stylesheet"), .href(asset("/aset/gapura.css", context))) }
      }
    }
  }

  /// A script of some pages, which run it once, after they are there; each works on `data-` attributes and does
  /// nothing that does not also work without it.
  public enum Script: String, Sendable, CaseIterable {
    /// Follows one ticket.
    case ticket
    /// Follows the hall's calls.
    case display
    /// One key for each action, and parts that follow the hall.
    case console
    /// Asks the browser for passkeys. What needs it stands hidden in the page: without scripts there is no such way.
    case passkey
  }

  private static func hasLiveParts(_ content: Node) -> Bool {
    content.contains { $0[attribute: "data-live"] != nil }
  }

  static func asset(_ path: Link, _ context: PageContext) -> Link { path.adding("v", context.assetVersion) }

  private static func rootClasses(_ preferences: Preferences) -> String? {
    let classes = [preferences.largePrint ? "large" : nil, preferences.highContrast ? "contrast" : nil].compactMap {
      $0
    }
    return classes.isEmpty ? nil : classes.joined(separator: " ")
  }
}

extension Face {
  /// What runs on every page of the face.
  var scripts: Set<Layout.Script> {
    switch self {
    // Over any page of officers may stand the question who they are.
    case .console: [.console, .passkey]
    case .display: [.display]
    case .portal, .plain: []
    }
  }

  var name: String {
    switch self {
    case .portal: "portal"
    case .console: "console"
    case .display: "display"
    case .plain: "plain"
    }
  }
}
