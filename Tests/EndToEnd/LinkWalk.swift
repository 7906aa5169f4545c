import Client

/// A reader who opens every page of this portal to which a link leads, each path once.
struct LinkWalk {
  /// How a page was answered.
  struct Visit {
    /// The page that leads there.
    let origin: String
    let status: Int
  }

  /// More than any portal has: a page that always leads to another one ends the walk.
  private static let pageCountMax = 1_000

  private let browser: Browser
  private let starts: [String]

  init(_ browser: Browser, from starts: [String]) {
    self.browser = browser
    self.starts = starts
  }

  /// The pages that it has come to, by their paths.
  func pages() throws -> [String: Visit] {
    var pages: [String: Visit] = [:]
    var ahead = starts.map { (link: $0, origin: "the walk") }
    while let (link, origin) = ahead.popLast() {
      let path = String(link.prefix { $0 != "?" && $0 != "#" })
      guard pages[path] == nil else { continue }
      guard pages.count < Self.pageCountMax else {
        throw HallVisitor.Unexpected(description: "there is no end of pages: \(path)")
      }
      // The language and the look stay: with another one it is the same page.
      let answer = try browser.visit(link.contains("bahasa=") ? path : String(link.prefix { $0 != "#" }))
      pages[path] = Visit(origin: origin, status: answer.status)
      guard answer.header("content-type")?.hasPrefix("text/html") == true else { continue }
      for next in answer.links where next.hasPrefix("/") && !next.hasPrefix("//") { ahead.append((next, path)) }
    }
    return pages
  }
}
