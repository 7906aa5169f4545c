internal import Foundation

/// How a browser is set up when it starts.
public struct BrowserOptions: Sendable {
  /// The page's width and height in CSS pixels.
  public var size: (width: Int, height: Int)
  /// What `Accept-Language` says.
  public var language: String
  /// Whether pages may run scripts. The driver's own scripts run in any case.
  public var runsScripts: Bool

  /// The letters in which it shows everything.
  public var fonts: FontFamily

  public init(
    size: (width: Int, height: Int) = (1280, 900), language: String = "id", runsScripts: Bool = true,
    fonts: FontFamily = .dejaVu
  ) {
    self.fonts = fonts
    self.size = size
    self.language = language
    self.runsScripts = runsScripts
  }

  var capabilities: JSON {
    var arguments: [JSON] = [
      "--headless=new", "--disable-dev-shm-usage", "--disable-gpu", "--hide-scrollbars", "--mute-audio",
      "--force-device-scale-factor=1", "--no-first-run", "--disable-background-networking",
      "--disable-renderer-backgrounding", "--disable-background-timer-throttling",
      "--disable-backgrounding-occluded-windows",
    ]
    // The screen in the hall may chime without anybody touching it; so may ours.
    arguments.append("--autoplay-policy=no-user-gesture-required")
    // Chromium's sandbox refuses to run as root.
    if geteuid() == 0 { arguments.append("--no-sandbox") }
    var preferences: [String: JSON] = ["intl.accept_languages": .text(language)]
    if !runsScripts { preferences["profile.managed_default_content_settings.javascript"] = 2 }
    let chrome: JSON = ["args": .list(arguments), "prefs": .object(preferences)]
    return [
      "capabilities": [
        "alwaysMatch": [
          "browserName": "chrome", "goog:chromeOptions": chrome, "goog:loggingPrefs": ["browser": "ALL"],
          "timeouts": ["script": 20_000, "pageLoad": 30_000, "implicit": 0],
        ]
      ]
    ]
  }
}
