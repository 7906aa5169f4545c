import Contracts
import Core
import Crypto
import Expectations
import Foundation
import Store
import VaultHarness
import XCTest

@testable import Vault

final class RingTests: XCTestCase {
  private func run(
    _ module: VaultModule, _ path: [String], _ arguments: [String] = [], _ options: [String: String] = [:]
  )
    async throws -> [String]
  {
    let command = try XCTUnwrap(module.commands().first { $0.path == path })
    return try await command.run(CommandInput(arguments: arguments, options: options) { _ in Personal("") }).lines
  }

  private func names(_ people: [SubjectID], _ office: VaultOffice, _ vault: Vault) async throws -> [String?] {
    var names: [String?] = []
    for subject in people { names.append(try await office.name(of: subject, vault)) }
    return names
  }

  // MARK: Rotation

  func testRotationLeavesEveryoneReadableAndOneVersion() async throws {
    let office = try await VaultOffice()
    let vault = try await office.vault()
    let people = try await office.settle(700, vault)
    let lines = try await run(try office.module(), ["vault", "rotate"])
    XCTAssertTrue(lines[0].contains("version 2"), lines[0])
    XCTAssertEqual(try office.number("SELECT count(*) FROM ledger_entries WHERE kind = 'rotation'"), 1)
    XCTAssertEqual(try office.number("SELECT count(*) FROM ring.keyring_keks"), 1)
    XCTAssertEqual(try office.number("SELECT min(kek_version) FROM ring.keyring_keys"), 2)
    // The service that was running all the time reads on, and gives new people the new version.
    let before = try await names(people, office, vault)
    XCTAssertEqual(before, people.map { "Person \($0)" })
    let newcomers = try await office.settle(300, vault)
    XCTAssertEqual(try office.number("SELECT count(DISTINCT kek_version) FROM ring.keyring_keys"), 1)
    let after = try await names(newcomers, office, try await office.vault())
    XCTAssertEqual(after, newcomers.map { "Person \($0)" })
  }

  func testBothVersionsOpenWhileARotationIsUnderWay() async throws {
    let office = try await VaultOffice()
    let vault = try await office.vault()
    let people = try await office.settle(3 * Rotation.batchCount, vault)
    // Another process rotates: its own connection to the same files.
    let other = try await office.vault()
    let watch: @Sendable () throws -> Int = {
      var looked = 0
      _ = try Rotation(other.opened.keyRing).run { progress in
        guard progress.done == Rotation.batchCount else { return }
        for subject in [people.min(), people.max()].compactMap({ $0 }) {
          if (try? vault.opened.keyRing.dataKey(of: subject)) != nil { looked += 1 }
        }
      }
      return looked
    }
    let looked = try await office.module().onQueue("test", watch)
    XCTAssertEqual(looked, 2)
  }

  func testANewRootKeyTakesTheOldOnesPlaceWithoutAStop() async throws {
    let office = try await VaultOffice()
    let vault = try await office.vault()
    let people = try await office.settle(40, vault)
    try await office.store.write { transaction in
      try vault.seal(Personal(Biodata.sample), of: people[0], in: transaction)
    }
    // Where there is none yet the command makes it.
    let path = "\(office.directory)/new-root-key"
    let said = try await run(try office.module(), ["vault", "rotate"], [], ["new-root-key": path])
      .joined(separator: "\n")
    for advice in [
      "copy the key ring now", "systemctl start gapura-backup.service", "gapura vault backup-ring DIRECTORY",
      "keep the old root key, or its shares", "(30 days)", "move the old one away",
    ] { XCTAssertTrue(said.contains(advice), "\(advice): \(said)") }
    XCTAssertEqual(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int, 0o600)
    XCTAssertEqual(try office.number("SELECT count(*) FROM ring.keyring_roots"), 2)
    // Who holds the old one goes on, also with people who come now.
    let running = try await names(people.suffix(39), office, vault)
    XCTAssertEqual(running, people.suffix(39).map { "Person \($0)" })
    _ = try await office.settle(20, vault)
    let files = FileManager.default
    try files.removeItem(atPath: office.source.developmentFile)
    try files.moveItem(atPath: path, toPath: office.source.developmentFile)
    let restarted = try await office.vault()
    let after = try await names(people.suffix(39), office, restarted)
    XCTAssertEqual(after, running)
    // Blind indexes do not depend on the root key.
    let found = try await office.store.read { snapshot in
      try restarted.subjects(with: .nik, Personal("3173054107900001"), in: snapshot)
    }
    XCTAssertEqual(found, [people[0]])
  }

