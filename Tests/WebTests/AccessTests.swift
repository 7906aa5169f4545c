import Client
import Core
import HTML
import Web
import XCTest

/// Which officers may call a route, and what an officer who only reads is shown.
final class AccessTests: ServingTestCase {
  private var routes: [Route] {
    [
      Route(.get, "/petugas/saya", for: .signedIn) { request in
        .page(request, title: "Saya", face: .console) { h1 { "Saya" } }
      },
      Route(.get, "/petugas/ruang", for: .officers(with: .hall)) { _ in .text("ruang") },
      Route(.post, "/petugas/ruang", for: .officers(with: .hall)) { _ in .text("ditutup") },
      Route(.get, "/petugas/permohonan", for: .officers(with: .cases)) { _ in .text("berkas") },
    ]
  }

  /// What each of them gets: the officer's own page, the hall's page and form, and a case.
  private func statuses(_ token: String) async throws -> [Int] {
    let port = try serve(routes).port
    return try await offPool {
      let browser = Browser(port: port)
      browser.setCookie("petugas", token)
      return [
        try browser.get("/petugas/saya").status, try browser.get("/petugas/ruang").status,
        try browser.post("/petugas/ruang", [:]).status, try browser.get("/petugas/permohonan").status,
      ]
    }
  }

  func testARouteAsksForItsRightAndAReaderMaySendNothing() async throws {
    let wanted: [(token: String, statuses: [Int])] = [
      ("T0KENSUPERVISOR", [200, 200, 200, 200]), ("T0KENCLERK", [200, 403, 403, 200]),
      ("T0KENAUDITOR", [200, 200, 403, 403]), ("T0KENNONE", [200, 403, 403, 403]),
    ]
    for (token, statuses) in wanted {
      let found = try await self.statuses(token)
      XCTAssertEqual(found, statuses, token)
    }
  }

  func testAnOfficerWhoOnlyReadsIsToldSoOnEveryPage() async throws {
    let port = try serve(routes).port
    let words = try Self.locales().words(.indonesian)
    for (token, isTold) in [("T0KENAUDITOR", true), ("T0KENCLERK", false), ("T0KENNONE", false)] {
      let page = try await offPool {
        let browser = Browser(port: port)
        browser.setCookie("petugas", token)
        return try browser.get("/petugas/saya")
      }
      XCTAssertEqual(page.text.contains(words("layout.read-only.title")), isTold, token)
    }
  }

  func testTheRolesOfAnOfficerStandBesideTheirName() async throws {
    let officer = SignedInOfficer(id: OfficerID(3), rights: Rights([.clerk, Role.head.ofStandIn]), name: "Sari")
    let port = try serve(routes) { $0.gatekeeper = TestGatekeeper(officers: ["T0KEN": officer]) }.port
    let page = try await offPool {
      let browser = Browser(port: port)
      browser.setCookie("petugas", "T0KEN")
      return try browser.get("/petugas/saya")
    }
    XCTAssertTrue(page.text.contains("Petugas loket, Plh. Kepala kantor"), page.text)
  }
}
