import Contracts
import Core
import Crypto
import Expectations
import Foundation
import Store
import VaultHarness
import XCTest

@testable import Ledger
@testable import Vault

final class LedgerHeadTests: XCTestCase {
  private func run(
    _ office: LedgerOffice, _ path: [String], _ options: [String: String] = [:]
  ) async throws -> [String] {
    let module = try office.base.module()
    let command = try XCTUnwrap(module.commands().first { $0.path == path })
    return try await command.run(CommandInput(arguments: [], options: options) { _ in Personal("") }).lines
  }

  private func file(_ text: String) throws -> String {
    let path = try temporaryDirectory() + "/head"
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    return path
  }

  func testAHeadIsSignedOnlyWhenSomethingWasAdded() async throws {
    let office = try await LedgerOffice(entries: 3)
    let first = try await office.signHead()
    office.base.clock.advance(by: .minutes(10))
    let second = try await office.signHead()
    XCTAssertEqual(first, second)
    try await office.append(1)
    let third = try await office.signHead()
    XCTAssertEqual([first.size, third.size, third.previousSize], [3, 4, 3])
    XCTAssertEqual(third.at, office.base.clock.now)
    let empty = try await LedgerOffice(entries: 0)
    let none = try await empty.vault.signHead()
    XCTAssertNil(none)
  }

  func testTheModuleSignsAHeadWhenItStopsButNotAfterACommand() async throws {
    let office = try await LedgerOffice(entries: 3)
    func headCount() async throws -> Int? {
      try await office.base.store.read { try $0.value("SELECT count(*) FROM ledger_heads") }
    }
    let command = try office.base.module()
    await command.stop()
    let afterCommand = try await headCount()
    XCTAssertEqual(afterCommand, 0)
    let service = try office.base.module()
    try await service.start()
    await service.stop()
    await service.stop()
    let afterService = try await headCount()
    XCTAssertEqual(afterService, 1)
  }

  func testAHeadIsACheckpointThatOtherToolsRead() async throws {
    let office = try await LedgerOffice(entries: 5)
    let head = try await office.signHead()
    let name = try office.ledger.name()
    let lines = head.text(name).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    XCTAssertEqual(lines[0], name.text)
    XCTAssertEqual(lines[1], "5")
    XCTAssertEqual(Data(base64Encoded: lines[2]).map(Array.init), head.root.bytes)
    XCTAssertEqual(lines[3...], ["time 1795000000000", "previous 0", "", lines[6], ""])
    // What is signed is the note with its last line end (C2SP signed-note), under the key that `ledger key` prints.
    let note = lines[0...4].joined(separator: "\n") + "\n"
    let signature = try XCTUnwrap(Data(base64Encoded: lines[6].split(separator: " ").last.map(String.init) ?? ""))
    XCTAssertEqual(lines[6].split(separator: " ").first, "\u{2014}")
    let verifierKey = try office.vault.publicKey()
    let publicKey = try XCTUnwrap(LedgerName.publicKey(in: verifierKey, library: office.ledger.library))
    XCTAssertTrue(try VerifyingKey(publicKey).isSigned(Array(note.utf8), by: Array(signature.dropFirst(4))))
    XCTAssertEqual(
      verifierKey.split(separator: "+").dropFirst().first.map(String.init), Hexadecimal.text(signature.prefix(4)))
    XCTAssertEqual(SignedHead(head.text(name), of: name), head)
  }

  func testEveryFlippedBitOfAHeadIsRefused() async throws {
    let office = try await LedgerOffice(entries: 5)
    let head = try await office.signHead()
    let (name, key) = (try office.ledger.name(), office.ledger.keys.verifying)
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
    let office = try await LedgerOffice(entries: 37)
    let kept = try file(await run(office, ["ledger", "head"]).joined(separator: "\n") + "\n")
    try await office.append(70)
    try await office.signHead()
    let whole = try await run(office, ["ledger", "verify"], ["head": kept])
    XCTAssertEqual(whole, ["ledger intact: 107 entries, 2 signed heads", "it goes on from the head of 37 entries"])
    let rest = try await run(office, ["ledger", "verify"], ["since": kept])
    XCTAssertEqual(rest, ["ledger intact: from entry 37 on: 107 entries, 1 signed heads"])
  }

