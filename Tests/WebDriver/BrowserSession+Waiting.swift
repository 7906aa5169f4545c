internal import Client
internal import Foundation

extension BrowserSession {
  /// How often a fact is looked for.
  private static let interval: TimeInterval = 0.02

  /// Waits until a fact holds; what is not there yet counts as not holding.
  ///
  /// - Throws: `DriverFailure` `timeout` that names the fact.
  public func wait(
    for fact: String, within patience: Duration = .seconds(15), _ holds: () throws -> Bool
  ) throws {
    _ = try wait(for: fact, within: patience) { try holds() ? true : nil }
  }

  /// Waits until there is a value.
  public func wait<Value>(
    for fact: String, within patience: Duration = .seconds(15), _ value: () throws -> Value?
  ) throws -> Value {
    let deadline = ContinuousClock.now + patience.withPatience
    var last = ""
    while true {
      do {
        if let value = try value() { return value }
      } catch let failure as DriverFailure where Self.passes(failure) {
        last = failure.description
      }
      guard ContinuousClock.now < deadline else {
        let shown = (try? run("return document.body?.innerText ?? ''").string) ?? ""
        throw DriverFailure("timeout", "never: \(fact) \(last)\nThe page says: \(shown.prefix(600))")
      }
      Thread.sleep(forTimeInterval: Self.interval)
    }
  }

  /// What may be different in a moment: elements come, go, and move.
  private static func passes(_ failure: DriverFailure) -> Bool {
    [
      "no such element", "stale element reference", "element not interactable", "element click intercepted",
      "no such alert", "javascript error",
    ].contains(failure.code)
  }

  /// Waits until the page shows this text.
  public func wait(forText text: String, in css: String = "body", within patience: Duration = .seconds(15)) throws {
    try wait(for: "“\(text)” in \(css)", within: patience) { try self.text(css).contains(text) }
  }

  /// Waits until the page's heading is this.
  public func wait(forHeading heading: String, within patience: Duration = .seconds(15)) throws {
    try wait(for: "the heading “\(heading)”", within: patience) { try self.heading == heading }
  }
}
