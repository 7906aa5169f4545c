import Contracts
import Core
import Crypto
import CryptoHarness
import Store
import VaultHarness
import XCTest

@testable import Ledger
@testable import Vault

final class ReceiptTests: XCTestCase {
  private let number = "123456789092"

  private func issue(_ house: LedgerHouse, _ matter: ReceiptStatement.Matter = .application) async throws {
    let (vault, number) = (house.vault, number)
    let statement = try XCTUnwrap(
      ReceiptStatement(matter, about: number, day: matter == .erasure ? CivilDate(iso: "2026-12-23") : nil))
    try await house.base.store.write { transaction in
      try vault.issueReceipt(statement, by: .applicant, in: transaction)
    }
  }

  private func receipt(_ house: LedgerHouse, _ matter: ReceiptStatement.Matter = .application) async throws -> Receipt {
    let (vault, number) = (house.vault, number)
    let receipt = try await house.base.store.read { try vault.receipt(on: matter, about: number, in: $0) }
    return try XCTUnwrap(receipt)
  }

  private func verifier(_ house: LedgerHouse) throws -> ReceiptVerifier {
    try ReceiptVerifier(publicKey: house.vault.publicKey() + "\n")
  }

  /// A house with a proven receipt among other entries.
  private func provenHouse(_ before: Int = 20, _ after: Int = 30) async throws -> (LedgerHouse, Receipt) {
    let house = try await LedgerHouse(entries: 100)
    try await house.signHead()
    try await house.append(before)
    try await issue(house)
    try await house.append(after)
    house.base.clock.advance(by: .minutes(10))
    try await house.signHead()
    return (house, try await receipt(house))
  }

  func testAReceiptIsAPromiseBeforeTheNextHeadAndAProofAfterwards() async throws {
    let house = try await LedgerHouse(entries: 3)
    try await issue(house)
    let statement = try XCTUnwrap(ReceiptStatement(.application, about: number))
    let recorded = house.base.clock.now
    let promise = try await receipt(house)
    XCTAssertFalse(promise.isProven)
    let content = ReceiptContent(statement: statement, entry: 3, recordedAt: recorded, provenAt: nil)
    XCTAssertEqual(try verifier(house).verdict(on: promise.text), .notYetProven(content))
    let before = try await house.vault.check(receipt: promise.text)
    XCTAssertEqual(before, .notYetProven(content))

    house.base.clock.advance(by: .minutes(10))
    try await house.signHead()
    let proof = try await receipt(house)
    XCTAssertTrue(proof.isProven)
    let proven = ReceiptContent(statement: statement, entry: 3, recordedAt: recorded, provenAt: house.base.clock.now)
    XCTAssertEqual(try verifier(house).verdict(on: proof.text), .genuine(proven))
    let after = try await house.vault.check(receipt: proof.text)
    XCTAssertEqual(after, .genuine(proven))
    // The old promise stays what it was without the ledger, and is known to be kept beside it.
    XCTAssertEqual(try verifier(house).verdict(on: promise.text), .notYetProven(content))
    let kept = try await house.vault.check(receipt: promise.text)
    XCTAssertEqual(kept, .genuine(proven))
  }

  func testAReceiptStaysTheSameHoweverTheLedgerGrows() async throws {
    let (house, first) = try await provenHouse()
    try await house.append(500)
    try await house.signHead()
    let second = try await receipt(house)
    XCTAssertEqual(first, second)
  }

  func testAReceiptsTextMayBeTypedFreelyOrComeAsTheWholeAddress() async throws {
    let (house, receipt) = try await provenHouse()
    let verifier = try verifier(house)
    let expected = try verifier.verdict(on: receipt.text)
    guard case .genuine = expected else { return XCTFail("\(expected)") }
    let grouped = stride(from: 0, to: receipt.text.count, by: 5).map { start in
      String(receipt.text.dropFirst(start).prefix(5))
    }
    for text in [
      receipt.text.lowercased(), " \(receipt.text)\n", grouped.joined(separator: " "), grouped.joined(separator: "-"),
      grouped.joined(separator: "\r\n"), "https://antre.example.go.id/verifikasi#\(receipt.text)",
    ] {
      XCTAssertEqual(try verifier.verdict(on: text), expected)
    }
  }

