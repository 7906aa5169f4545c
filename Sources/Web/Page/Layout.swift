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
  ///   - body: what stands in `main`.
  public static func page(title: String, context: PageContext, face: Face, body content: Node) -> Node {
    let restored = context.kept.map { $0.restored(in: content) } ?? content
    let forms = face == .display ? nil : PageForms(restored)
    let content = forms?.content(with: context) ?? restored
    return html(.lang(context.words.language.rawValue), .class(rootClasses(context.preferences))) {
      Head(title: title, context: context, face: face).node
      body(.class("face-\(face.name)")) {
        switch face {
        case .portal: PortalFrame(context: context, hasMenu: true, form: forms?.main).around(content)
        case .plain: PortalFrame(context: context, hasMenu: false, form: forms?.main).around(content)
        case .console: ConsoleFrame(context: context, form: forms?.main).around(content)
        case .display: DisplayFrame(context: context).around(content)
        }
        if hasLiveParts(content) { p(.class("stale"), .role("status"), .hidden()) { context.words("layout.stale") } }
      }
    }
  }

  /// A script of one page's own, loaded after the page; each works on `data-` attributes and does
  /// nothing that does not also work without it.
  public enum Script: String, Sendable {
    /// Follows one ticket.
    case ticket
    /// Follows the hall's calls.
    case display
    /// One key for each action, and parts that follow the hall.
    case console
  }

  /// The element that loads a page's own script; put it at the end of the body.
  public static func script(_ script: Script, _ context: PageContext) -> Node {
    HTML.script(src: asset("/aset/\(script.rawValue).js", context), .defer())
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
  var name: String {
    switch self {
    case .portal: "portal"
    case .console: "console"
    case .display: "display"
    case .plain: "plain"
    }
  }
}
