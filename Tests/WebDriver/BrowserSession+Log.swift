/// A line of the browser's console.
public struct ConsoleLine: Sendable, CustomStringConvertible {
  public let level: String
  /// `security`, `javascript`, `network`, …
  public let source: String
  public let message: String

  public var description: String { "[\(level) \(source)] \(message)" }
}

extension BrowserSession {
  /// What the browser's console has said since it was last asked, in every window: script errors, refused
  /// resources, violations of the content security policy.
  public func takeConsole() throws -> [ConsoleLine] {
    try post("/se/log", ["type": "browser"]).items.map {
      ConsoleLine(
        level: $0["level"].string ?? "", source: $0["source"].string ?? "", message: $0["message"].string ?? "")
    }
  }
}