  /// A hall with 170 entries in ten minutes: the text must fit a code that a telephone reads from paper.
  func testAReceiptOfABusyHourFitsASmallCode() async throws {
    let (_, receipt) = try await provenHouse(100, 70)
    XCTAssertLessThanOrEqual(receipt.text.count, 700)
    XCTAssertTrue(receipt.text.allSatisfy { "0123456789ABCDEFGHJKMNPQRSTVWXYZ".contains($0) })
  }

  func testEveryFlippedBitOfAReceiptIsFound() async throws {
    let (house, proof) = try await provenHouse(3, 3)
    try await issue(house)
    let promise = try await receipt(house)
    XCTAssertFalse(promise.isProven)
    let verifier = try verifier(house)
    for text in [proof.text, promise.text] {
      let bytes = try XCTUnwrap(Crockford.bytes(of: text))
      for bit in 0..<(8 * bytes.count) {
        var flipped = bytes
        flipped[bit / 8] ^= 1 << UInt8(bit % 8)
        let verdict = try verifier.verdict(on: Crockford.encode(flipped))
        switch verdict {
        case .forged, .unreadable: break
        case .otherKey: XCTAssertTrue((16..<48).contains(bit), "bit \(bit)")
        case .genuine, .notYetProven, .notInLedger: XCTFail("bit \(bit): \(verdict)")
        }
      }
    }
  }

  func testWhatIsNoReceiptIsUnreadableAndWhatIsAlteredIsForged() async throws {
    let (house, receipt) = try await provenHouse()
    let verifier = try verifier(house)
    for text in [
      "", "halo", "0", "UUUU", String(receipt.text.dropLast()), String(receipt.text.dropFirst()), receipt.text + "0",
      receipt.text + receipt.text, String(repeating: "0", count: 9000), "https://antre.example.go.id/tiket/ABC",
    ] {
      XCTAssertEqual(try verifier.verdict(on: text), .unreadable, text)
    }
    let code = try XCTUnwrap(ReceiptCode(receipt.text))
    let other = try XCTUnwrap(ReceiptStatement(.application, about: "AAAA-AAAA-A"))
    let forgeries = [
      ReceiptCode(
        keyID: code.keyID, entry: code.entry, at: code.at, principal: code.principal, statement: other, salt: code.salt,
        hold: code.hold, signature: code.signature),
      ReceiptCode(
        keyID: code.keyID, entry: code.entry, at: code.at + .hours(24), principal: code.principal,
        statement: code.statement, salt: code.salt, hold: code.hold, signature: code.signature),
      ReceiptCode(
        keyID: code.keyID, entry: code.entry, at: code.at, principal: code.principal, statement: code.statement,
        salt: code.salt, hold: .promise, signature: code.signature),
    ]
    for forged in forgeries {
      XCTAssertEqual(try verifier.verdict(on: forged.text), .forged)
      let beside = try await house.vault.check(receipt: forged.text)
      XCTAssertEqual(beside, .forged)
    }
  }

  func testAReceiptOfAnotherOfficeIsToldApartFromAForgedOne() async throws {
    let (house, _) = try await provenHouse()
    let (_, foreign) = try await provenHouse()
    XCTAssertEqual(try verifier(house).verdict(on: foreign.text), .otherKey)
    let beside = try await house.vault.check(receipt: foreign.text)
    XCTAssertEqual(beside, .otherKey)
  }

  func testAGenuineReceiptWhoseEntryIsGoneIsSaidToBe() async throws {
    let (house, receipt) = try await provenHouse()
    let content = try XCTUnwrap(ReceiptCode(receipt.text)).content
    try house.base.tamper(
      "DROP TRIGGER ledger_entries_loses_none; DELETE FROM ledger_receipts; "
        + "DELETE FROM ledger_entries WHERE entry = 120"
    )
    let gone = try await house.vault.check(receipt: receipt.text)
    XCTAssertEqual(gone, .notInLedger(content))
  }

