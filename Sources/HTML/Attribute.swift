/// An attribute of an element; its name is fixed in the source, its value is escaped when rendered.
///
/// There is no `style` and there are no `on…` attributes, so a content security policy without
/// `unsafe-inline` holds. Where an attribute is an address, it takes a `Link`.
public struct Attribute: Sendable, Equatable {
  /// What stands after the name.
  public enum Value: Sendable, Equatable {
    case text(String)
    /// A boolean attribute that is switched on.
    case present
    /// The attribute is left out.
    case absent
  }

  public let name: String
  public let value: Value

  /// Its value as text; nil for a boolean attribute.
  public var text: String? { if case .text(let text) = value { text } else { nil } }

  /// The attributes that lead from a page to an address.
  private static let addressNames = ["href", "src", "action", "formaction", "data", "data-live"]

  private init(name: String, value: Value) {
    self.name = name
    self.value = value
  }

  /// This attribute leading to where `change` says, if it is one that leads somewhere; nil leaves it as it is.
  func readdressed(_ change: (String) -> Link?) -> Self {
    guard Self.addressNames.contains(name), let text, let link = change(text) else { return self }
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
  public static func id(_ text: String?) -> Self { Self("id", text) }
  public static func `class`(_ names: String?) -> Self { Self("class", names) }
  public static func lang(_ tag: String?) -> Self { Self("lang", tag) }
  public static func title(_ text: String?) -> Self { Self("title", text) }
  public static func role(_ role: StaticString) -> Self { Self("role", role.description) }
  public static func tabindex(_ index: Int) -> Self { Self("tabindex", String(index)) }
  public static func accesskey(_ key: Character?) -> Self { Self("accesskey", key.map(String.init)) }
  public static func hidden(_ isOn: Bool = true) -> Self { Self("hidden", on: isOn) }
  /// `translate="no"`: names and codes that a browser's translation must leave alone.
  /// The first letter of the text decides in which direction it runs.
  public static let directionByText = Self("dir", "auto")
  public static let untranslated = Self("translate", "no")
  /// `.aria("describedby", id)`; nil leaves it out.
  public static func aria(_ name: StaticString, _ text: String?) -> Self { Self(prefix: "aria-", name, text) }
  /// `.data("event", name)`; nil leaves it out.
  public static func data(_ name: StaticString, _ text: String?) -> Self { Self(prefix: "data-", name, text) }

  // Links and documents.
  public static func href(_ link: Link) -> Self { Self("href", link.description) }
  /// `target="_blank"`: the page stays as it is; say so in the link's words (WCAG 3.2.5).
  public static let inNewTab = Self("target", "_blank")
  public static func src(_ link: Link) -> Self { Self("src", link.description) }
  public static func alt(_ text: String) -> Self { Self("alt", text) }
  public static func rel(_ relation: StaticString) -> Self { Self("rel", relation.description) }
  public static func hreflang(_ tag: String) -> Self { Self("hreflang", tag) }
  public static func download(_ name: String) -> Self { Self("download", name) }
  public static func charset(_ name: StaticString) -> Self { Self("charset", name.description) }
  public static func content(_ text: String) -> Self { Self("content", text) }
  /// `http-equiv="refresh"`, whose `content` says after how many seconds the page is loaded again.
  public static let refresh = Self("http-equiv", "refresh")
  public static func media(_ query: StaticString) -> Self { Self("media", query.description) }
  public static func `defer`(_ isOn: Bool = true) -> Self { Self("defer", on: isOn) }
  /// Machine-readable time of a `time` element: `2026-11-22` or `2026-11-22T08:30:00Z`.
  public static func datetime(_ text: String) -> Self { Self("datetime", text) }
  public static func open(_ isOn: Bool = true) -> Self { Self("open", on: isOn) }

  // Tables and lists.
  public enum Scope: String, Sendable { case col, row, colgroup, rowgroup }
  public static func scope(_ scope: Scope) -> Self { Self("scope", scope.rawValue) }
  public static func colspan(_ count: Int) -> Self { Self("colspan", String(count)) }
  public static func rowspan(_ count: Int) -> Self { Self("rowspan", String(count)) }
  public static func start(_ number: Int) -> Self { Self("start", String(number)) }
}