  func testALedgerPutBackAndGrownAnewDoesNotGoOnFromTheKeptHead() async throws {
    let office = try await LedgerOffice(entries: 20)
    try await office.base.store.write { _ in }
    // The database as it was, put back after ten more entries and a head that a witness keeps.
    try office.base.tamper("VACUUM INTO '\(office.base.directory)/backup'")
    try await office.append(10)
    let witness = try file(await run(office, ["ledger", "head"]).joined(separator: "\n") + "\n")
    try office.base.tamper(
      """
      ATTACH '\(office.base.directory)/backup' AS old;
      DROP TRIGGER ledger_entries_loses_none; DROP TRIGGER ledger_heads_loses_none;
      DELETE FROM ledger_entries WHERE entry >= 20; DELETE FROM ledger_heads;
      UPDATE ledger_tip SET (size, head_size, peaks, seal) =
        (SELECT size, head_size, peaks, seal FROM old.ledger_tip)
      """)
    let early = await failure { try await self.run(office, ["ledger", "verify"], ["head": witness]) }
    XCTAssertEqual((early as? Problem)?.code, "vault.ledger-not-extended")
    let unreached = await failure { try await self.run(office, ["ledger", "verify"], ["since": witness]) }
    XCTAssertEqual((unreached as? Problem)?.code, "vault.ledger-not-extended")
    office.base.clock.advance(by: .seconds(1))
    try await office.append(20)
    let alone = try await run(office, ["ledger", "verify"])
    XCTAssertEqual(alone, ["ledger intact: 40 entries, 0 signed heads"], "by itself such a ledger is sound")
    let late = await failure { try await self.run(office, ["ledger", "verify"], ["head": witness]) }
    XCTAssertEqual((late as? Problem)?.code, "vault.ledger-not-extended")
    XCTAssertEqual((late as? Problem)?.arguments, ["size": "30", "present": "40"])
  }

  func testAForeignOrAlteredHeadIsNotBelieved() async throws {
    let office = try await LedgerOffice(entries: 20)
    let head = try await office.signHead()
    let altered = SignedHead(
      size: 19, root: head.root, at: head.at, previousSize: 0, signature: head.signature)
    let refusals = try [
      altered.text(office.ledger.name()), "no head", String(repeating: "x", count: 2000),
      LedgerHeadTests.foreignHead(),
    ]
    var codes: [String?] = []
    for text in refusals {
      let path = try file(text)
      let refusal = await failure { try await self.run(office, ["ledger", "verify"], ["head": path]) }
      codes.append((refusal as? Problem)?.code)
    }
    XCTAssertEqual(
      codes,
      [
        "vault.ledger-head-changed", "vault.ledger-head-unreadable", "vault.ledger-head-unreadable",
        "vault.ledger-head-unreadable",
      ])
    let strange = await failure { try await self.run(office, ["ledger", "verify"], ["sinse": "x"]) }
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
    let office = try await LedgerOffice(entries: 0)
    let refusal = await failure { try await self.run(office, ["ledger", "head"]) }
    XCTAssertEqual((refusal as? Problem)?.code, "vault.ledger-empty")
    let lines = try await run(office, ["ledger", "verify"])
    XCTAssertEqual(lines, ["ledger intact: 0 entries, 0 signed heads"])
  }

  func testAVerificationTellsOfItsProgress() async throws {
    let office = try await LedgerOffice(entries: 9000)
    let told = Told()
    _ = try await office.vault.inspectLedger { done, total in told.add("\(done)/\(total)") }
    XCTAssertEqual(told.all, ["8192/9000", "9000/9000"])
  }
}

/// What a closure was told, in order.
final class Told: Sendable {
  private let log = RecordingLog()
  func add(_ text: String) { log.record(.info, "told", [("what", text)]) }
  var all: [String] { log.lines.compactMap { $0.split(separator: "\"").dropLast().last.map(String.init) } }
}