  func testOnceStartedAloneWithTheNewRootKeyTheOldOneIsWrong() async throws {
    let office = try await VaultOffice()
    do { _ = try await office.settle(5, try await office.vault()) }
    let files = FileManager.default
    let (path, old) = ("\(office.directory)/new-root-key", "\(office.directory)/old-root-key")
    try RootKeyFile.create(path, library: CryptoLibrary())
    do { _ = try await run(try office.module(), ["vault", "rotate"], [], ["new-root-key": path]) }
    do { _ = try await office.vault() }
    XCTAssertEqual(try office.number("SELECT count(*) FROM ring.keyring_roots"), 2, "the old one still opens")
    try files.moveItem(atPath: office.source.developmentFile, toPath: old)
    try files.moveItem(atPath: path, toPath: office.source.developmentFile)
    do { _ = try await office.vault() }
    XCTAssertEqual(try office.number("SELECT count(*) FROM ring.keyring_roots"), 1)
    try files.removeItem(atPath: office.source.developmentFile)
    try files.moveItem(atPath: old, toPath: office.source.developmentFile)
    let refusal = await failure { try await office.vault() }
    XCTAssertEqual((refusal as? Problem)?.code, "vault.wrong-root-key")
  }

  func testARotationWithoutTheRootKeyThatIsBeingTakenOverIsRefused() async throws {
    let office = try await VaultOffice()
    let vault = try await office.vault()
    let path = "\(office.directory)/new-root-key"
    try RootKeyFile.create(path, library: CryptoLibrary())
    _ = try await run(try office.module(), ["vault", "rotate"], [], ["new-root-key": path])
    let refusal = await failure { try await run(try office.module(), ["vault", "rotate"]) }
    XCTAssertEqual((refusal as? Problem)?.code, "vault.root-key-unfinished")
    _ = try await run(try office.module(), ["vault", "rotate"], [], ["new-root-key": path])
    _ = try await office.settle(1, vault)
  }

  // MARK: Erasure

  func testAnErasedPersonIsGoneFromTheFilesAndTheReceiptSaysUntilWhenFromTheBackups() async throws {
    let office = try await VaultOffice()
    let vault = try await office.vault()
    let people = try await office.settle(3, vault)
    let sealed = try await office.store.write { transaction in
      try vault.seal(Personal(Contact.sample), of: people[1], in: transaction)
      return try transaction.rows("SELECT sealed FROM vault_records WHERE subject = \(people[1])") { row in
        try row.get(0) as [UInt8]
      }
    }
    let wrapped = try await office.wrappedKey(of: people[1], vault)
    let receipt = try await vault.erase(people[1], for: .erasure, as: .officer(OfficerID(9), .supervisor))
    XCTAssertEqual(receipt.goneBy, vault.zone.date(of: office.clock.now).adding(days: 31))
    XCTAssertFalse(receipt.isComplete(on: vault.zone.date(of: office.clock.now)))
    XCTAssertTrue(receipt.isComplete(on: receipt.goneBy))
    let left = try await names(people, office, vault)
    XCTAssertEqual(left, ["Person \(people[0])", nil, "Person \(people[2])"])
    let found = try await office.store.read { snapshot in
      (
        try snapshot.value("SELECT count(*) FROM vault_subjects") as Int?,
        try snapshot.value("SELECT count(*) FROM vault_blind_index WHERE subject = \(people[1])") as Int?,
        try vault.receipt(ofErased: people[1], in: snapshot), try vault.receipt(ofErased: people[0], in: snapshot)
      )
    }
    XCTAssertEqual(found.0, 3, "statistics count on")
    XCTAssertEqual(found.1, 0)
    XCTAssertEqual(found.2, receipt)
    XCTAssertNil(found.3)
    await office.store.close()
    for name in ["keyring.db", "keyring.db-wal", "gapura.db", "gapura.db-wal"] {
      guard let content = FileManager.default.contents(atPath: "\(office.directory)/\(name)") else { continue }
      for bytes in sealed + [wrapped] {
        XCTAssertNil(content.range(of: Data(bytes.suffix(40))), "what was destroyed still stands in \(name)")
      }
    }
  }

