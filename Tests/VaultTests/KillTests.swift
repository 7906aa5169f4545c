import Contracts
import Core
import Crypto
import CryptoHarness
import Expectations
import Foundation
import Store
import VaultHarness
import XCTest

@testable import Vault

/// A process is killed while it works on people's keys; afterwards everything readable is right, and nothing erased is
/// readable.
final class KillTests: XCTestCase {
  private static let killCount = 100

  func testRegisteringSurvivesSIGKILLWithEveryAcknowledgedPersonReadable() async throws {
    let random = SeededRandom(seed: testSeed())
    let office = try await VaultOffice()
    _ = try await office.vault()
    var acknowledged: Set<SubjectID> = []
    for kill in 0..<Self.killCount {
      let crasher = try Crasher(["register", office.directory])
      let lines = try crasher.killed(afterLines: 1 + random.below(20), andMicroseconds: random.below(3_000))
      acknowledged.formUnion(lines.compactMap { Int64($0) }.map { SubjectID($0) })
      if kill % 10 == 9 { try await checkRegistered(office, acknowledged, kill: kill) }
    }
    XCTAssertGreaterThan(acknowledged.count, Self.killCount)
  }

  private func checkRegistered(_ office: VaultOffice, _ acknowledged: Set<SubjectID>, kill: Int) async throws {
    let vault = try await office.vault()
    let people = try await office.store.read { snapshot in
      Set(try snapshot.rows("SELECT subject FROM vault_subjects") { row in try row.get(0) as SubjectID })
    }
    XCTAssertTrue(acknowledged.isSubset(of: people), "kill \(kill) lost somebody")
    try await checkReadable(Array(people)[...], office, kill: kill, vault)
    // Keys of nobody are swept, as nobody else had the ring open.
    XCTAssertEqual(try office.number("SELECT count(*) FROM ring.keyring_keys"), people.count, "kill \(kill)")
  }

  func testRotationSurvivesSIGKILLAtRandomPoints() async throws {
    let random = SeededRandom(seed: testSeed())
    let office = try await VaultOffice()
    let people = try await office.settle(1_500, try await office.vault())
    var rotated = 0
    for kill in 0..<Self.killCount {
      let crasher = try Crasher(["rotate", office.directory])
      rotated += try crasher.killed(afterLines: 1 + random.below(2), andMicroseconds: random.below(60_000)).count
      if kill % 5 == 4 { try await checkReadable(people.shuffled().prefix(60), office, kill: kill) }
    }
    XCTAssertGreaterThan(rotated, 10)
    try await checkReadable(people[...], office, kill: Self.killCount)
    let module = try office.module()
    _ = try await module.rotateCommand.run(CommandInput(arguments: [], options: [:]) { _ in Personal("") })
    XCTAssertEqual(try office.number("SELECT count(*) FROM ring.keyring_keks"), 1, "old versions are gone")
    XCTAssertEqual(try office.number("SELECT count(DISTINCT kek_version) FROM ring.keyring_keys"), 1)
    try await checkReadable(people[...], office, kill: Self.killCount)
  }

  func testTakingOverANewRootKeySurvivesSIGKILLAndIsTakenToItsEnd() async throws {
    let random = SeededRandom(seed: testSeed())
    let office = try await VaultOffice()
    var people = try await office.settle(1_200, try await office.vault())
    let (path, files) = ("\(office.directory)/new-root-key", FileManager.default)
    for kill in 0..<25 {
      try RootKeyFile.create(path, library: CryptoLibrary())
      let crasher = try Crasher(["rotate", office.directory, path])
      _ = try crasher.killed(afterLines: 1 + random.below(2), andMicroseconds: random.below(60_000))
      // The old key goes on, also for people who come now.
      do {
        let vault = try await office.vault()
        people += try await office.settle(3, vault)
        try await checkReadable(people.shuffled().prefix(60) + people.suffix(3), office, kill: kill, vault)
      }
      let module = try office.module()
      _ = try await module.rotateCommand.run(
        CommandInput(arguments: [], options: ["new-root-key": path]) { _ in Personal("") })
      try files.removeItem(atPath: office.source.developmentFile)
      try files.moveItem(atPath: path, toPath: office.source.developmentFile)
      try await checkReadable(people.shuffled().prefix(60) + people.suffix(3), office, kill: kill)
    }
    try await checkReadable(people[...], office, kill: 25)
    XCTAssertEqual(try office.number("SELECT count(DISTINCT kek_version) FROM ring.keyring_keys"), 1)
  }

