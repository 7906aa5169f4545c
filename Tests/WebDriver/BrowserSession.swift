/// A browser with its own cookies and one or more windows. Blocking; use it from one thread at a time.
public final class BrowserSession {
  private let driver: DriverProcess
  private let path: String
  private var isOpen = true
  public let options: BrowserOptions

  /// Starts a browser.
  public init(_ driver: DriverProcess, _ options: BrowserOptions = BrowserOptions()) throws {
    self.driver = driver
    self.options = options
    let answer = try driver.command("POST", "/session", options.capabilities)
    guard let id = answer["sessionId"].string else { throw DriverFailure("session not created", "no session id") }
    path = "/session/\(id)"
    try resize(width: options.size.width, height: options.size.height)
  }

  deinit { close() }

  /// Ends the browser; again is allowed.
  public func close() {
    guard isOpen else { return }
    isOpen = false
    _ = try? driver.command("DELETE", path)
  }

  @discardableResult
  func get(_ command: String) throws -> JSON { try driver.command("GET", path + command) }

  @discardableResult
  func post(_ command: String, _ body: JSON = [:]) throws -> JSON { try driver.command("POST", path + command, body) }

  @discardableResult
  func delete(_ command: String) throws -> JSON { try driver.command("DELETE", path + command) }

  // MARK: Pages

  /// Opens an address and waits until the page has loaded.
  public func open(_ address: String) throws { try post("/url", ["url": .text(address)]) }

  /// Loads the page anew.
  public func reload() throws { try post("/refresh") }

  /// Goes back, as the button does.
  public func back() throws { try post("/back") }

  public var address: String { get throws { try get("/url").string ?? "" } }
  public var title: String { get throws { try get("/title").string ?? "" } }
  public var source: String { get throws { try get("/source").string ?? "" } }

  // MARK: Scripts

  /// Runs a function body in the page and gives what it returns.
  @discardableResult
  public func run(_ script: String, _ arguments: JSON...) throws -> JSON {
    try post("/execute/sync", ["script": .text(script), "args": .list(arguments)])
  }

  // MARK: Alerts

  /// What the open alert says.
  public var alert: String { get throws { try get("/alert/text").string ?? "" } }

  public func acceptAlert() throws { try post("/alert/accept") }

  public func dismissAlert() throws { try post("/alert/dismiss") }

  // MARK: Cookies

  public func forgetCookies() throws { try delete("/cookie") }
}