  func testErasingTwiceGivesTheFirstReceiptAndSealingAfterwardsIsRefused() async throws {
    let office = try await VaultOffice()
    let vault = try await office.vault()
    let people = try await office.settle(1, vault)
    let first = try await vault.erase(people[0], for: .erasure, as: .system("test"))
    office.clock.advance(by: .hours(50))
    let second = try await vault.erase(people[0], for: .erasure, as: .system("test"))
    XCTAssertEqual(first, second)
    let refusal = await failure {
      try await office.store.write { try vault.seal(Personal(Contact.sample), of: people[0], in: $0) }
    }
    XCTAssertEqual((refusal as? Problem)?.code, "vault.unknown-subject")
    let stranger = await failure { try await vault.erase(SubjectID(77), for: .erasure, as: .system("test")) }
    XCTAssertEqual((stranger as? Problem)?.code, "vault.unknown-subject")
  }

  func testAnErasureThatIsRolledBackLeavesThePersonWhole() async throws {
    struct Stop: Error {}
    let office = try await VaultOffice()
    let vault = try await office.vault()
    let people = try await office.settle(1, vault)
    _ = await failure {
      try await office.store.write { transaction in
        _ = try vault.erase(people[0], for: .erasure, as: .system("test"), in: transaction)
        throw Stop()
      }
    }
    try await vault.settleErasures()
    let name = try await office.name(of: people[0], try await office.vault())
    XCTAssertEqual(name, "Person \(people[0])")
  }

  func testErasuresAreReplayedOnAnOlderDataFileAndOnAnOlderRing() async throws {
    let office = try await VaultOffice()
    let people: [SubjectID]
    do {
      let vault = try await office.vault()
      people = try await office.settle(6, vault)
      _ = try await run(try office.module(), ["vault", "backup-ring"], [office.directory])
      try office.tamper("VACUUM INTO '\(office.directory)/before.db'")
      _ = try await vault.erase(people[2], for: .erasure, as: .system("test"))
    }
    let left = people.map { $0 == people[2] ? nil : "Person \($0)" }
    // Today's ring beside the data of before.
    let restored = try await VaultOffice(restoring: "\(office.directory)/before.db", besideTheRingOf: office)
    let lines = try await run(try restored.module(), ["vault", "replay-erasures"])
    XCTAssertTrue(lines[0].hasPrefix("1 erased again in the data file; 0 keys"), lines[0])
    let data = try await names(people, restored, try await restored.vault())
    XCTAssertEqual(data, left)
    // The ring of before beside today's data: the key that came back with it is destroyed.
    let copy = try XCTUnwrap(
      try FileManager.default.contentsOfDirectory(atPath: office.directory).first { $0.hasPrefix("keyring-") })
    let older = try await VaultOffice(restoring: office.databasePath, besideTheRingOf: office)
    for name in ["gapura.db-wal", "keyring.db-wal"] {
      try? FileManager.default.removeItem(atPath: "\(older.directory)/\(name)")
    }
    await office.store.close()
    let files = FileManager.default
    try files.removeItem(atPath: older.databasePath)
    try files.copyItem(atPath: office.databasePath, toPath: older.databasePath)
    for name in ["keyring.db", "keyring.db.witness", "gapura.db.witness"] {
      try? files.removeItem(atPath: "\(older.directory)/\(name)")
    }
    try files.copyItem(atPath: "\(office.directory)/\(copy)", toPath: "\(older.directory)/keyring.db")
    let again = try await VaultOffice(at: older.directory)
    let more = try await run(try again.module(), ["vault", "replay-erasures"])
    XCTAssertTrue(more[0].contains("1 keys destroyed again in the key ring"), more[0])
    XCTAssertEqual(try again.number("SELECT count(*) FROM ring.keyring_keys WHERE subject = \(people[2])"), 0)
    let both = try await names(people, again, try await again.vault())
    XCTAssertEqual(both, left)
  }

