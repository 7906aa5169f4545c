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

final class LedgerTests: XCTestCase {
  func testEachOpeningNamesWhoWhyWhomAndWhat() async throws {
    let office = try await VaultOffice()
    let vault = try await office.vault()
    let subject = try await office.store.write { transaction in
      let subject = try vault.createSubject(in: transaction)
      try vault.seal(Personal(Contact.sample), of: subject, in: transaction)
      _ = try vault.open(Contact.self, of: subject, for: .receipt, as: .applicant, in: transaction)
      return subject
    }
    office.clock.advance(by: .seconds(5))
    try await office.store.write { transaction in
      _ = try vault.open(Biodata.self, of: subject, for: .duplicateCheck, as: .system("registration"), in: transaction)
    }
    let records = try await office.store.read { try vault.entries(about: subject, limit: 10, in: $0) }
    XCTAssertEqual(
      records,
      [
        LedgerRecord(
          entry: 1, at: Instant(milliseconds: 1_795_000_005_000), kind: .opening, principal: "system:registration",
          subject: subject, facts: ["purpose": "duplicate-check", "record": "biodata", "outcome": "absent"]),
        LedgerRecord(
          entry: 0, at: Instant(milliseconds: 1_795_000_000_000), kind: .opening, principal: "applicant",
          subject: subject, facts: ["purpose": "receipt", "record": "contact", "outcome": "opened"]),
      ])
    let inspection = try await vault.inspectLedger()
    XCTAssertEqual(inspection.size, 2)
  }

  func testAnEntryIsTheLineThatIsHashed() throws {
    let entry = LedgerEntry(
      .breakGlass, by: .kiosk("lobby 1 %ü"), about: SubjectID(-7),
      facts: [LedgerFact("count", 12), LedgerFact("purpose", Purpose.service)],
      commitment: LedgerCommitment(digest: [UInt8](repeating: 0xab, count: 32)))
    let line = LedgerLine(entry, at: Instant(milliseconds: 1_795_000_000_000))
    XCTAssertEqual(
      String(decoding: line.bytes, as: UTF8.self),
      "1795000000000 break-glass kiosk:lobby%201%20%25%c3%bc -7 count=12 purpose=service commitment="
        + String(repeating: "ab", count: 32))
    let bare = LedgerLine(LedgerEntry(.rotation, by: .applicant), at: Instant(milliseconds: -1))
    XCTAssertEqual(String(decoding: bare.bytes, as: UTF8.self), "-1 rotation applicant - ")
    for number in [Int64.min, .max, 0, 9, 10] {
      let line = LedgerLine(LedgerEntry(.rotation, by: .applicant), at: Instant(milliseconds: number))
      XCTAssertEqual(String(decoding: line.bytes, as: UTF8.self), "\(number) rotation applicant - ")
    }
  }

  func testTheTablesGiveTheProofsOfRFC9162() async throws {
    var random = SplitMix(seed: testSeed())
    let office = try await LedgerOffice(entries: Int.random(in: 300...600, using: &random))
    let (ledger, size) = (office.ledger, Int(office.size))
    let (entry, oldSize) = (Int.random(in: 0..<size, using: &random), Int.random(in: 1...size, using: &random))
    try await office.base.store.read { snapshot in
      let hasher = try TreeHasher(ledger.library)
      let leaves = try snapshot.rows("SELECT leaf FROM ledger_entries ORDER BY entry") { row in
        try row.get(0) as [UInt8]
      }
      let model = ModelTree(leaves.compactMap(TreeHash.init), hasher)
      let reader = TreeReader(hasher: hasher)
      let root = try reader.root(of: 0..<Int64(size), in: snapshot)
      XCTAssertEqual(root, try model.root(of: 0..<size))
      XCTAssertEqual(try ledger.sealedTip(in: snapshot).peaks, try reader.peaks(size: Int64(size), in: snapshot))
      for (entry, end) in [(entry, size), (0, size), (size - 1, size), (oldSize - 1, oldSize)] {
        let path = try reader.path(of: Int64(entry), in: 0..<Int64(end), snapshot)
        XCTAssertEqual(path, try model.path(of: entry, in: 0..<end), "\(entry) of \(end)")
        XCTAssertEqual(
          try MerkleProof.root(of: model.leaves[entry], at: Int64(entry), size: Int64(end), path: path, hasher),
          try model.root(of: 0..<end))
      }
      for old in [oldSize, 1, 16, 256, size] {
        let path = try reader.consistencyPath(from: Int64(old), to: Int64(size), in: snapshot)
        XCTAssertEqual(path, try model.consistencyPath(from: old, to: size), "\(old) to \(size)")
        XCTAssertTrue(
          try MerkleProof.isConsistent(
            model.root(of: 0..<old), oldSize: Int64(old), with: root, size: Int64(size), path: path, hasher))
      }
    }
  }

