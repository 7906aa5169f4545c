/// An element of the page that is shown. It goes stale when the page changes: find it again then.
public struct PageElement {
  /// The name under which WebDriver hands out elements.
  private static let reference = "element-6066-11e4-a52e-4f735466cecf"

  private let session: BrowserSession
  private let id: String

  init(_ session: BrowserSession, _ value: JSON) throws {
    guard let id = value[Self.reference].string else { throw DriverFailure("no such element", "no reference") }
    self.session = session
    self.id = id
  }

  private var path: String { "/element/\(id)" }

  /// As an argument of a script.
  public var argument: JSON { [Self.reference: .text(id)] }

  /// The text that can be seen.
  public var text: String { get throws { try session.get(path + "/text").string ?? "" } }
  public var isDisplayed: Bool { get throws { try session.get(path + "/displayed").isTrue } }
  public var isSelected: Bool { get throws { try session.get(path + "/selected").isTrue } }
  /// What a form field holds now.
  public var value: String { get throws { try session.get(path + "/property/value").string ?? "" } }

  public func attribute(_ name: String) throws -> String? { try session.get(path + "/attribute/\(name)").string }

  /// The style as the browser has worked it out.
  public func style(_ property: String) throws -> String { try session.get(path + "/css/\(property)").string ?? "" }

  public func click() throws { try session.post(path + "/click") }

  /// Types after what the field holds.
  public func type(_ text: String) throws { try session.post(path + "/value", ["text": .text(text)]) }

  public func clear() throws { try session.post(path + "/clear") }

  /// Replaces what the field holds.
  public func fill(_ text: String) throws {
    try clear()
    try type(text)
  }

  /// Chooses the option of a `select` by its value.
  public func choose(_ value: String) throws { try element("option[value=\"\(value)\"]").click() }

  /// The first element inside this one that the selector names.
  public func element(_ css: String) throws -> PageElement {
    try PageElement(session, session.post(path + "/element", BrowserSession.selector(css)))
  }

  /// A picture of it, as PNG.
  public func picture() throws -> [UInt8] { try BrowserSession.png(session.get(path + "/screenshot")) }
}
