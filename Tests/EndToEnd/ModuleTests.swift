import Client
import Foundation
import XCTest

/// Any one module can be left out, and the rest is served.
final class ModuleTests: XCTestCase {
  /// A page of each module that has one that is public or leads to sign-in, and so must be gone with it.
  private static let pages: [String: String] = [
    "catalogue": "/layanan",
    "registration": "/permohonan/123456789092",
    "queue": "/antrean",
    "tracking": "/lacak",
    "feedback": "/pengaduan",
    "accessibility": "/bantuan-akses",
    "officers": "/petugas/masuk",
    "guides": "/tanya-jawab",
  ]

  func testEveryModuleIsOnTheHealthPage() throws {
    let (office, _) = try openOffice()
    let health = try Browser(port: office.hallPort).get("/kesehatan")
    XCTAssertEqual(health.status, 200)
    XCTAssertTrue(health.text.hasPrefix("ok\n"), health.text)
    for module in Self.pages.keys.sorted() + ["vault"] {
      XCTAssertTrue(health.text.contains("\(module): ok"), "\(module) is missing in:\n\(health.text)")
    }
  }

  func testPublicHealthPageIsOneWordAndASupervisorSeesMore() throws {
    let (office, browser) = try openOffice()
    XCTAssertEqual(try browser.get("/kesehatan").text, "ok\n")
    let clerk = try office.seatOfficer("sari", role: "clerk", at: nil)
    XCTAssertEqual(try clerk.get("/kesehatan").text, "degraded\n", "nobody could open an account for another clerk")
    let supervisor = try office.seatOfficer("budi", role: "supervisor", at: nil)
    XCTAssertEqual(try clerk.get("/kesehatan").text, "ok\n")
    XCTAssertTrue(try supervisor.get("/kesehatan").text.contains("queue: ok"))
    let passedOn = try Browser(port: office.hallPort).request("GET", "/kesehatan", [("X-Forwarded-For", "127.0.0.1")])
    XCTAssertEqual(passedOn.text, "ok\n", "a proxy asks for somebody else")

    let (sunday, _) = try openOffice(at: "2026-12-06 10:00")
    XCTAssertEqual(try Browser(port: sunday.port).get("/kesehatan").text, "closed\n")
    XCTAssertEqual(try Browser(port: sunday.port).get("/kesehatan").status, 200, "closed is no fault")
  }

  func testMetricsAreForThisMachineOnly() throws {
    let (office, portal) = try openOffice()
    XCTAssertEqual(try portal.get("/metrics").status, 404, "the portal has them for nobody")
    let browser = Browser(port: office.hallPort)
    let metrics = try browser.get("/metrics")
    XCTAssertEqual(metrics.status, 200)
    XCTAssertTrue(metrics.text.contains("gapura_queue_waiting 0.0\n"), metrics.text)
    XCTAssertTrue(metrics.text.contains("gapura_web_connections{listener=\"hall\"} 1\n"), metrics.text)
    XCTAssertTrue(metrics.text.hasSuffix("# EOF\n"))
    for (field, value) in [
      ("X-Forwarded-For", "192.0.2.1"), ("X-Forwarded-For", "127.0.0.1"), ("Forwarded", "for=127.0.0.1"),
      ("X-Real-IP", "192.0.2.1"), ("X-Forwarded-Proto", "https"), ("Via", "1.1 proxy"),
    ] {
      XCTAssertEqual(try browser.request("GET", "/metrics", [(field, value)]).status, 404, "\(field): \(value)")
    }
    let proxied = try Connection(port: browser.port)
    try proxied.send("GET /metrics HTTP/1.0\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
    XCTAssertEqual(try proxied.readHead().status, 404, "as nginx asks that was told nothing more")
  }

  /// The modules that the shipped `gapura.json5` names.
  private func switches() throws -> [String] {
    let file = try closedOffice().configuration.appendingPathComponent("gapura.json5")
    let list = try String(contentsOf: file, encoding: .utf8).firstMatch(of: /\n  modules: \{([^}]*)\}/)
    return try XCTUnwrap(list).output.1.matches(of: /(\w+): true/).map { String($0.output.1) }
  }

  func testTheRestIsServedWithoutAnyOneModule() throws {
    let modules = try switches()
    XCTAssertEqual(Set(Self.pages.keys).subtracting(modules), [], "a page of a module that cannot be switched off")
    XCTAssertGreaterThan(modules.count, Self.pages.count)
    for module in modules.sorted() {
      let office = try closedOffice()
      try office.switchOff(module)
      try office.start()
      let browser = Browser(port: office.port)

      let health = try Browser(port: office.hallPort).get("/kesehatan").text
      XCTAssertFalse(health.contains("\(module):"), "\(module) is switched off and yet there")
      if let page = Self.pages[module] {
        XCTAssertEqual(try browser.get(page).status, 404, "\(page) without \(module)")
        XCTAssertFalse(
          try browser.get("/").text.contains("href=\"\(page)\""), "a menu entry leads nowhere without \(module)")
      }
      XCTAssertEqual(try browser.get("/").status, 200, "home without \(module)")
      for (other, path) in Self.pages where other != module && other != "registration" {
        XCTAssertEqual(try browser.get(path).status, 200, "\(path) without \(module)")
      }
      XCTAssertEqual(office.stop(), 0, office.log)
    }
  }
}
