import Contracts
import Core
import Crypto
import CryptoHarness
import Expectations
import Store
import VaultHarness
import XCTest

@testable import Ledger
@testable import Vault

final class ReceiptTests: XCTestCase {
  private let number = "123456789092"

  private func issue(_ office: LedgerOffice, _ matter: ReceiptStatement.Matter = .application) async throws {
    let (vault, number) = (office.vault, number)
    let statement = try XCTUnwrap(
      ReceiptStatement(matter, about: number, day: matter == .erasure ? CivilDate(iso: "2026-12-23") : nil))
    try await office.base.store.write { transaction in
      try vault.issueReceipt(statement, by: .applicant, in: transaction)
    }
  }

  private func receipt(_ office: LedgerOffice, _ matter: ReceiptStatement.Matter = .application) async throws -> Receipt
  {
    let (vault, number) = (office.vault, number)
    let receipt = try await office.base.store.read { try vault.receipt(on: matter, about: number, in: $0) }
    return try XCTUnwrap(receipt)
  }

  private func verifier(_ office: LedgerOffice) throws -> ReceiptVerifier {
    try ReceiptVerifier(publicKey: office.vault.publicKey() + "\n")
  }

  /// An office with a proven receipt among other entries.
  private func provenOffice(_ before: Int = 20, _ after: Int = 30) async throws -> (LedgerOffice, Receipt) {
    let office = try await LedgerOffice(entries: 100)
    try await office.signHead()
    try await office.append(before)
    try await issue(office)
    try await office.append(after)
    office.base.clock.advance(by: .minutes(10))
    try await office.signHead()
    return (office, try await receipt(office))
  }

  func testAReceiptIsAPromiseBeforeTheNextHeadAndAProofAfterwards() async throws {
    let office = try await LedgerOffice(entries: 3)
    try await issue(office)
    let statement = try XCTUnwrap(ReceiptStatement(.application, about: number))
    let recorded = office.base.clock.now
    let promise = try await receipt(office)
    XCTAssertFalse(promise.isProven)
    let content = ReceiptContent(statement: statement, entry: 3, recordedAt: recorded, provenAt: nil)
    XCTAssertEqual(try verifier(office).verdict(on: promise.text), .notYetProven(content))
    let before = try await office.vault.check(receipt: promise.text)
    XCTAssertEqual(before, .notYetProven(content))

    office.base.clock.advance(by: .minutes(10))
    try await office.signHead()
    let proof = try await receipt(office)
    XCTAssertTrue(proof.isProven)
    let proven = ReceiptContent(statement: statement, entry: 3, recordedAt: recorded, provenAt: office.base.clock.now)
    XCTAssertEqual(try verifier(office).verdict(on: proof.text), .genuine(proven))
    let after = try await office.vault.check(receipt: proof.text)
    XCTAssertEqual(after, .genuine(proven))
    // The old promise stays what it was without the ledger, and is known to be kept beside it.
    XCTAssertEqual(try verifier(office).verdict(on: promise.text), .notYetProven(content))
    let kept = try await office.vault.check(receipt: promise.text)
    XCTAssertEqual(kept, .genuine(proven))
  }

  func testAReceiptStaysTheSameHoweverTheLedgerGrows() async throws {
    let (office, first) = try await provenOffice()
    try await office.append(500)
    try await office.signHead()
    let second = try await receipt(office)
    XCTAssertEqual(first, second)
  }

  func testAReceiptsTextMayBeTypedFreelyOrComeAsTheWholeAddress() async throws {
    let (office, receipt) = try await provenOffice()
    let verifier = try verifier(office)
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
    let (_, receipt) = try await provenOffice(100, 70)
    XCTAssertLessThanOrEqual(receipt.text.count, 700)
    XCTAssertTrue(receipt.text.allSatisfy { "0123456789ABCDEFGHJKMNPQRSTVWXYZ".contains($0) })
  }

  func testEveryFlippedBitOfAReceiptIsFound() async throws {
    let (office, proof) = try await provenOffice(3, 3)
    try await issue(office)
    let promise = try await receipt(office)
    XCTAssertFalse(promise.isProven)
    let verifier = try verifier(office)
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
    let (office, receipt) = try await provenOffice()
    let verifier = try verifier(office)
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
      let beside = try await office.vault.check(receipt: forged.text)
      XCTAssertEqual(beside, .forged)
    }
  }

  func testAReceiptOfAnotherOfficeIsToldApartFromAForgedOne() async throws {
    let (office, _) = try await provenOffice()
    let (_, foreign) = try await provenOffice()
    XCTAssertEqual(try verifier(office).verdict(on: foreign.text), .otherKey)
    let beside = try await office.vault.check(receipt: foreign.text)
    XCTAssertEqual(beside, .otherKey)
  }

  func testAGenuineReceiptWhoseEntryIsGoneIsSaidToBe() async throws {
    let (office, receipt) = try await provenOffice()
    let content = try XCTUnwrap(ReceiptCode(receipt.text)).content
    try office.base.tamper(
      "DROP TRIGGER ledger_entries_loses_none; DELETE FROM ledger_receipts; "
        + "DELETE FROM ledger_entries WHERE entry = 120"
    )
    let gone = try await office.vault.check(receipt: receipt.text)
    XCTAssertEqual(gone, .notInLedger(content))
  }

  func testWhatWasChangedFromOutsideIsNotSigned() async throws {
    for change in ["ledger_receipts SET salt = zeroblob(16)", "ledger_entries SET at = at + 1 WHERE entry = 120"] {
      let (office, _) = try await provenOffice()
      try office.base.tamper("DROP TRIGGER ledger_entries_keeps_rows; UPDATE \(change)")
      let refusal = await failure { try await self.receipt(office) }
      XCTAssertEqual((refusal as? Problem)?.code, "vault.ledger-damaged", change)
    }
  }

  func testAnErasuresReceiptStatesItsDay() async throws {
    let office = try await LedgerOffice(entries: 1)
    try await issue(office, .erasure)
    let receipt = try await receipt(office, .erasure)
    guard case .notYetProven(let content) = try verifier(office).verdict(on: receipt.text) else { return XCTFail() }
    XCTAssertEqual(content.statement.day, CivilDate(iso: "2026-12-23"))
    XCTAssertEqual(content.statement.matter, .erasure)
  }

  func testTheLedgerItselfDoesNotTellWhatAReceiptSays() async throws {
    let (office, _) = try await provenOffice()
    let number = number
    let lines = try await office.base.store.read { snapshot in
      try snapshot.rows("SELECT facts FROM ledger_entries WHERE kind = 'receipt'") { row in try row.get(0) as String }
    }
    XCTAssertEqual(lines.count, 1)
    XCTAssertTrue(lines.allSatisfy { $0.hasPrefix("commitment=") && !$0.contains(number) })
  }

  func testAKeyThatIsNoneIsRefused() async throws {
    let office = try await LedgerOffice(entries: 1)
    let key = try office.vault.publicKey()
    for text in ["", "halo", String(key.dropLast()), key.replacingOccurrences(of: "gapura", with: "gapure")] {
      XCTAssertThrowsError(try ReceiptVerifier(publicKey: text)) { error in
        XCTAssertEqual((error as? Problem)?.code, "vault.public-key-unreadable")
      }
    }
  }

  func testAProofLeadsToTheLatestHead() async throws {
    let (office, _) = try await provenOffice()
    let (vault, ledger) = (office.vault, office.ledger)
    try await office.append(1)
    let (early, late, leaf, head) = try await office.base.store.read { snapshot in
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