  /// An older ring has many keys again that were destroyed: a person looks, as for older data. A kill between an erasure and
  /// its key leaves keys too, but of those that were decided just now.
  func testManyKeysThatCameBackWaitForConfirmationAndTheRestOfAKilledRunDoesNot() async throws {
    for isKilledRun in [false, true] {
      let office = try await VaultOffice()
      let vault = try await office.vault()
      let people = try await office.settle(30, vault)
      for person in people.prefix(25) { _ = try await vault.erase(person, for: .erasure, as: .system("test")) }
      vault.close()
      // As the ring stood before; only the tombstones tell, whatever key it is.
      try office.tamper(
        """
        INSERT INTO ring.keyring_keys (subject, key_version, kek_version, wrapped)
          SELECT t.subject, k.key_version, k.kek_version, k.wrapped FROM ring.keyring_tombstones t, (
            SELECT * FROM ring.keyring_keys LIMIT 1) k;
        DELETE FROM ring.keyring_tombstones;
        UPDATE vault_erasures SET is_settled = \(isKilledRun ? 0 : 1);
        """)
      if !isKilledRun {
        let refusal = await failure { try await office.newVault().open() }
        XCTAssertEqual((refusal as? Problem)?.code, "vault.many-erasures")
        XCTAssertEqual((refusal as? Problem)?.arguments["count"], "25")
        XCTAssertFalse(office.log.lines.contains { $0.contains("erasures will be replayed") })
        XCTAssertEqual(try office.number("SELECT count(*) FROM ring.keyring_tombstones"), 0, "nothing was done")
      }
      let outcome = try await office.newVault().reconcile(isConfirmed: !isKilledRun)
      XCTAssertEqual(outcome?.destroyed, 25)
      XCTAssertEqual(try office.number("SELECT count(*) FROM ring.keyring_tombstones"), 25)
      let said = office.log.lines.filter { $0.hasPrefix("notice erasures") }
      XCTAssertEqual(said.count, 2, "\(said)")
      XCTAssertTrue(said[0].contains("will be replayed") && said[0].contains("\"25\""), "it says first: \(said)")
    }
  }

  // MARK: The two files

  func testKeysOfPeopleWhoNeverCameAreSweptButNotBesideAnOlderDataFile() async throws {
    let office = try await VaultOffice()
    do { _ = try await office.settle(3, try await office.vault()) }
    XCTAssertGreaterThan(try office.number("SELECT count(*) FROM ring.keyring_keys"), 3)
    try office.tamper("VACUUM INTO '\(office.directory)/before.db'")
    do {
      let vault = try await office.vault()
      XCTAssertEqual(try office.number("SELECT count(*) FROM ring.keyring_keys"), 3)
      for _ in 0..<4 { _ = try await office.settle(200, vault) }
    }
    let count = try office.number("SELECT count(*) FROM ring.keyring_keys")
    let restored = try await VaultOffice(restoring: "\(office.directory)/before.db", besideTheRingOf: office)
    let outcome = try await restored.newVault().reconcile()
    XCTAssertEqual(outcome?.age, .dataIsOlder)
    XCTAssertEqual(try restored.number("SELECT count(*) FROM ring.keyring_keys"), count)
  }

