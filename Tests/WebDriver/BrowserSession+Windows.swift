/// A window of a browser.
public struct WindowHandle: Sendable, Hashable {
  let id: String
}

extension BrowserSession {
  /// The window that commands go to.
  public var window: WindowHandle { get throws { WindowHandle(id: try get("/window").string ?? "") } }

  /// Opens a further window and goes there.
  @discardableResult
  public func openWindow(width: Int? = nil, height: Int? = nil) throws -> WindowHandle {
    guard let id = try post("/window/new", ["type": "window"])["handle"].string else {
      throw DriverFailure("no such window", "the new window has no handle")
    }
    let window = WindowHandle(id: id)
    try go(to: window)
    try resize(width: width ?? options.size.width, height: height ?? options.size.height)
    return window
  }

  /// Sends what follows to another window.
  public func go(to window: WindowHandle) throws { try post("/window", ["handle": .text(window.id)]) }

  /// Does something in another window and comes back.
  public func inside<Value>(_ window: WindowHandle, _ work: () throws -> Value) throws -> Value {
    let before = try self.window
    try go(to: window)
    defer { try? go(to: before) }
    return try work()
  }

  /// Makes the page so many CSS pixels large. Set on the page itself: a headless window refuses to
  /// be narrower than a desktop's.
  public func resize(width: Int, height: Int) throws {
    try developer(
      "Emulation.setDeviceMetricsOverride",
      ["width": .number(Double(width)), "height": .number(Double(height)), "deviceScaleFactor": 1, "mobile": false])
  }

  /// A command of the Chrome DevTools protocol.
  @discardableResult
  public func developer(_ command: String, _ parameters: JSON = [:]) throws -> JSON {
    try post("/goog/cdp/execute", ["cmd": .text(command), "params": parameters])
  }

  /// What the person has set up in their system.
  public func prefer(dark: Bool = false, reducedMotion: Bool = false) throws {
    try developer(
      "Emulation.setEmulatedMedia",
      [
        "features": [
          ["name": "prefers-color-scheme", "value": dark ? "dark" : "light"],
          ["name": "prefers-reduced-motion", "value": reducedMotion ? "reduce" : "no-preference"],
        ]
      ])
  }
}
