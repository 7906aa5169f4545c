import Client
import Contracts
import Core
import ModuleHarness
import Web
import XCTest

@testable import Officers

/// What supervisors see of a storm of failed sign-ins.
final class StormPagesTests: XCTestCase {
  /// As many failures as are a storm, each from a network of its own.
  private func storm(at office: StaffedOffice) async {
    for number in 0..<StormRules().failureCount { await office.module.watch.note(from: "jaringan-\(number)") }
  }

  func testSupervisorsAreToldOfAStormAndWhatToDoAndOthersAreNot() async throws {
    for language in ["id", "en"] {
      try await serving { office, served in
        let words = office.base.locales.words(language == "id" ? .indonesian : .english)
        try await office.add("siti", role: .supervisor)
        try await office.add("budi")
        let supervisor = await served.visitor(language, as: try office.enter("siti").exposed)
        let clerk = await served.visitor(language, as: try office.enter("budi").exposed)
        let quiet = try await supervisor.get("/petugas")
        XCTAssertFalse(quiet.text.contains(words("officers.storm.title")))
        await storm(at: office)
        for path in ["/petugas", "/petugas/akun"] {
          let page = try await supervisor.get(path)
          XCTAssertEqual(page.faults, [])
          for key: MessageKey in ["officers.storm.title", "officers.storm.act"] {
            XCTAssertTrue(page.text.contains(words(key)), "\(path): \(words(key))")
          }
        }
        let other = try await clerk.get("/petugas")
        XCTAssertFalse(other.text.contains(words("officers.storm.title")))

        office.base.clock.advance(by: .minutes(11))
        await office.module.watch.look()
        let after = try await supervisor.get("/petugas")
        XCTAssertEqual(after.faults, [])
        XCTAssertTrue(after.text.contains(words("officers.storm.over")))
        XCTAssertFalse(after.text.contains(words("officers.storm.title")))
      }
    }
  }

  func testHealthAndMetricsSayWhetherAStormLasts() async throws {
    let office = try await StaffedOffice()
    try await office.add("siti", role: .supervisor)
    func told() async throws -> (isDegraded: Bool, isStorm: Double, failures: Double) {
      let (health, metrics) = (await office.module.health(), await office.module.metrics())
      func value(_ name: String) throws -> Double {
        try XCTUnwrap(metrics.first { $0.name.description == name }?.value)
      }
      XCTAssertTrue(health.isHealthy)
      return (health.isDegraded, try value("gapura_signin_storm"), try value("gapura_signin_failures"))
    }
    let before = try await told()
    XCTAssertEqual([before.isStorm, before.failures], [0, 0])
    XCTAssertFalse(before.isDegraded)
    await storm(at: office)
    let during = try await told()
    XCTAssertEqual([during.isStorm, during.failures], [1, 60])
    XCTAssertTrue(during.isDegraded)
    let detail = await office.module.health().detail
    XCTAssertTrue(detail.contains("/petugas/akun"), detail)
    office.base.clock.advance(by: .minutes(11))
    await office.module.watch.look()
    let after = try await told()
    XCTAssertEqual([after.isStorm, after.failures], [0, 60])
    XCTAssertFalse(after.isDegraded)
  }

  private func serving(_ body: (StaffedOffice, ServedModule) async throws -> Void) async throws {
    let office = try await StaffedOffice()
    let served = try ServedModule(
      office.module.routes(), navigation: office.module.navigation(), gatekeeper: office.gatekeeper, in: office.base)
    try await served.whileServing { try await body(office, served) }
  }
}
