import Foundation
import XCTest

/// Which acts ask for a fresh proof stands in one table of the documents, and on their routes.
final class FreshRouteTests: XCTestCase {
  /// Begins the table in the page.
  private static let heading = "## Acts that ask for a fresh proof"

  func testTheRoutesThatAskForAFreshProofAreThoseOfTheDocuments() throws {
    let routes = try Repository.sources().flatMap { Self.routes(in: $0.text) }
    XCTAssertGreaterThan(routes.count, 120, "the routes were not found in the sources")
    let page = try String(
      contentsOf: Repository.root.appendingPathComponent("docs/access-and-keys.md"), encoding: .utf8)
    let listed = Self.listed(in: page)
    XCTAssertEqual(Set(routes.filter(\.isFresh).map(\.name)), Set(listed))
    XCTAssertEqual(Set(listed).count, listed.count, "a route stands there twice")
  }

  /// Whatever is done to accounts, and whatever opens a person without a purpose, is among them.
  func testNoFormOnAccountsIsLeftOut() throws {
    let routes = try Repository.sources().flatMap { Self.routes(in: $0.text) }
    let accounts = routes.filter { $0.name.hasPrefix("POST /petugas/akun") || $0.name.hasSuffix("/darurat") }
      .filter { $0.name.hasPrefix("POST") }
    XCTAssertGreaterThanOrEqual(accounts.count, 5)
    for route in accounts { XCTAssertTrue(route.isFresh, route.name) }
  }

  func testARouteIsReadWithItsMark() {
    let text = """
      Route(.get, "/a", for: .everyone) { page($0) },
      Route(
        .post, "/a/:b", for: .officers(with: .serve), fresh: true
      ) { fresh in try await act(fresh) },
      Route(.post, "/c", for: .everyone) { _ in call(fresh: true) }
      """
    XCTAssertEqual(Self.routes(in: text).map(\.name), ["GET /a", "POST /a/:b", "POST /c"])
    XCTAssertEqual(Self.routes(in: text).map(\.isFresh), [false, true, false])
    let page =
      "\(Self.heading)\n\nWords.\n\n| act | route |\n|---|---|\n| one | `GET /a`, `POST /a/:b` |\n\n## More\n`GET /d`"
    XCTAssertEqual(Self.listed(in: page), ["GET /a", "POST /a/:b"])
  }

  private static func routes(in source: String) -> [(name: String, isFresh: Bool)] {
    source.split(separator: "Route(", omittingEmptySubsequences: false).dropFirst().compactMap { text in
      guard let start = text.firstMatch(of: /^\s*\.(get|post),\s*"([^"]+)"/) else { return nil }
      // What is said of the route itself stands before its handler.
      let own = text.prefix { $0 != "{" }
      return ("\(start.output.1.uppercased()) \(start.output.2)", own.contains("fresh: true"))
    }
  }

  /// The routes in the rows of the table below the heading.
  private static func listed(in page: String) -> [String] {
    let lines = page.split(separator: "\n", omittingEmptySubsequences: false)
    let section = lines.drop { $0 != heading }.dropFirst().prefix { !$0.hasPrefix("#") }
    return section.filter { $0.hasPrefix("|") }.flatMap { line in
      line.matches(of: /`((?:GET|POST) [^`]+)`/).map { String($0.output.1) }
    }
  }
}
