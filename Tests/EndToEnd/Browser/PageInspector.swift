import Core
import WebDriver
import XCTest

/// What every visited page has to keep, for every reader.
struct PageInspector {
  /// Pages must come over a weak line: design's bound for a page's HTML.
  private static let htmlByteCountMax = 50_000

  let session: BrowserSession
  let origin: String
  let language: Language
  var file: StaticString = #filePath
  var line: UInt = #line

  /// Looks at the page that is shown.
  ///
  /// - Parameters:
  ///   - status: what the server answered; the console notes any but a good one.
  func check(_ page: String, status: Int = 200) throws {
    try session.wait(for: "\(page) is loaded") { try session.run("return document.readyState").string == "complete" }
    let facts = try session.run(Self.facts)
    XCTAssertEqual(facts["language"].string, language.rawValue, "\(page): language", file: file, line: line)
    let bytes = Int(facts["bytes"].double ?? 0)
    XCTAssertGreaterThan(bytes, 0, "\(page): nothing transferred", file: file, line: line)
    XCTAssertLessThanOrEqual(bytes, Self.htmlByteCountMax, "\(page): too large", file: file, line: line)
    let strangers = facts["resources"].strings.filter { !$0.hasPrefix(origin + "/") && !$0.hasPrefix("data:") }
    XCTAssertEqual(strangers, [], "\(page): from another host", file: file, line: line)
    try checkConsole(page, allowing: status == 200 ? [] : ["status of \(status)"])
    try AccessibilityAudit(session: session, file: file, line: line).check(page)
  }

  /// Looks at what the browser's console has said.
  ///
  /// - Parameter expected: parts of lines about the network that belong to the test.
  func checkConsole(_ page: String, allowing expected: [String] = []) throws {
    let lines = try session.takeConsole().filter { line in
      !(line.source == "network" && expected.contains { line.message.contains($0) })
        // The browser says that it did what signing out asks of it.
        && !(line.level == "INFO" && line.message.contains("Clear-Site-Data header"))
    }
    XCTAssertEqual(lines.map(\.description), [], "\(page): console", file: file, line: line)
  }

  private static let facts = """
    const [page] = performance.getEntriesByType('navigation');
    const loaded = performance.getEntriesByType('resource').map(entry => entry.name);
    const named = [...document.querySelectorAll('link[href], script[src], img[src], iframe[src], source[src], use[href]')]
      .map(element => element.href || element.src);
    return { language: document.documentElement.lang, bytes: page.transferSize || page.encodedBodySize,
      resources: [page.name, ...loaded, ...named] };
    """
}
