internal import Store

/// With what an officer signed in, in words that they know it by: the browser and the system, and no more of what a browser
/// says of itself.
struct DeviceName: Equatable, Sendable {
  /// Nil for one that is not known.
  let browser: String?
  /// Nil for one that is not known.
  let system: String?

  /// What browsers write of themselves (RFC 9110 section 10.1.5). Most name those whose pages they can show as well: the
  /// first of these that is named is the one.
  private static let browsers: KeyValuePairs<String, String> = [
    "Edg": "Edge", "OPR/": "Opera", "SamsungBrowser/": "Samsung Internet", "Firefox/": "Firefox", "FxiOS/": "Firefox",
    "CriOS/": "Chrome", "Chrome/": "Chrome", "Chromium/": "Chromium", "Safari/": "Safari",
  ]
  private static let systems: KeyValuePairs<String, String> = [
    "Windows": "Windows", "Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "CrOS": "ChromeOS",
    "Mac OS X": "macOS", "Linux": "Linux",
  ]

  /// The device that sent this `User-Agent`.
  init(userAgent: String?) {
    let text = userAgent ?? ""
    browser = Self.browsers.first { text.contains($0.key) }?.value
    system = Self.systems.first { text.contains($0.key) }?.value
  }
}

/// Kept as the two names with a stroke between them.
extension DeviceName: SQLValue {
  var sqlCell: SQLCell { .text("\(browser ?? "")/\(system ?? "")") }
  static var sqlType: StaticString { String.sqlType }

  init?(sqlCell: SQLCell) {
    guard let text = String(sqlCell: sqlCell) else { return nil }
    let names = text.split(separator: "/", omittingEmptySubsequences: false).map { $0.isEmpty ? nil : String($0) }
    guard names.count == 2 else { return nil }
    (browser, system) = (names[0], names[1])
  }
}
