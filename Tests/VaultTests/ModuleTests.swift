import Contracts
import Core
import Expectations
import Foundation
import Store
import VaultHarness
import XCTest

@testable import Vault

final class ModuleTests: XCTestCase {
  private func run(_ module: VaultModule, _ path: [String], _ options: [String: String] = [:]) async throws -> [String]
  {
    let command = try XCTUnwrap(module.commands().first { $0.path == path })
    let input = CommandInput(arguments: [], options: options) { _ in Personal("") }
    return try await command.run(input).lines
  }

  func testTheModuleProvidesItsServicesAndTellsHowItIs() async throws {
    let office = try await VaultOffice()
    let module = try office.module()
    var services = ServiceRegistry()
    module.provide(to: &services)
    for service in VaultModule.provides { XCTAssertTrue(services.has(service), "\(service)") }
    let before = await module.health()
    XCTAssertFalse(before.isHealthy)
    try await module.start()
    let after = await module.health()
    XCTAssertTrue(after.isHealthy, after.detail)
    XCTAssertEqual(after.detail, "canary opens; key-encryption key version 1; 0 ledger entries")
    let metrics = await module.metrics()
    XCTAssertEqual(metrics.map(\.value), [1, 0])
  }

  func testAModuleWhoseCanaryWasExchangedIsNotHealthy() async throws {
    let office = try await VaultOffice()
    let module = try office.module()
    try await module.start()
    try office.tamper("UPDATE vault_canary SET sealed = zeroblob(35)")
    let report = await module.health()
    XCTAssertFalse(report.isHealthy)
  }

  func testCheckSaysThatAllIsWellOrWhichEntryIsNot() async throws {
    let office = try await VaultOffice()
    let module = try office.module()
    let lines = try await run(module, ["vault", "check"])
    XCTAssertEqual(
      lines.prefix(2), ["root key fits; key-encryption key version 1", "ledger intact: 0 entries"])
    XCTAssertNotNil(lines[2].wholeMatch(of: /intact: \d+ pages/), lines[2])
    XCTAssertEqual(lines.dropFirst(3), ["intact: 0 people, each with a key", "intact: 0 sealed records"])
    let vault = module.vault
    try await office.store.write { transaction in
      let subject = try vault.createSubject(in: transaction)
      _ = try vault.open(Contact.self, of: subject, for: .service, as: .officer(OfficerID(1), .clerk), in: transaction)
    }
    try office.tamper("DROP TRIGGER ledger_entries_loses_none; DELETE FROM ledger_entries")
    let refusal = await failure { try await run(module, ["vault", "check"]) }
    XCTAssertEqual((refusal as? Problem)?.code, "vault.ledger-entry-missing")
    XCTAssertEqual((refusal as? Problem)?.arguments, ["entry": "0"])
  }

  func testCheckNamesASealedRecordThatDoesNotOpenAndNothingElseOfIt() async throws {
    let office = try await VaultOffice()
    let vault = try await office.vault()
    let subject = try await office.store.write { transaction in
      let subject = try vault.createSubject(in: transaction)
      try vault.seal(Personal(Biodata.named(subject)), of: subject, in: transaction)
      return subject
    }
    let module = try office.module()
    let lines = try await run(module, ["vault", "check"])
    XCTAssertEqual(lines.last, "intact: 1 sealed records")
    try office.tamper("UPDATE vault_records SET sealed = zeroblob(length(sealed))")
    let refusal = await failure { try await run(module, ["vault", "check"]) }
    XCTAssertEqual((refusal as? Problem)?.code, "store.faults")
    XCTAssertEqual(
      (refusal as? Problem)?.arguments,
      ["count": "1", "list": "  the record biodata of person \(subject) does not open"])
  }

  func testCheckNamesEachPageThatIsDamaged() async throws {
    let office = try await VaultOffice()
    let module = try office.module()
    _ = try await run(module, ["vault", "check"])
    // A reader that is just at it keeps the log from being carried over, and what lies there would mend the pages again.
    let log = "\(office.databasePath)-wal"
    let deadline = ContinuousClock.now + .seconds(30)
    repeat {
      try office.tamper("PRAGMA wal_checkpoint(TRUNCATE)")
      XCTAssertLessThan(ContinuousClock.now, deadline, "the log is never empty")
    } while ((try FileManager.default.attributesOfItem(atPath: log)[.size] as? Int) ?? 0) > 0
      && ContinuousClock.now < deadline
    let file = try FileHandle(forUpdating: URL(fileURLWithPath: office.databasePath))
    let pageCount = Int(try file.seekToEnd() / 4096)
    // Pages in the middle, in which nothing may stand: they are read all the same.
    for page in [pageCount - 1, pageCount - 3] {
      try file.seek(toOffset: UInt64(page * 4096 + 100))
      try file.write(contentsOf: Data("damage".utf8))
    }
    try file.close()
    let refusal = await failure { try await run(module, ["vault", "check"]) }
    XCTAssertEqual((refusal as? Problem)?.code, "store.faults", "\(String(describing: refusal))")
    let list = (refusal as? Problem)?.arguments["list"] ?? ""
    for page in [pageCount, pageCount - 2] {
      XCTAssertTrue(list.contains("page \(page) is damaged"), list)
      let isTold = office.log.lines.contains { $0.contains("damage-found") && $0.contains("\"\(page)\"") }
      XCTAssertTrue(isTold, "\(page): \(office.log.lines)")
    }
  }

  func testInitMakesAKeyOnceAndNeverForADatabaseThatHasOne() async throws {
    let office = try await VaultOffice()
    let module = try office.module()
    try FileManager.default.removeItem(atPath: office.source.developmentFile)
    _ = try await run(module, ["vault", "init"])
    let again = await failure { try await run(module, ["vault", "init"]) }
    XCTAssertEqual((again as? Problem)?.code, "vault.root-key-exists")
    try await module.start()
    try FileManager.default.removeItem(atPath: office.source.developmentFile)
    let begun = await failure { try await run(module, ["vault", "init"]) }
    XCTAssertEqual((begun as? Problem)?.code, "vault.already-begun")
    let strange = await failure { try await run(module, ["vault", "init"], ["fiel": "/x"]) }
    XCTAssertTrue(strange is UsageError)
  }

  func testInitWorksBeforeTheTablesAreThere() async throws {
    let directory = try temporaryDirectory()
    let store = try Store.open(at: "\(directory)/gapura.db", clock: SystemClock(), log: SilentLog())
    var services = ServiceRegistry()
    services.provide(Store.self, store)
    services.provide((any WallClock).self, SystemClock())
    services.provide((any RandomSource).self, SystemRandom())
    services.provide((any Log).self, SilentLog())
    services.provide(RootKeySource.self, RootKeySource(credentialsDirectory: nil, stateDirectory: directory))
    _ = try await run(try VaultModule(services: services), ["vault", "init"])
    XCTAssertTrue(FileManager.default.fileExists(atPath: "\(directory)/\(RootKeySource.name)"))
  }
}
