import Client
import Core
import HTML
import Web
import XCTest

/// Damage to the data is told to those who can have it mended.
final class DamageNoticeTests: ServingTestCase {
  func testOfficersAreToldOfDamageWhileItLastsAndVisitorsAreNot() async throws {
    let routes = [
      Route(.get, "/petugas/isi", for: .officers(with: .serve)) {
        .page($0, title: "Isi", face: .console) { h1 { "Isi" } }
      },
      Route(.get, "/isi", for: .everyone) { .page($0, title: "Isi") { h1 { "Isi" } } },
    ]
    let notice = try Self.locales().words(.indonesian)("layout.damage.title")
    for isDamaged in [true, false] {
      let port = try serve(routes) { $0.isDataDamaged = { isDamaged } }.port
      let (officer, visitor) = try await offPool {
        let browser = Browser(port: port)
        browser.setCookie("petugas", "T0KENCLERK")
        return (try browser.get("/petugas/isi").text, try Browser(port: port).get("/isi").text)
      }
      XCTAssertEqual(officer.contains(notice), isDamaged)
      XCTAssertFalse(visitor.contains(notice))
    }
  }
}
