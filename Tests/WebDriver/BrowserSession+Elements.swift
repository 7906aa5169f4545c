extension BrowserSession {
  /// The first element that the CSS selector names.
  ///
  /// - Throws: `DriverFailure` `no such element`.
  public func element(_ css: String) throws -> PageElement {
    do {
      return try onePage { try PageElement(self, post("/element", Self.selector(css))) }
    } catch let failure as DriverFailure where failure.code == "no such element" {
      let here = (try? "\(address) with the heading “\(heading ?? "")”") ?? ""
      throw DriverFailure(failure.code, "\(css) on \(here)")
    }
  }

  /// Every element that the CSS selector names, in document order.
  public func elements(_ css: String) throws -> [PageElement] {
    try post("/elements", Self.selector(css)).items.map { try PageElement(self, $0) }
  }

  /// Whether the page has such an element.
  public func has(_ css: String) throws -> Bool { try !elements(css).isEmpty }

  /// The visible text of the first such element.
  public func text(_ css: String) throws -> String { try element(css).text }

  /// The text of the page's `h1`.
  public var heading: String? {
    get throws { try run("return document.querySelector('h1')?.textContent ?? null").string }
  }

  /// The visible link or button with this text.
  public func control(_ text: String) throws -> PageElement {
    try onePage {
      for candidate in try elements("a, button:not([aria-hidden=true]), summary") where try candidate.isDisplayed {
        let shown = try candidate.text
        if shown == text || shown.split(separator: "\n").contains(where: { $0 == text }) { return candidate }
      }
      throw DriverFailure("no such element", "a link or button “\(text)” on \(try address)")
    }
  }

  /// Looks through a page that may load itself again meanwhile, as those that follow the hall do without scripts: then
  /// from the beginning.
  private func onePage<Found>(_ look: () throws -> Found) throws -> Found {
    for _ in 0..<3 {
      do { return try look() } catch let failure as DriverFailure where failure.code == "stale element reference" {}
    }
    return try look()
  }

  /// The element that has the focus.
  public var focused: PageElement { get throws { try PageElement(self, get("/element/active")) } }

  /// Presses keys wherever the focus is, one after another.
  public func press(_ keys: Key...) throws {
    var actions: [JSON] = []
    for key in keys {
      actions.append(["type": "keyDown", "value": .text(key.code)])
      actions.append(["type": "keyUp", "value": .text(key.code)])
    }
    try post("/actions", ["actions": [["type": "key", "id": "keyboard", "actions": .list(actions)]]])
  }

  static func selector(_ css: String) -> JSON { ["using": "css selector", "value": .text(css)] }
}

/// A key of the keyboard, by WebDriver's code points.
public struct Key: Sendable, ExpressibleByExtendedGraphemeClusterLiteral {
  let code: String

  init(code: String) { self.code = code }

  /// A key that types this character.
  public init(extendedGraphemeClusterLiteral character: Character) { code = String(character) }

  public static let tab = Key(code: "\u{E004}")
  public static let enter = Key(code: "\u{E007}")
  public static let escape = Key(code: "\u{E00C}")
  public static let space = Key(code: " ")
}