  func testALostRingAForeignRingAndAnOlderRingAreEachToldApart() async throws {
    let (office, other) = (try await VaultOffice(), try await VaultOffice())
    let files = FileManager.default
    do {
      _ = try await office.settle(3, try await office.vault())
      _ = try await run(try office.module(), ["vault", "backup-ring"], [office.directory])
      let vault = try await office.vault()
      for _ in 0..<3 { _ = try await office.settle(150, vault) }
      _ = try await other.settle(1, try await other.vault())
    }
    for name in ["keyring.db", "keyring.db-wal", "keyring.db-shm"] {
      try? files.removeItem(atPath: "\(office.directory)/\(name)")
    }
    let missed = await failure { try await office.vault() }
    guard case .rolledBack? = missed as? StoreError else { return XCTFail("\(missed as Any)") }
    try files.removeItem(atPath: "\(office.directory)/keyring.db.witness")
    let lost = await failure { try await office.vault() }
    XCTAssertEqual((lost as? Problem)?.code, "vault.key-ring-missing")
    let copy = try XCTUnwrap(try files.contentsOfDirectory(atPath: office.directory).first { $0.hasPrefix("keyring-") })
    for name in ["keyring.db", "keyring.db-wal", "keyring.db-shm", "keyring.db.witness"] {
      try? files.removeItem(atPath: "\(office.directory)/\(name)")
    }
    try files.copyItem(atPath: "\(office.directory)/\(copy)", toPath: "\(office.directory)/keyring.db")
    let module = try office.module()
    try await module.start()
    let report = await module.health()
    XCTAssertFalse(report.isHealthy)
    XCTAssertTrue(report.detail.contains("people are missing in the key ring"), report.detail)
    // Another office's ring, under the same root key.
    try files.removeItem(atPath: other.source.developmentFile)
    try files.copyItem(atPath: office.source.developmentFile, toPath: other.source.developmentFile)
    for name in ["keyring.db", "keyring.db-wal", "keyring.db-shm", "keyring.db.witness"] {
      try? files.removeItem(atPath: "\(other.directory)/\(name)")
    }
    try files.copyItem(atPath: "\(office.directory)/\(copy)", toPath: "\(other.directory)/keyring.db")
    let foreign = await failure { try await other.vault() }
    XCTAssertEqual((foreign as? Problem)?.code, "vault.foreign-key-ring")
  }

  func testPeopleWithoutKeysAreCountedAtTheStartAndForAsLongAsTheyAreThere() async throws {
    let office = try await VaultOffice()
    do {
      let vault = try await office.vault()
      _ = try await office.settle(8, vault)
      vault.close()
    }
    let early = "\(office.directory)/early.db"
    try office.tamper("VACUUM ring INTO '\(early)'")
    do {
      let vault = try await office.vault()
      _ = try await office.settle(8, vault)
      vault.close()
    }
    let ring = office.source.keyRing.file
    for suffix in ["", "-wal", "-shm", Store.witnessSuffix] {
      try? FileManager.default.removeItem(atPath: ring + suffix)
    }
    try FileManager.default.copyItem(atPath: early, toPath: ring)
    let module = try office.module()
    try await module.start()
    // Another batch comes as far as the lost one was.
    _ = try await office.settle(300, module.vault)
    for _ in 0..<2 {
      let report = await module.health()
      XCTAssertFalse(report.isHealthy)
      XCTAssertTrue(report.detail.contains("the keys of 8 of "), report.detail)
      XCTAssertTrue(report.detail.contains("gapura restore \(office.directory) --ring"), report.detail)
    }
    let missing = try await module.vault.missingKeys()
    XCTAssertEqual(missing, MissingKeys(count: 8, total: 316))
    let checked = await failure { try await self.run(module, ["vault", "check"]) } as? Problem
    XCTAssertTrue(checked?.arguments["list"]?.contains("keys of 8 of 316 people") == true, "\(checked as Any)")
    await module.stop()
  }

