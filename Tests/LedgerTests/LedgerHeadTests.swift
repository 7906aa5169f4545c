import Contracts
import Core
import Crypto
import Foundation
import Store
import VaultHarness
import XCTest

@testable import Ledger
@testable import Vault

final class LedgerHeadTests: XCTestCase {
  private func run(
    _ house: LedgerHouse, _ path: [String], _ options: [String: String] = [:]
  ) async throws -> [String] {
    let module = try house.base.module()
    let command = try XCTUnwrap(module.commands().first { $0.path == path })
    return try await command.run(CommandInput(arguments: [], options: options) { _ in Personal("") }).lines
  }

  private func file(_ text: String) throws -> String {
    let path = try temporaryDirectory() + "/head"
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    return path
  }

  func testAHeadIsSignedOnlyWhenSomethingWasAdded() async throws {
    let house = try await LedgerHouse(entries: 3)
    let first = try await house.signHead()
    house.base.clock.advance(by: .minutes(10))
    let second = try await house.signHead()
    XCTAssertEqual(first, second)
    try await house.append(1)
    let third = try await house.signHead()
    XCTAssertEqual([first.size, third.size, third.previousSize], [3, 4, 3])
    XCTAssertEqual(third.at, house.base.clock.now)
    let empty = try await LedgerHouse(entries: 0)
    let none = try await empty.vault.signHead()
    XCTAssertNil(none)
  }

  func testTheModuleSignsAHeadWhenItStopsButNotAfterACommand() async throws {
    let house = try await LedgerHouse(entries: 3)
    func headCount() async throws -> Int? {
      try await house.base.store.read { try $0.value("SELECT count(*) FROM ledger_heads") }
    }
    let command = try house.base.module()
    await command.stop()
    let afterCommand = try await headCount()
    XCTAssertEqual(afterCommand, 0)
    let service = try house.base.module()
    try await service.start()
    await service.stop()
    await service.stop()
    let afterService = try await headCount()
    XCTAssertEqual(afterService, 1)
  }

  func testAHeadIsACheckpointThatOtherToolsRead() async throws {
    let house = try await LedgerHouse(entries: 5)
    let head = try await house.signHead()
    let name = try house.ledger.name()
    let lines = head.text(name).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    XCTAssertEqual(lines[0], name.text)
    XCTAssertEqual(lines[1], "5")
    XCTAssertEqual(Data(base64Encoded: lines[2]).map(Array.init), head.root.bytes)
    XCTAssertEqual(lines[3...], ["time 1795000000000", "previous 0", "", lines[6], ""])
    // What is signed is the note with its last line end (C2SP signed-note), under the key that `ledger key` prints.
    let note = lines[0...4].joined(separator: "\n") + "\n"
    let signature = try XCTUnwrap(Data(base64Encoded: lines[6].split(separator: " ").last.map(String.init) ?? ""))
    XCTAssertEqual(lines[6].split(separator: " ").first, "\u{2014}")
    let verifierKey = try house.vault.publicKey()
    let publicKey = try XCTUnwrap(LedgerName.publicKey(in: verifierKey, library: house.ledger.library))
    XCTAssertTrue(try VerifyingKey(publicKey).isSigned(Array(note.utf8), by: Array(signature.dropFirst(4))))
    XCTAssertEqual(
      verifierKey.split(separator: "+").dropFirst().first.map(String.init), Hexadecimal.text(signature.prefix(4)))
    XCTAssertEqual(SignedHead(head.text(name), of: name), head)
  }

  func testEveryFlippedBitOfAHeadIsRefused() async throws {
    let house = try await LedgerHouse(entries: 5)
    let head = try await house.signHead()
    let (name, key) = (try house.ledger.name(), house.ledger.keys.verifying)
    let bytes = Array(head.text(name).utf8)
    for bit in 0..<(8 * bytes.count) {
      var flipped = bytes
      flipped[bit / 8] ^= 1 << UInt8(bit % 8)
      guard let text = String(validating: flipped, as: UTF8.self), let other = SignedHead(text, of: name) else {
        continue
      }
      XCTAssertFalse(try other.isSigned(by: key, as: name), "bit \(bit)")
    }
    for text in [
      "", "\n", head.text(name) + "\n", String(head.text(name).dropLast()), String(repeating: "a", count: 5000),
    ] {
      XCTAssertNil(SignedHead(text, of: name))
    }
  }

  func testVerifyProvesThatTheLedgerGoesOnFromAKeptHead() async throws {
    let house = try await LedgerHouse(entries: 37)
    let kept = try file(await run(house, ["ledger", "head"]).joined(separator: "\n") + "\n")
    try await house.append(70)
    try await house.signHead()
    let whole = try await run(house, ["ledger", "verify"], ["head": kept])
    XCTAssertEqual(whole, ["ledger intact: 107 entries, 2 signed heads", "it goes on from the head of 37 entries"])
    let rest = try await run(house, ["ledger", "verify"], ["since": kept])
    XCTAssertEqual(rest, ["ledger intact: from entry 37 on: 107 entries, 1 signed heads"])
  }