  private func checkReadable(
    _ people: ArraySlice<SubjectID>, _ office: VaultOffice, kill: Int, _ opened: Vault? = nil
  ) async throws {
    let vault = if let opened { opened } else { try await office.vault() }
    let names = try await office.names(of: Array(people), vault)
    XCTAssertEqual(names, people.map { "Person \($0)" }, "kill \(kill)")
  }

  func testErasureSurvivesSIGKILLAndNothingErasedIsReadable() async throws {
    let random = SeededRandom(seed: testSeed())
    let office = try await VaultOffice()
    var people = try await office.settle(600, try await office.vault())
    let before = try dataBackup(office)
    var erased: Set<SubjectID> = []
    for kill in 0..<Self.killCount {
      let doomed = people.suffix(40)
      let crasher = try Crasher(["erase", office.directory] + doomed.map(\.description))
      let lines = try crasher.killed(afterLines: 1 + random.below(4), andMicroseconds: random.below(4_000))
      let acknowledged = lines.compactMap { Int64($0) }.map { SubjectID($0) }
      erased.formUnion(acknowledged)
      let vault = try await office.vault()
      // Who was being erased at that moment is either still there as a whole, or gone as a whole.
      let names = try await office.names(of: Array(doomed), vault)
      for (subject, name) in zip(doomed, names) {
        let hasKey = try await key(of: subject, vault)
        XCTAssertEqual(name != nil, hasKey, "kill \(kill) parted a record from its key")
        if acknowledged.contains(subject) { XCTAssertNil(name, "kill \(kill) brought back an erased person") }
        if name == nil { erased.insert(subject) } else { XCTAssertEqual(name, "Person \(subject)") }
      }
      people.removeAll { erased.contains($0) }
      if people.count < 60 { people += try await office.settle(200, vault) }
    }
    XCTAssertGreaterThan(erased.count, Self.killCount / 2)
    try await checkBackup(before, office, erased)
  }

  private func key(of subject: SubjectID, _ vault: Vault) async throws -> Bool {
    let keyRing = try vault.opened.keyRing
    return try keyRing.dataKey(of: subject) != nil
  }

  /// A copy of the data file alone, as backups of the data are.
  private func dataBackup(_ office: VaultOffice) throws -> String {
    let path = "\(office.directory)/before.db"
    try office.tamper("VACUUM INTO '\(path)'")
    return path
  }

  /// The data backup from before, put back beside today's ring: nobody erased can be read, everybody else can.
  private func checkBackup(_ backup: String, _ office: VaultOffice, _ erased: Set<SubjectID>) async throws {
    let restored = try await VaultOffice(restoring: backup, besideTheRingOf: office)
    // So many that a person has to look first.
    let refusal = await failure { _ = try await restored.vault() }
    XCTAssertEqual((refusal as? Problem)?.code, "vault.many-erasures")
    let vault = try restored.newVault()
    try await vault.reconcile(isConfirmed: true)
    let people = try await restored.store.read { snapshot in
      try snapshot.rows("SELECT subject FROM vault_subjects") { row in try row.get(0) as SubjectID }
    }
    XCTAssertEqual(people.count, 600)
    let names = try await restored.names(of: people, vault)
    XCTAssertEqual(names, people.map { erased.contains($0) ? nil : "Person \($0)" })
  }
}