  func testNewDataBesideTheKeysOfPeopleIsRefused() async throws {
    let office = try await VaultOffice()
    do {
      let vault = try await office.vault()
      _ = try await office.settle(1, vault)
      vault.close()
    }
    let other = try await VaultOffice()
    for name in ["keyring.db", RootKeySource.name] {
      try? FileManager.default.removeItem(atPath: "\(other.directory)/\(name)")
    }
    try office.tamper("VACUUM ring INTO '\(other.directory)/keyring.db'")
    try FileManager.default.copyItem(
      atPath: office.source.developmentFile, toPath: other.source.developmentFile)
    let refusal = await failure { try await other.vault() } as? Problem
    XCTAssertEqual(refusal?.code, "state.data-missing")
  }

  func testARootKeyThatIsMissingBesideDataIsALostOne() async throws {
    let office = try await VaultOffice()
    try FileManager.default.removeItem(atPath: office.source.developmentFile)
    let fresh = await failure { try await office.vault() } as? Problem
    XCTAssertEqual(fresh?.code, "vault.root-key-missing")
    try RootKeyFile.create(office.source.developmentFile, library: CryptoLibrary())
    try await office.vault().close()
    try FileManager.default.removeItem(atPath: office.source.developmentFile)
    let lost = await failure { try await office.vault() } as? Problem
    XCTAssertEqual(lost?.code, "vault.root-key-lost")
  }

  func testRingCopiesAreForTheirOwnerOnlyAndGoWhenTheirTimeIsOver() async throws {
    let office = try await VaultOffice()
    do { _ = try await office.settle(2, try await office.vault()) }
    let directory = try temporaryDirectory()
    _ = FileManager.default.createFile(atPath: "\(directory)/keyring-notes.db", contents: Data())
    let module = try office.module()
    let first = try await run(module, ["vault", "backup-ring"], [directory])
    let path = try XCTUnwrap(first[0].split(separator: " ")[4].split(separator: ",").first.map(String.init))
    XCTAssertEqual(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int, 0o600)
    XCTAssertTrue(path.contains("keyring-2026-11-18-"), path)
    office.clock.advance(by: .hours(24 * 30))
    _ = try await run(module, ["vault", "backup-ring"], [directory])
    XCTAssertEqual(try FileManager.default.contentsOfDirectory(atPath: directory).count, 3)
    office.clock.advance(by: .hours(1))
    let third = try await run(module, ["vault", "backup-ring"], [directory])
    XCTAssertEqual(third.count, 2)
    XCTAssertFalse(FileManager.default.fileExists(atPath: path))
    XCTAssertTrue(FileManager.default.fileExists(atPath: "\(directory)/keyring-notes.db"))
    _ = FileManager.default.createFile(atPath: "\(directory)/file", contents: Data())
    let again = await failure { try await run(module, ["vault", "backup-ring"], ["\(directory)/file/none"]) }
    XCTAssertEqual((again as? Problem)?.code, "vault.key-ring-unusable")
  }

  func testTheDirectoryOfRingCopiesIsMadeForItsOwnerOnly() async throws {
    let office = try await VaultOffice()
    do { _ = try await office.settle(2, try await office.vault()) }
    let directory = "\(try temporaryDirectory())/far/ring"
    _ = try await run(try office.module(), ["vault", "backup-ring"], [directory])
    XCTAssertEqual(try FileManager.default.attributesOfItem(atPath: directory)[.posixPermissions] as? Int, 0o700)
    XCTAssertEqual(try FileManager.default.contentsOfDirectory(atPath: directory).count, 1)
  }

