import Client
import Foundation
import XCTest

/// Any one module can be left out, and the rest is served.
final class ModuleTests: XCTestCase {
  /// A page that is public or leads to sign-in.
  private struct Page {
    let path: String
    /// How it is answered to a reader who is not signed in.
    var status = 200
    /// The modules without which it has nothing to show, beside its own.
    var needs: Set<String> = []
  }

  /// A page of each module, which must be gone with it.
  private static let pages: [String: Page] = [
    "catalogue": Page(path: "/layanan"),
    "registration": Page(path: "/permohonan/123456789092"),
    "queue": Page(path: "/antrean"),
    "stops": Page(path: "/petugas/ruang/henti", status: 303, needs: ["queue"]),
    "appointments": Page(path: "/janji", needs: ["queue"]),
    "displays": Page(path: "/display", needs: ["queue"]),
    "reports": Page(path: "/petugas/laporan", status: 303, needs: ["queue"]),
    "tracking": Page(path: "/lacak"),
    "feedback": Page(path: "/pengaduan"),
    "accessibility": Page(path: "/bantuan-akses"),
    "officers": Page(path: "/petugas/masuk"),
    "privacy": Page(path: "/verifikasi"),
    "guides": Page(path: "/tanya-jawab"),
  ]
  /// Modules whose pages are all another one's, and which.
  private static let withoutPages = ["documents": "registration"]

  /// Every module that `gapura.json5` names as it is shipped: what can be left out.
  private static func shipped() throws -> [String] {
    struct File: Decodable { let modules: [String: Bool] }
    let decoder = JSONDecoder()
    decoder.allowsJSON5 = true
    let path = OfficeProcess.repository.appendingPathComponent("etc/gapura/gapura.json5")
    let modules = try decoder.decode(File.self, from: Data(contentsOf: path)).modules.keys.sorted()
    XCTAssertGreaterThan(modules.count, 10)
    return modules
  }

  func testAPageOfEveryModuleThatCanBeLeftOutIsTried() throws {
    let tried = Set(Self.pages.keys).union(Self.withoutPages.keys)
    XCTAssertEqual(try Self.shipped(), tried.sorted(), "name a page of it, or say whose they are")
  }

  func testEveryModuleIsOnTheHealthPage() throws {
    let (office, _) = try openOffice()
    let health = try Browser(port: office.hallPort).get("/kesehatan")
    XCTAssertEqual(health.status, 200)
    XCTAssertTrue(health.text.hasPrefix("ok\n"), health.text)
    for module in try Self.shipped() + ["vault"] {
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

  func testTheRestIsServedWithoutAnyOneModule() throws {
    for module in try Self.shipped() {
      let office = try closedOffice()
      try office.switchOff(module)
      try office.liftRates()
      try office.start()
      let browser = Browser(port: office.port)

      let health = try Browser(port: office.hallPort).get("/kesehatan").text
      XCTAssertFalse(health.contains("\(module):"), "\(module) is switched off and yet there")
      XCTAssertEqual(try browser.get("/").status, 200, "home without \(module)")
      for (other, page) in Self.pages where other == module || other != "registration" {
        let isGone = other == module || page.needs.contains(module)
        XCTAssertEqual(try browser.get(page.path).status, isGone ? 404 : page.status, "\(page.path) without \(module)")
        guard isGone else { continue }
        XCTAssertFalse(
          try browser.get("/").text.contains("href=\"\(page.path)\""), "a menu entry leads nowhere without \(module)")
      }
      try followLinks(in: office, without: module)
      if module == "queue" { try assertNumbersArePromisedNowhere(office) }
      XCTAssertEqual(office.stop(), 0, office.log)
    }
  }

  /// An office that gives no numbers sends no person to take one.
  private func assertNumbersArePromisedNowhere(_ office: OfficeProcess) throws {
    let visitor = HallVisitor(port: office.port)
    let receipt = "/permohonan/\(try visitor.apply(person: 2))"
    for path in ["/", "/layanan/paspor-hilang", "/bantuan-akses", "/tanya-jawab", receipt] {
      let page = try visitor.browser.get(path).text
      for promised in ["nomor antrean", "mengambil nomor", "Ambil nomor"] {
        XCTAssertFalse(page.contains(promised), "\(path) without the queue says \(promised)")
      }
    }
  }

  /// Goes wherever links lead, as an applicant with a number and as a supervisor.
  private func followLinks(in office: OfficeProcess, without module: String) throws {
    let visitor = HallVisitor(port: office.port)
    var starts = ["/"]
    if module != "catalogue", module != "registration" {
      let application = try visitor.apply(person: 1)
      starts.append("/permohonan/\(application)")
      if module != "queue" { starts.append("/tiket/\(try visitor.takeNumber(application: application).code)") }
    }
    for language in ["id", "en"] {
      visitor.browser.headers = [("Accept-Language", language)]
      let pages = try LinkWalk(visitor.browser, from: starts).pages()
      XCTAssertGreaterThan(pages.count, 12, "\(pages.keys)")
      assertNoneIsMissing(pages, without: module)
    }
    guard module != "officers" else { return }
    let supervisor = try office.seatOfficer("budi", role: "supervisor", at: module == "queue" ? nil : 1)
    let pages = try LinkWalk(supervisor, from: ["/petugas"]).pages()
    XCTAssertGreaterThan(pages.keys.filter { $0.hasPrefix("/petugas/") }.count, 3, "\(pages.keys)")
    assertNoneIsMissing(pages, without: module)
  }

  private func assertNoneIsMissing(_ pages: [String: LinkWalk.Visit], without module: String) {
    for (path, visit) in pages where visit.status >= 400 {
      XCTFail("without \(module), \(visit.origin) leads to \(path): \(visit.status)")
    }
  }
}
