import Contracts
import Core
import Foundation
import Store
import VaultHarness
import XCTest

@testable import Vault

/// What the Vault does when older data is put beside a key ring.
final class RestoreTests: XCTestCase {
  private func register(_ vault: Vault, _ store: Store) async throws -> SubjectID {
    try await store.write { try vault.createSubject(in: $0) }
  }

  private func prepare(_ ring: String, knowing data: String, and other: String, _ office: VaultOffice) throws {
    try KnownErasures(data: data, keyRing: other).prepareRing(at: ring, clock: office.clock, log: office.log)
  }

  func testErasureThatAKillKeptFromTheRingIsReplayedInOlderData() async throws {
    let office = try await VaultOffice()
    let vault = try await office.vault()
    let (erased, other) = (try await register(vault, office.store), try await register(vault, office.store))
    let copy = "\(office.directory)/copy.db"
    try Store.copy(office.databasePath, to: copy)
    // Durable in the data and told to the person; the key would be destroyed a moment later.
    try await office.store.write { _ = try vault.erase(erased, for: .erasure, as: .system("test"), in: $0) }
    vault.close()
    let ring = office.source.keyRing.file
    try prepare(ring, knowing: office.databasePath, and: "\(office.directory)/no-ring.db", office)
    try prepare(ring, knowing: office.databasePath, and: ring, office)
    let keys: [SubjectID] = try Store.peek(at: ring) { snapshot in
      try snapshot.rows("SELECT subject FROM keyring_keys") { try $0.get(0) }
    }
    XCTAssertFalse(keys.contains(erased))
    XCTAssertTrue(keys.contains(other))

    let again = try await VaultOffice(restoring: copy, besideTheRingOf: office)
    let proof = try await again.newVault().proveRestored()
    XCTAssertEqual(proof.replayedCount, 1)
  }

  func testKeysOfPeopleWhomOlderDataDoesNotKnowOutliveItsStarts() async throws {
    let office = try await VaultOffice()
    let vault = try await office.vault()
    _ = try await register(vault, office.store)
    let copy = "\(office.directory)/copy.db"
    try Store.copy(office.databasePath, to: copy)
    let later = try await register(vault, office.store)
    vault.close()
    let ring = office.source.keyRing.file
    try prepare(ring, knowing: office.databasePath, and: ring, office)
    let again = try await VaultOffice(restoring: copy, besideTheRingOf: office)
    _ = try await again.vault()
    let count: Int? = try Store.peek(at: again.source.keyRing.file) { snapshot in
      try snapshot.value("SELECT 1 FROM keyring_keys WHERE subject = \(later)")
    }
    XCTAssertEqual(count, 1, "what was there before the restore can come back")
  }

  func testARingThatWasPutBackAndWentOnWithOtherPeopleIsRefusedBesideACopyOfBefore() async throws {
    let office = try await VaultOffice()
    let vault = try await office.vault()
    _ = try await register(vault, office.store)
    let early = "\(office.directory)/early.db"
    try office.tamper("VACUUM ring INTO '\(early)'")
    // More than the keys that were made ahead.
    for _ in 0..<50 { _ = try await register(vault, office.store) }
    let copy = "\(office.directory)/copy.db"
    try Store.copy(office.databasePath, to: copy)
    vault.close()
    let ring = office.source.keyRing.file
    for suffix in ["", "-wal", "-shm", Store.witnessSuffix] {
      try? FileManager.default.removeItem(atPath: ring + suffix)
    }
    try FileManager.default.copyItem(atPath: early, toPath: ring)
    // It comes further than the copy has ever known one.
    let later = try await office.vault()
    for _ in 0..<100 { _ = try await register(later, office.store) }
    later.close()

    let again = try await VaultOffice(restoring: copy, besideTheRingOf: office)
    do {
      _ = try await again.newVault().proveRestored()
      XCTFail("people whose keys are gone were restored")
    } catch let problem as Problem {
      XCTAssertEqual(problem.code, "vault.key-ring-lacks")
    }
    // Who knows that the keys are lost for good can still go back.
    let proven = try await again.newVault().proveRestored(acceptingMissingKeys: true)
    XCTAssertTrue(proven.keylessCount > 0 && proven.keylessCount < proven.peopleCount, "\(proven.keylessCount)")
  }

  func testRingOfBeforeARestoreGoesWhenItsTimeIsOver() throws {
    let state = try temporaryDirectory()
    func put(_ name: String, _ files: [String]) throws {
      let directory = "\(state)/\(name)"
      try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
      for file in files { _ = FileManager.default.createFile(atPath: "\(directory)/\(file)", contents: Data([1])) }
    }
    let old = "before-restore-2026-10-01T010000.000"
    try put(old, ["gapura.db", "keyring.db", "keyring.db-wal"])
    try put("before-restore-2026-11-01T010000.000", ["keyring.db"])
    try put("other", ["keyring.db"])
    let day = try XCTUnwrap(CivilDate(iso: "2026-11-01"))
    XCTAssertEqual(ReplacedRing.forget(in: state, keptDays: 30, on: day), [old])
    XCTAssertEqual(try FileManager.default.contentsOfDirectory(atPath: "\(state)/\(old)"), ["gapura.db"])
    XCTAssertEqual(ReplacedRing.forget(in: state, keptDays: 30, on: day), [])
    for name in ["before-restore-2026-11-01T010000.000", "other"] {
      XCTAssertTrue(FileManager.default.fileExists(atPath: "\(state)/\(name)/keyring.db"))
    }
    // Replaced on a date that was wrong: as of the first night on a right one.
    try put("before-restore-2037-01-05T010000.000", ["keyring.db"])
    XCTAssertEqual(ReplacedRing.forget(in: state, keptDays: 30, on: day.adding(days: 1)), [])
    let anew = "before-restore-2037-01-05T010000.000+2026-11-02"
    XCTAssertEqual(ReplacedRing.forget(in: state, keptDays: 30, on: day.adding(days: 32)).last, anew)
    XCTAssertFalse(FileManager.default.fileExists(atPath: "\(state)/\(anew)/keyring.db"))
    // Looked at on a date that was believed too early: as old as it is, once the date is right.
    try put("before-restore-2026-12-01T010000.000", ["keyring.db"])
    let early = day.adding(days: -2000)
    XCTAssertEqual(ReplacedRing.forget(in: state, keptDays: 30, on: early), [])
    XCTAssertEqual(ReplacedRing.forget(in: state, keptDays: 30, on: day.adding(days: 32)), [])
    let seen = "before-restore-2026-12-01T010000.000+\(early)"
    XCTAssertTrue(FileManager.default.fileExists(atPath: "\(state)/\(seen)/keyring.db"))
    XCTAssertTrue(ReplacedRing.forget(in: state, keptDays: 30, on: day.adding(days: 61)).contains(seen))
  }
}