  /// Copies it once a day.
  private func copyRing(forDays count: Int, of office: VaultOffice, by module: VaultModule, to directory: String)
    async throws
  {
    for _ in 0..<count {
      _ = try await run(module, ["vault", "backup-ring"], [directory])
      office.clock.advance(by: .hours(24))
    }
  }

  /// An office whose ring has been copied on three days, and the directory of the copies.
  private func copiedForThreeDays() async throws -> (office: VaultOffice, module: VaultModule, directory: String) {
    let office = try await VaultOffice()
    do { _ = try await office.settle(2, try await office.vault()) }
    let directory = try temporaryDirectory()
    let module = try office.module()
    try await copyRing(forDays: 3, of: office, by: module, to: directory)
    return (office, module, directory)
  }

  func testNoRingCopyIsDeletedOnADoubtfulDateAndOneFromTheFutureGoesInItsTime() async throws {
    let (office, module, directory) = try await copiedForThreeDays()
    let kept = { try FileManager.default.contentsOfDirectory(atPath: directory).sorted() }
    let before = try kept()
    let years = Duration.hours(24 * 3835)
    office.clock.advance(by: years)
    office.clock.doubt(.ahead(years))
    let said = try await run(module, ["vault", "backup-ring"], [directory])
    XCTAssertEqual(try kept().filter(before.contains), before, "\(said)")
    XCTAssertEqual(try kept().count, 4)
    XCTAssertTrue(said.last?.contains("nothing was deleted") == true, "\(said)")
    XCTAssertTrue(said.last?.contains("gapura clock trust") == true, "\(said)")
    // Put right: what was made meanwhile counts as made now, and is not for ever the newest one.
    office.clock.advance(by: .zero - years)
    office.clock.doubt(nil)
    let after = try await run(module, ["vault", "backup-ring"], [directory])
    XCTAssertEqual(try kept().count, 5, "\(after)")
    let names = try kept()
    XCTAssertEqual(names.filter { !$0.hasPrefix("keyring-2026-") }.map { $0.contains("+") }, [true], "\(names)")
    let newest = try XCTUnwrap(KeyRingCopies.newest(in: directory))
    XCTAssertTrue(after[0].contains(newest), "\(after)")
    office.clock.advance(by: .hours(24 * 30 + 1))
    _ = try await run(module, ["vault", "backup-ring"], [directory])
    XCTAssertEqual(try kept().count, 1)
  }

  /// A person confirmed the date of a machine whose battery was empty.
  func testRingCopiesOutliveADateThatWasConfirmedTooEarly() async throws {
    let (office, module, directory) = try await copiedForThreeDays()
    let kept = { try FileManager.default.contentsOfDirectory(atPath: directory).sorted() }
    let moments = { (names: [String]) in Set(names.map { $0.prefix { !"+.".contains($0) } }) }
    let before = moments(try kept())
    XCTAssertEqual(before.count, 3)
    let years = Duration.hours(24 * 2000)
    office.clock.advance(by: .zero - years)
    try await copyRing(forDays: 3, of: office, by: module, to: directory)
    XCTAssertTrue(moments(try kept()).isSuperset(of: before))
    office.clock.advance(by: years - .hours(24 * 3))
    let said = try await run(module, ["vault", "backup-ring"], [directory])
    XCTAssertTrue(moments(try kept()).isSuperset(of: before), "\(said)")
    XCTAssertEqual(try kept().count, 4, "those of the wrong days are years old")
    let newest = try XCTUnwrap(KeyRingCopies.newest(in: directory))
    XCTAssertTrue(said[0].contains(newest), "\(said)")
    office.clock.advance(by: .hours(24 * 30 + 1))
    _ = try await run(module, ["vault", "backup-ring"], [directory])
    XCTAssertEqual(try kept().count, 1, "each goes in its own time")
  }
}
