/// An attribute of an element; its name is fixed in the source, its value is escaped when rendered.
///
/// There is no `style` and there are no `on…` attributes, so a content security policy without
/// `unsafe-inline` holds. Where an attribute is an address, it takes a `Link`.
public struct Attribute: Sendable, Equatable {
  /// What stands after the name.
  public enum Value: Sendable, Equatable {
    /// A value, escaped when it is rendered.
    case text(String)
    /// A boolean attribute that is switched on.
    case present
    /// The attribute is left out.
    case absent
  }

  /// Lower-case, as in the HTML standard (SVG names keep their capitals).
  public let name: String
  /// What stands after the name; escaped when it is rendered.
  public let value: Value

  /// Its value as text; nil for a boolean attribute.
  public var text: String? { if case .text(let text) = value { text } else { nil } }

  /// Whether it is left out.
  var isAbsent: Bool { if case .absent = value { true } else { false } }

  /// Whether it leads from a page to an address.
  private var isAddress: Bool {
    // By length first: every attribute of a page is asked.
    switch name.utf8.count {
    case 3: name == "src"
    case 4: name == "href" || name == "data"
    case 6: name == "action"
    case 9: name == "data-live"
    case 10: name == "formaction"
    default: false
    }
  }

  private init(name: String, value: Value) {
    self.name = name
    self.value = value
  }

  /// This attribute leading to where `change` says; nil where it leads nowhere, or is left as it is.
  func readdressed(_ change: (String) -> Link?) -> Self? {
    guard isAddress, let text, let link = change(text) else { return nil }
    return Self(name: name, value: .text(link.description))
  }

  init(_ name: StaticString, _ text: String) {
    self.name = name.description
    value = .text(text)
  }

  init(_ name: StaticString, _ text: String?) {
    self.name = name.description
    value = text.map { .text($0) } ?? .absent
  }

  init(_ name: StaticString, on isOn: Bool) {
    self.name = name.description
    value = isOn ? .present : .absent
  }

  private init(prefix: StaticString, _ name: StaticString, _ text: String?) {
    let name = name.description
    precondition(
      name.utf8.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || $0 == UInt8(ascii: "-") },
      "an attribute's name is lower-case letters and hyphens: \(name)")
    self.name = prefix.description + name
    value = text.map { .text($0) } ?? .absent
  }

  // Of every element; nil leaves the attribute out.
  /// The name of an element that others of the page point to; unique on the page.
  public static func id(_ text: String?) -> Self { Self("id", text) }
  /// The names by which the stylesheet knows the element, with spaces between them.
  public static func `class`(_ names: String?) -> Self { Self("class", names) }
  /// The language of what the element holds, by its BCP 47 tag.
  public static func lang(_ tag: String?) -> Self { Self("lang", tag) }
  /// A hint that pointers show; nothing may be said there alone, since touch and keyboards do not reach it.
  public static func title(_ text: String?) -> Self { Self("title", text) }
  /// What the element is for assistive programs, by a role of WAI-ARIA.
  public static func role(_ role: StaticString) -> Self { Self("role", role.description) }
  /// Whether the focus reaches the element: 0 in its turn, -1 only from a link or a script.
  public static func tabindex(_ index: Int) -> Self { Self("tabindex", String(index)) }
  /// The key that activates the element together with the browser's modifier.
  public static func accesskey(_ key: Character?) -> Self { Self("accesskey", key.map(String.init)) }
  /// The element is not shown, and assistive programs pass over it.
  public static func hidden(_ isOn: Bool = true) -> Self { Self("hidden", on: isOn) }
  /// The first letter of the text decides in which direction it runs.
  public static let directionByText = Self("dir", "auto")
  /// `translate="no"`: the browser's translation leaves names and codes alone.
  public static let untranslated = Self("translate", "no")
  /// `.aria("describedby", id)`; nil leaves it out.
  public static func aria(_ name: StaticString, _ text: String?) -> Self { Self(prefix: "aria-", name, text) }
  /// `.data("event", name)`; nil leaves it out.
  public static func data(_ name: StaticString, _ text: String?) -> Self { Self(prefix: "data-", name, text) }

  // Links and documents.
  /// Where a link leads, or what a `headLink` loads.
  public static func href(_ link: Link) -> Self { Self("href", link.description) }
  /// `target="_blank"`: the page stays as it is; say so in the link's words (WCAG 3.2.5).
  public static let inNewTab = Self("target", "_blank")
  /// Where a picture or a script is.
  public static func src(_ link: Link) -> Self { Self("src", link.description) }
  /// What a picture shows, for readers who do not see it; empty for one that only adorns.
  public static func alt(_ text: String) -> Self { Self("alt", text) }
  /// What the linked page is to this one: `next`, `alternate`, `stylesheet`, `noopener`.
  public static func rel(_ relation: StaticString) -> Self { Self("rel", relation.description) }
  /// The language of the linked page, by its BCP 47 tag.
  public static func hreflang(_ tag: String) -> Self { Self("hreflang", tag) }
  /// The link is saved as a file of that name instead of being opened.
  public static func download(_ name: String) -> Self { Self("download", name) }
  /// How the page's characters are encoded.
  public static func charset(_ name: StaticString) -> Self { Self("charset", name.description) }
  /// What a `meta` says.
  public static func content(_ text: String) -> Self { Self("content", text) }
  /// `http-equiv="refresh"`, whose `content` says after how many seconds the page is loaded again.
  public static let refresh = Self("http-equiv", "refresh")
  /// For which screens or papers a stylesheet is meant, as a media query.
  public static func media(_ query: StaticString) -> Self { Self("media", query.description) }
  /// The script runs when the page has been read, not before.
  public static func `defer`(_ isOn: Bool = true) -> Self { Self("defer", on: isOn) }
  /// Machine-readable time of a `time` element: `2026-11-22` or `2026-11-22T08:30:00Z`.
  public static func datetime(_ text: String) -> Self { Self("datetime", text) }
  /// What the `details` or the `dialog` holds is shown.
  public static func open(_ isOn: Bool = true) -> Self { Self("open", on: isOn) }

  // Tables and lists.
  /// Which cells a heading cell of a table belongs to.
  public enum Scope: String, Sendable { case col, row, colgroup, rowgroup }
  /// Which cells this heading cell belongs to.
  public static func scope(_ scope: Scope) -> Self { Self("scope", scope.rawValue) }
  /// Over how many columns the cell goes.
  public static func colspan(_ count: Int) -> Self { Self("colspan", String(count)) }
  /// Over how many rows the cell goes.
  public static func rowspan(_ count: Int) -> Self { Self("rowspan", String(count)) }
  /// The number with which an `ol` begins.
  public static func start(_ number: Int) -> Self { Self("start", String(number)) }
}