  func testALedgerPutBackAndGrownAnewDoesNotGoOnFromTheKeptHead() async throws {
    let house = try await LedgerHouse(entries: 20)
    try await house.base.store.write { _ in }
    // The database as it was, put back after ten more entries and a head that a witness keeps.
    try house.base.tamper("VACUUM INTO '\(house.base.directory)/backup'")
    try await house.append(10)
    let witness = try file(await run(house, ["ledger", "head"]).joined(separator: "\n") + "\n")
    try house.base.tamper(
      """
      ATTACH '\(house.base.directory)/backup' AS old;
      DROP TRIGGER ledger_entries_loses_none; DROP TRIGGER ledger_heads_loses_none;
      DELETE FROM ledger_entries WHERE entry >= 20; DELETE FROM ledger_heads;
      UPDATE ledger_tip SET (size, head_size, peaks, seal) =
        (SELECT size, head_size, peaks, seal FROM old.ledger_tip)
      """)
    let early = await failure { try await self.run(house, ["ledger", "verify"], ["head": witness]) }
    XCTAssertEqual((early as? Problem)?.code, "vault.ledger-not-extended")
    let unreached = await failure { try await self.run(house, ["ledger", "verify"], ["since": witness]) }
    XCTAssertEqual((unreached as? Problem)?.code, "vault.ledger-not-extended")
    house.base.clock.advance(by: .seconds(1))
    try await house.append(20)
    let alone = try await run(house, ["ledger", "verify"])
    XCTAssertEqual(alone, ["ledger intact: 40 entries, 0 signed heads"], "by itself such a ledger is sound")
    let late = await failure { try await self.run(house, ["ledger", "verify"], ["head": witness]) }
    XCTAssertEqual((late as? Problem)?.code, "vault.ledger-not-extended")
    XCTAssertEqual((late as? Problem)?.arguments, ["size": "30", "present": "40"])
  }

  func testAForeignOrAlteredHeadIsNotBelieved() async throws {
    let house = try await LedgerHouse(entries: 20)
    let head = try await house.signHead()
    let altered = SignedHead(
      size: 19, root: head.root, at: head.at, previousSize: 0, signature: head.signature)
    let refusals = try [
      altered.text(house.ledger.name()), "no head", String(repeating: "x", count: 2000),
      LedgerHeadTests.foreignHead(),
    ]
    var codes: [String?] = []
    for text in refusals {
      let path = try file(text)
      let refusal = await failure { try await self.run(house, ["ledger", "verify"], ["head": path]) }
      codes.append((refusal as? Problem)?.code)
    }
    XCTAssertEqual(
      codes,
      [
        "vault.ledger-head-changed", "vault.ledger-head-unreadable", "vault.ledger-head-unreadable",
        "vault.ledger-head-unreadable",
      ])
    let strange = await failure { try await self.run(house, ["ledger", "verify"], ["sinse": "x"]) }
    XCTAssertTrue(strange is UsageError)
  }

  private static func foreignHead() throws -> String {
    let library = try CryptoLibrary()
    let key = try SigningKey(seed: library.randomKey())
    let name = try LedgerName(key.publicKey, library: library)
    return try SignedHead(
      size: 20, root: TreeHasher(library).empty(), at: Instant(milliseconds: 0), previousSize: 0, signedBy: key,
      as: name
    ).text(name)
  }

  func testAnEmptyLedgerHasNoHead() async throws {
    let house = try await LedgerHouse(entries: 0)
    let refusal = await failure { try await self.run(house, ["ledger", "head"]) }
    XCTAssertEqual((refusal as? Problem)?.code, "vault.ledger-empty")
    let lines = try await run(house, ["ledger", "verify"])
    XCTAssertEqual(lines, ["ledger intact: 0 entries, 0 signed heads"])
  }

  func testAVerificationTellsOfItsProgress() async throws {
    let house = try await LedgerHouse(entries: 9000)
    let told = Told()
    _ = try await house.vault.inspectLedger { done, total in told.add("\(done)/\(total)") }
    XCTAssertEqual(told.all, ["8192/9000", "9000/9000"])
  }
}

/// What a closure was told, in order.
final class Told: Sendable {
  private let log = RecordingLog()
  func add(_ text: String) { log.record(.info, "told", [("what", text)]) }
  var all: [String] { log.lines.compactMap { $0.split(separator: "\"").dropLast().last.map(String.init) } }
}
