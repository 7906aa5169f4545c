import Contracts
import Core
import Expectations
import Foundation
import Store
import VaultHarness
import XCTest

@testable import Vault

final class PolicyTests: XCTestCase {
  private func policy(_ text: String) throws -> VaultPolicy {
    try ConfigurationFile(path: "vault.json5", bytes: Array(text.utf8)).decode(VaultPolicy.self)
  }

  func testTheShippedFileSaysWhatHoldsWithoutOne() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let shipped = try ConfigurationFile.load(
      VaultPolicy.self, from: root.appendingPathComponent("etc/gapura/vault.json5").path)
    XCTAssertEqual(shipped, .shipped)
    XCTAssertEqual(try policy("{}"), .shipped)
    for purpose in Purpose.allCases { XCTAssertNotNil(shipped.openers[purpose], purpose.rawValue) }
    for kind in RecordKind.allCases where kind != .document {
      XCTAssertTrue(shipped.retention.contains { $0.record == kind }, kind.rawValue)
    }
  }

  func testMistakesAreRefusedAtTheirLine() throws {
    let cases = [
      "{ purpose: {} }": "purposes", "{ purposes: { servise: [] } }": "service",
      "{ purposes: { service: [\"casses\"] } }": "cases",
      "{ retention: [{ record: \"biodata\", days: 0, basis: \"x\" }] }": "1",
      "{ retention: [{ record: \"biodata\", days: 9 }] }": "basis",
      "{ retention: [{ record: \"biodata\", days: 9, basis: \"x\" }, { record: \"biodata\", days: 8, basis: \"y\" }] }":
        "entry 1",
      "{ keyRingCopyDays: 1 }": "3", "{ specificPurposes: [\"fun\"] }": "service",
    ]
    for (text, mend) in cases {
      XCTAssertThrowsError(try policy(text), text) { error in
        XCTAssertTrue("\(error)".contains(mend), "\(text): \(error)")
      }
    }
  }

  func testWhatTheFileSaysIsInForceAfterAReload() async throws {
    let office = try await VaultOffice()
    var services = ServiceRegistry()
    services.provide(Store.self, office.store)
    services.provide((any WallClock).self, office.clock)
    services.provide((any RandomSource).self, SystemRandom())
    services.provide((any Log).self, office.log)
    services.provide(RootKeySource.self, office.source)
    services.provide(ConfigurationDirectory.self, ConfigurationDirectory(path: office.directory))
    let module = try VaultModule(services: services)
    XCTAssertTrue(module.vault.policy.allows(.tracking, .kiosk("a"), .biodata))
    let path = "\(office.directory)/vault.json5"
    try "{ purposes: { tracking: [\"applicant\"] } }".write(toFile: path, atomically: true, encoding: .utf8)
    try await module.reload()
    XCTAssertFalse(module.vault.policy.allows(.tracking, .kiosk("a"), .biodata))
    XCTAssertTrue(module.vault.policy.allows(.tracking, .applicant, .biodata))
    try "{ purposes: 7 }".write(toFile: path, atomically: true, encoding: .utf8)
    let refusal = await failure { try await module.reload() }
    XCTAssertTrue(refusal is ConfigurationProblem)
    XCTAssertFalse(module.vault.policy.allows(.tracking, .kiosk("a"), .biodata), "what was in force stays")
  }

  // MARK: Retention

  func testRetentionSaysWhatItWillDoAndThenDoesIt() async throws {
    let office = try await VaultOffice()
    let module = try office.module()
    let vault = module.vault
    try await vault.open()
    let old = try await office.settle(3, vault)
    try await office.store.write { try vault.seal(Personal(Contact.sample), of: old[0], in: $0) }
    office.clock.advance(by: .hours(24 * 732))
    let young = try await office.settle(2, vault)
    let first = try await run(module, [:])
    XCTAssertTrue(
      first.contains { $0.hasPrefix("contact: 1 of 1 records sealed before") && $0.contains("go from") }, "\(first)")
    XCTAssertEqual(try office.number("SELECT count(*) FROM vault_records"), 6, "announced before it goes")
    office.clock.advance(by: .hours(24 * 7))
    let dry = try await run(module, ["dry-run": ""])
    XCTAssertTrue(
      dry.contains { $0.hasPrefix("contact: 1 of 1 records sealed before") && $0.contains("UU 27/2022") }, "\(dry)")
    XCTAssertEqual(try office.number("SELECT count(*) FROM vault_records"), 6)
    _ = try await run(module, [:])
    XCTAssertEqual(try office.number("SELECT count(*) FROM vault_records"), 5)
    XCTAssertEqual(try office.number("SELECT count(*) FROM vault_blind_index"), 0)
    office.clock.advance(by: .hours(24 * 3653 + 1))
    _ = try await run(module, [:])
    office.clock.advance(by: .hours(24 * 7))
    let all = try await run(module, [:])
    XCTAssertEqual(all.last, "5 people had no record left and were erased")
    XCTAssertEqual(try office.number("SELECT count(*) FROM vault_erasures WHERE is_settled = 1"), 5)
    for subject in old + young {
      XCTAssertEqual(try office.number("SELECT count(*) FROM ring.keyring_keys WHERE subject = \(subject)"), 0)
    }
  }

  private func run(_ module: VaultModule, _ options: [String: String]) async throws -> [String] {
    try await module.retentionCommands[0].run(CommandInput(arguments: [], options: options) { _ in Personal("") }).lines
  }

  /// People of a month ago, and a rule that keeps them for nine days.
  private func officeOfMistypedRule(people count: Int) async throws -> (VaultOffice, VaultModule) {
    let office = try await VaultOffice()
    let module = try office.module()
    try await module.vault.open()
    _ = try await office.settle(count, module.vault)
    office.clock.advance(by: .hours(24 * 30))
    module.vault.policy = try policy("{ retention: [{ record: \"biodata\", days: 9, basis: \"x\" }] }")
    return (office, module)
  }

  func testMistypedRuleTakesNothingUntilItsGraceIsOverAndItsShareConfirmed() async throws {
    let (office, module) = try await officeOfMistypedRule(people: 40)
    func count() throws -> Int { try office.number("SELECT count(*) FROM vault_records") }
    let first = try await run(module, ["confirm": ""])
    XCTAssertTrue(first.contains { $0.contains("40 of 40 records") && $0.contains("undo-retention") }, "\(first)")
    XCTAssertEqual(try count(), 40)

    office.clock.advance(by: .hours(24 * 6))
    let undone = try await module.retentionCommands[1].run(
      CommandInput(arguments: [], options: [:]) { _ in Personal("") })
    XCTAssertTrue(undone.lines[0].hasPrefix("40 records"), "\(undone.lines)")
    office.clock.advance(by: .hours(24 * 2))
    _ = try await run(module, ["confirm": ""])
    XCTAssertEqual(try count(), 40, "what was taken back begins anew")

    office.clock.advance(by: .hours(24 * 8))
    let held = try await run(module, [:])
    XCTAssertTrue(held.contains { $0.contains("40 of 40 records") && $0.contains("--confirm") }, "\(held)")
    XCTAssertEqual(try count(), 40, "more than a tenth goes")
    _ = try await run(module, ["confirm": ""])
    XCTAssertEqual(try count(), 0)
  }

  /// A rule that has just been mistyped has announced nothing yet: what is tried must say what the next night will.
  func testTrialSaysWhatTheRulesAsTheyStandWouldAnnounce() async throws {
    let (office, module) = try await officeOfMistypedRule(people: 40)
    let dry = try await run(module, ["dry-run": ""])
    XCTAssertTrue(dry.contains { $0.hasPrefix("biodata: 0 of 40 records would be removed now") }, "\(dry)")
    let announced = try XCTUnwrap(dry.first { $0.contains("would be announced") }, "\(dry)")
    XCTAssertTrue(announced.hasPrefix("biodata: 40 of 40 records sealed before"), announced)
    XCTAssertTrue(announced.contains("go from") && announced.contains("--confirm"), announced)
    XCTAssertEqual(try office.number("SELECT count(*) FROM vault_retention_announced"), 0)

    _ = try await NightlyRetention(vault: module.vault).runIfDue()
    XCTAssertTrue(
      office.log.lines.contains {
        $0.hasPrefix("warning retention announces") && $0.contains("value: \"40\"") && $0.contains("value: \"yes\"")
      }, "\(office.log.lines)")
    let told = try await run(module, ["dry-run": ""])
    XCTAssertFalse(told.contains { $0.contains("would be announced") }, "\(told)")
    XCTAssertTrue(told.contains { $0.contains("40 of 40 records") && $0.contains("are announced") }, "\(told)")

    // The rule is corrected: what the wrong one announced is no longer of its kind.
    module.vault.policy = .shipped
    let corrected = try await run(module, ["dry-run": ""])
    XCTAssertFalse(corrected.contains { $0.contains("announced") }, "\(corrected)")
  }

  func testFewRecordsAreAnnouncedWithAWarningWhereTheyAreMuchOfTheirKind() async throws {
    let (office, module) = try await officeOfMistypedRule(people: 9)
    let dry = try await run(module, ["dry-run": ""])
    XCTAssertTrue(
      dry.contains { $0.hasPrefix("biodata: 9 of 9 records") && $0.contains("announced") && !$0.contains("wait") },
      "\(dry)")
    _ = try await NightlyRetention(vault: module.vault).runIfDue()
    XCTAssertTrue(office.log.lines.contains { $0.hasPrefix("warning retention announces") }, "\(office.log.lines)")
  }

  func testRuleThatIsCorrectedTakesBackWhatTheWrongOneAnnounced() async throws {
    let (office, module) = try await officeOfMistypedRule(people: 5)
    _ = try await run(module, [:])
    module.vault.policy = .shipped
    office.clock.advance(by: .hours(24 * 8))
    let lines = try await run(module, [:])
    XCTAssertEqual(try office.number("SELECT count(*) FROM vault_records"), 5, "\(lines)")
  }

  func testNightThatWouldTakeMuchWaitsAndHealthSaysSo() async throws {
    let office = try await VaultOffice()
    let module = try office.module()
    try await module.vault.open()
    _ = try await office.settle(40, module.vault)
    let nightly = NightlyRetention(vault: module.vault)
    office.clock.advance(by: .hours(24 * 3654))
    _ = try await nightly.runIfDue()
    office.clock.advance(by: .hours(24 * 8))
    let report = try await nightly.runIfDue()
    XCTAssertEqual(report?.recordCount, 0)
    XCTAssertTrue(office.log.lines.contains { $0.hasPrefix("error retention waits") }, "\(office.log.lines)")
    let waiting = try await nightly.waiting()
    XCTAssertEqual(waiting.map(\.recordCount), [40])
    _ = try await Retention(vault: module.vault).run(isConfirmed: true)
    let left = try await nightly.waiting()
    XCTAssertEqual(left, [])
  }

  func testANightsRunIsDueOnceAndIsMadeUpFor() throws {
    let zone = OfficeZone.wib
    let day = try XCTUnwrap(CivilDate(iso: "2026-11-22"))
    func at(_ days: Int, _ hour: Int) -> Instant {
      zone.instant(day.adding(days: days), CivilTime(minuteOfDay: hour * 60))
    }
    XCTAssertFalse(NightlyRetention.isDue(now: at(0, 1), lastDay: nil, in: zone))
    XCTAssertTrue(NightlyRetention.isDue(now: at(0, 2), lastDay: nil, in: zone))
    XCTAssertFalse(NightlyRetention.isDue(now: at(0, 23), lastDay: day, in: zone))
    XCTAssertFalse(NightlyRetention.isDue(now: at(1, 1), lastDay: day, in: zone))
    XCTAssertTrue(NightlyRetention.isDue(now: at(1, 2), lastDay: day, in: zone))
    XCTAssertTrue(NightlyRetention.isDue(now: at(3, 0), lastDay: day, in: zone), "a night was missed")
  }

  /// A person confirmed a wrong date. The run of that night is not the latest one for years.
  func testANightOnAWrongDateKeepsNoLaterOneFromRunning() async throws {
    let office = try await VaultOffice()
    let vault = try await office.vault()
    let nightly = NightlyRetention(vault: vault)
    for (place, text) in ["2037-01-05", "2026-11-24", "2026-11-25"].enumerated() {
      office.clock.set(OfficeZone.wib.instant(try XCTUnwrap(CivilDate(iso: text)), CivilTime(minuteOfDay: 200)))
      if place == 0 { _ = try await office.settle(2, vault) }
      let report = try await nightly.runIfDue()
      XCTAssertNotNil(report, text)
      let again = try await nightly.runIfDue()
      XCTAssertNil(again, text)
    }
    let said = office.log.lines.filter { $0.hasPrefix("warning records were sealed on a date that is still to come") }
    XCTAssertEqual(said.count, 2, "their time is counted from there: \(said)")
  }

  func testTheNightlyRunKeepsOnWhichDayItRan() async throws {
    let office = try await VaultOffice()
    let vault = try await office.vault()
    _ = try await office.settle(1, vault)
    let nightly = NightlyRetention(vault: vault)
    office.clock.set(OfficeZone.wib.instant(try XCTUnwrap(CivilDate(iso: "2040-01-01")), CivilTime(minuteOfDay: 200)))
    let announced = try await nightly.runIfDue()
    XCTAssertEqual(announced?.recordCount, 0)
    XCTAssertTrue(office.log.lines.contains { $0.hasPrefix("warning retention announces") }, "\(office.log.lines)")
    office.clock.advance(by: .hours(24 * 7))
    let first = try await nightly.runIfDue()
    XCTAssertEqual(first?.recordCount, 1)
    XCTAssertEqual(first?.personCount, 1)
    let said = office.log.lines.filter { $0.hasPrefix("notice retention") && !$0.contains("announces") }.suffix(2)
    XCTAssertTrue(said.first?.contains("retention will remove") ?? false, "it says first what it will do: \(said)")
    XCTAssertTrue(said.last?.contains("retention done") ?? false, "\(said)")
    let second = try await nightly.runIfDue()
    XCTAssertNil(second)
  }
}