  func testWhatWasChangedFromOutsideIsNotSigned() async throws {
    for change in ["ledger_receipts SET salt = zeroblob(16)", "ledger_entries SET at = at + 1 WHERE entry = 120"] {
      let (house, _) = try await provenHouse()
      try house.base.tamper("DROP TRIGGER ledger_entries_keeps_rows; UPDATE \(change)")
      let refusal = await failure { try await self.receipt(house) }
      XCTAssertEqual((refusal as? Problem)?.code, "vault.ledger-damaged", change)
    }
  }

  func testAnErasuresReceiptStatesItsDay() async throws {
    let house = try await LedgerHouse(entries: 1)
    try await issue(house, .erasure)
    let receipt = try await receipt(house, .erasure)
    guard case .notYetProven(let content) = try verifier(house).verdict(on: receipt.text) else { return XCTFail() }
    XCTAssertEqual(content.statement.day, CivilDate(iso: "2026-12-23"))
    XCTAssertEqual(content.statement.matter, .erasure)
  }

  func testTheLedgerItselfDoesNotTellWhatAReceiptSays() async throws {
    let (house, _) = try await provenHouse()
    let number = number
    let lines = try await house.base.store.read { snapshot in
      try snapshot.rows("SELECT facts FROM ledger_entries WHERE kind = 'receipt'") { row in try row.get(0) as String }
    }
    XCTAssertEqual(lines.count, 1)
    XCTAssertTrue(lines.allSatisfy { $0.hasPrefix("commitment=") && !$0.contains(number) })
  }

  func testAKeyThatIsNoneIsRefused() async throws {
    let house = try await LedgerHouse(entries: 1)
    let key = try house.vault.publicKey()
    for text in ["", "halo", String(key.dropLast()), key.replacingOccurrences(of: "gapura", with: "gapure")] {
      XCTAssertThrowsError(try ReceiptVerifier(publicKey: text)) { error in
        XCTAssertEqual((error as? Problem)?.code, "vault.public-key-unreadable")
      }
    }
  }

  func testAProofLeadsToTheLatestHead() async throws {
    let (house, _) = try await provenHouse()
    let (vault, ledger) = (house.vault, house.ledger)
    try await house.append(1)
    let (early, late, leaf, head) = try await house.base.store.read { snapshot in
      (
        try vault.proof(of: 120, in: snapshot), try vault.proof(of: 151, in: snapshot),
        try snapshot.value("SELECT leaf FROM ledger_entries WHERE entry = 120") as [UInt8]?,
        try ledger.latestHead(in: snapshot)
      )
    }
    XCTAssertNil(late)
    let proof = try XCTUnwrap(early)
    XCTAssertEqual(proof.size, 151)
    let root = try MerkleProof.root(
      of: XCTUnwrap(leaf.flatMap(TreeHash.init)), at: proof.entry, size: proof.size,
      path: proof.path.compactMap(TreeHash.init), TreeHasher(ledger.library))
    XCTAssertEqual(root, head?.root)
  }

  func testEveryApplicationNumberMayStandInAStatement() throws {
    let random = SeededRandom(seed: testSeed())
    for _ in 0..<100 {
      let number = ApplicationNumber(from: random)
      let statement = try XCTUnwrap(ReceiptStatement(.application, about: number.description), "\(number)")
      XCTAssertEqual(ReceiptStatement(text: statement.text), statement)
    }
  }

  func testStatementsTakeNothingButWhatMayStandInThem() {
    for reference in ["", "A B", "A*", "A=", "A~", "A$", "a/b", "é", String(repeating: "A", count: 25), "A\n"] {
      XCTAssertNil(ReceiptStatement(.application, about: reference), reference)
    }
    for text in [
      "application", "application ", "application A B", "application A 2026-02-30", "x A", "application A  ",
    ] {
      XCTAssertNil(ReceiptStatement(text: text), text)
    }
  }
}
