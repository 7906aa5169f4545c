import Client
import Core
import Web
import XCTest

/// What failed, and what an officer was refused, is found again in the journal by what stands on the page.
final class ReferenceTests: ServingTestCase {
  private static let routes = [
    Route(.get, "/penuh/:nama", for: .everyone) { _ in throw Problem(.unavailable, "unavailable") },
    Route(.get, "/petugas/tiada/:nama", for: .officers(with: .serve)) { _ in throw Problem(.notFound, "not-found") },
    Route(.get, "/petugas/laporan", for: .officers(with: .hall)) { _ in .text("laporan") },
    Route(.get, "/tiada", for: .everyone) { _ in throw Problem(.notFound, "not-found") },
  ]

  /// The answer, the journal's lines, and the reference in the last of them.
  private func ask(
    _ path: String, token: String? = nil, accept: String = "text/html"
  ) async throws -> (answer: Answer, lines: [String], reference: String) {
    let log = KeptLog()
    let port = try serve(Self.routes) { $0.log = log }.port
    let answer = try await offPool {
      let browser = Browser(port: port)
      if let token { browser.setCookie("petugas", token) }
      return try browser.request("GET", path, [("Accept", accept)])
    }
    // Security events have lines of their own.
    let lines = log.lines.filter { !$0.contains("security.event=") }
    let reference = lines.last?.split(separator: "=").last.map(String.init) ?? "?"
    return (answer, lines, reference)
  }

  func testFailureOfOursHasItsReferenceOnThePageAndInTheJournal() async throws {
    let (answer, lines, reference) = try await ask("/penuh/3171234567890001")
    XCTAssertEqual(answer.status, 503)
    XCTAssertEqual(
      lines,
      [
        "request not served web.route=GET /penuh/:nama web.status=503 web.problem=unavailable web.reference=\(reference)"
      ])
    XCTAssertEqual(reference.count, 8)
    let words = try Self.locales().words(.indonesian)
    XCTAssertTrue(answer.text.contains(words("web.reference", ["reference": reference])), answer.text)
  }

  func testProblemDocumentNamesItToo() async throws {
    let (answer, _, reference) = try await ask("/penuh/a", accept: "application/json")
    XCTAssertTrue(answer.text.contains("\"reference\":\"\(reference)\""), answer.text)
  }

  func testWhatAnOfficerIsRefusedCanBeFoundAgain() async throws {
    for (path, status, what) in [
      ("/petugas/tiada/siti", 404, "web.route=GET /petugas/tiada/:nama web.status=404 web.problem=not-found"),
      ("/petugas/laporan", 403, "web.route=GET /petugas/laporan web.status=403 web.problem=forbidden"),
      ("/bukan-halaman", 404, "web.route=none web.status=404 web.problem=not-found"),
    ] {
      let (answer, lines, reference) = try await ask(path, token: "T0KENCLERK")
      XCTAssertEqual(answer.status, status, path)
      XCTAssertEqual(lines, ["request of an officer refused \(what) web.reference=\(reference)"], path)
      XCTAssertTrue(answer.text.contains(reference), path)
    }
  }

  func testWhatAVisitorIsRefusedIsNotWrittenDown() async throws {
    for (path, token) in [("/tiada", nil), ("/bukan-halaman", nil), ("/bukan-halaman", "T0KENUNKNOWN")] {
      let (answer, lines, _) = try await ask(path, token: token)
      XCTAssertEqual(answer.status, 404, path)
      XCTAssertEqual(lines, [], path)
    }
  }
}