  func testARolledBackEntryLeavesNoTrace() async throws {
    let office = try await LedgerOffice(entries: 17)
    struct Refused: Error {}
    let ledger = office.ledger
    _ = await failure {
      try await office.base.store.write { transaction in
        for _ in 0..<40 {
          try ledger.append(LedgerEntry(.rotation, by: .applicant), at: Instant(milliseconds: 0), in: transaction)
        }
        throw Refused()
      }
    }
    try await office.append(40)
    let inspection = try await office.vault.inspectLedger()
    XCTAssertEqual(inspection.size, 57)
  }

  func testEntriesOfManyWritersAtOnceStandOneAfterTheOther() async throws {
    let office = try await LedgerOffice(entries: 0)
    let (store, vault) = (office.base.store, office.vault)
    let indices = await withThrowingTaskGroup(of: Int64.self) { group in
      for number in 0..<400 {
        group.addTask {
          try await store.write { transaction in
            let index = try vault.append(
              LedgerEntry(.outOfOrderCall, by: .system("queue"), facts: [LedgerFact("number", Int64(number))]),
              in: transaction)
            // Every seventh changes its mind, in the middle of a group.
            if number % 7 == 0 { throw CancellationError() }
            return index
          }
        }
      }
      var indices: [Int64] = []
      while let result = await group.nextResult() {
        if let index = try? result.get() { indices.append(index) }
      }
      return indices
    }
    XCTAssertEqual(indices.sorted(), Array(0..<Int64(indices.count)))
    XCTAssertEqual(indices.count, 400 - 58)
    XCTAssertLessThan(store.counters.commitCount, 350, "one commit served several")
    let inspection = try await vault.inspectLedger()
    XCTAssertEqual(inspection.size, 342)
  }

  func testTheTablesRefuseChangesAndDeletions() async throws {
    let office = try await LedgerOffice(entries: 2)
    try await office.signHead()
    for (change, table) in [
      ("UPDATE ledger_entries SET at = 0", "ledger_entries"),
      ("DELETE FROM ledger_entries WHERE entry = 1", "ledger_entries"),
      ("UPDATE ledger_heads SET at = 0", "ledger_heads"),
      ("DELETE FROM ledger_heads", "ledger_heads"),
    ] as [(SQL, String)] {
      let refusal = await failure { try await office.base.store.write { try $0.run(change) } }
      XCTAssertEqual(refusal as? StoreError, .constraint(.trigger, ["\(table) is append-only"]))
    }
  }

  func testNothingIsAppendedOnceTheTipIsForged() async throws {
    for change in ["size = 1", "head_size = 1", "peaks = zeroblob(32)", "seal = zeroblob(32)"] {
      let office = try await LedgerOffice(entries: 2)
      try office.base.tamper("UPDATE ledger_tip SET \(change)")
      let refusal = await failure { try await office.append(1) }
      XCTAssertEqual((refusal as? Problem)?.code, "vault.ledger-broken", change)
    }
  }
}

/// An office whose ledger has some entries.
struct LedgerOffice {
  let base: VaultOffice
  let vault: Vault
  var ledger: Ledger
  private(set) var size: Int64 = 0

  init(entries count: Int) async throws {
    base = try await VaultOffice()
    vault = try await base.vault()
    ledger = try vault.opened.ledger
    try await append(count)
    size = Int64(count)
  }

  func append(_ count: Int) async throws {
    let (ledger, now) = (ledger, base.clock.now)
    try await base.store.write { transaction in
      for number in 0..<count {
        let entry = LedgerEntry(
          .opening, by: .officer(OfficerID(Int64(number)), .clerk), about: SubjectID(Int64(number) * 7),
          facts: [LedgerFact("purpose", Purpose.service)])
        try ledger.append(entry, at: now, in: transaction)
      }
    }
  }

  @discardableResult
  func signHead() async throws -> SignedHead {
    let head = try await vault.signHead()
    return try XCTUnwrap(head)
  }
}

/// A generator from a printed seed.
struct SplitMix: RandomNumberGenerator {
  private let source: SeededRandom
  init(seed: UInt64) { source = SeededRandom(seed: seed) }
  mutating func next() -> UInt64 { source.uint64() }
}
