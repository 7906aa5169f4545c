import Contracts
import Core
import Crypto
import Store
import VaultHarness
import XCTest

@testable import Ledger
@testable import Vault

/// What a person with a database shell does to the ledger, past its triggers, and what `gapura ledger verify` says.
final class LedgerTamperingTests: XCTestCase {
  private static let unlocked = """
    DROP TRIGGER ledger_entries_keeps_rows; DROP TRIGGER ledger_entries_loses_none;
    DROP TRIGGER ledger_heads_keeps_rows; DROP TRIGGER ledger_heads_loses_none;
    """

  private func fault(_ office: LedgerOffice) async throws -> LedgerFault? {
    let ledger = office.ledger
    return try await office.base.store.read { snapshot in
      do {
        _ = try LedgerInspector(ledger: ledger).inspect(since: nil, in: snapshot) { _, _ in }
        return nil
      } catch let fault as LedgerFault {
        return fault
      }
    }
  }

  /// Forty entries, with heads over the first 20 and the first 30.
  private func office() async throws -> LedgerOffice {
    let office = try await LedgerOffice(entries: 20)
    try await office.signHead()
    try await office.append(10)
    try await office.signHead()
    try await office.append(10)
    return office
  }

  func testAnUntouchedLedgerIsIntact() async throws {
    let fault = try await fault(office())
    XCTAssertNil(fault)
  }

  func testEveryKindOfTamperingIsFoundAtTheFirstBadEntry() async throws {
    let cases: [(what: String, sql: String, fault: LedgerFault)] = [
      // Edited, each column.
      ("time", "UPDATE ledger_entries SET at = at + 1 WHERE entry = 35", .entryChanged(35)),
      ("kind", "UPDATE ledger_entries SET kind = 'consent' WHERE entry = 3", .entryChanged(3)),
      ("principal", "UPDATE ledger_entries SET principal = 'applicant' WHERE entry = 3", .entryChanged(3)),
      ("subject", "UPDATE ledger_entries SET subject = subject + 1 WHERE entry IN (8, 31)", .entryChanged(8)),
      ("no subject", "UPDATE ledger_entries SET subject = NULL WHERE entry = 39", .entryChanged(39)),
      ("facts", "UPDATE ledger_entries SET facts = 'purpose=receipt' WHERE entry = 0", .entryChanged(0)),
      ("leaf", "UPDATE ledger_entries SET leaf = zeroblob(32) WHERE entry = 4", .entryChanged(4)),
      ("short leaf", "UPDATE ledger_entries SET leaf = substr(leaf, 1, 31) WHERE entry = 4", .entryChanged(4)),
      ("mark", "UPDATE ledger_entries SET mark = zeroblob(16) WHERE entry = 5", .entryChanged(5)),
      // Deleted.
      ("deleted", "DELETE FROM ledger_entries WHERE entry = 17", .entryMissing(17)),
      ("first deleted", "DELETE FROM ledger_entries WHERE entry = 0", .entryMissing(0)),
      ("all deleted", "DELETE FROM ledger_entries", .entryMissing(0)),
      (
        "deleted and closed up",
        "DELETE FROM ledger_entries WHERE entry = 17; UPDATE ledger_entries SET entry = entry - 1 WHERE entry > 17",
        .entryChanged(17)
      ),
      // Truncated.
      ("truncated by one", "DELETE FROM ledger_entries WHERE entry = 39", .entryMissing(39)),
      ("truncated below a head", "DELETE FROM ledger_entries WHERE entry >= 25", .entryMissing(25)),
      (
        "truncated with its tip",
        "DELETE FROM ledger_entries WHERE entry >= 25; UPDATE ledger_tip SET size = 25, head_size = 20",
        .entryMissing(25)
      ),
      (
        "truncated with its tip and heads",
        "DELETE FROM ledger_entries WHERE entry >= 25; DELETE FROM ledger_heads WHERE size > 25; "
          + "UPDATE ledger_tip SET size = 25, head_size = 20", .tipForged(entries: 25)
      ),
      // Inserted.
      (
        "appended",
        "INSERT INTO ledger_entries SELECT 40, at, kind, principal, subject, facts, leaf, mark FROM ledger_entries "
          + "WHERE entry = 39", .entryInserted(40)
      ),
      (
        "put before all",
        "INSERT INTO ledger_entries SELECT -1, at, kind, principal, subject, facts, leaf, mark "
          + "FROM ledger_entries WHERE entry = 0", .entryInserted(-1)
      ),
      (
        "put between",
        "UPDATE ledger_entries SET entry = -entry - 1 WHERE entry >= 12; "
          + "UPDATE ledger_entries SET entry = -entry WHERE entry < 0; INSERT INTO ledger_entries "
          + "SELECT 12, at, kind, principal, subject, facts, leaf, mark FROM ledger_entries WHERE entry = 11",
        .entryChanged(12)
      ),
      // Reordered.
      (
        "swapped",
        "UPDATE ledger_entries SET entry = -9 WHERE entry = 9; UPDATE ledger_entries SET entry = 9 WHERE entry = 30; "
          + "UPDATE ledger_entries SET entry = 30 WHERE entry = -9", .entryChanged(9)
      ),
      // The tree.
      (
        "node", "UPDATE ledger_nodes SET hash = zeroblob(32) WHERE level = 4 AND place = 1",
        .nodeChanged(first: 16)
      ),
      ("node deleted", "DELETE FROM ledger_nodes WHERE place = 0", .nodeChanged(first: 0)),
      ("node inserted", "INSERT INTO ledger_nodes VALUES (4, 2, zeroblob(32))", .nodeInserted),
      // Heads.
      ("head's root", "UPDATE ledger_heads SET root = zeroblob(32) WHERE size = 20", .headChanged(size: 20)),
      ("head's time", "UPDATE ledger_heads SET at = at + 1 WHERE size = 30", .headChanged(size: 30)),
      ("head's size", "UPDATE ledger_heads SET size = 31 WHERE size = 30", .headChanged(size: 31)),
      ("head beyond the end", "UPDATE ledger_heads SET size = 41 WHERE size = 30", .headChanged(size: 41)),
      (
        "head's signature", "UPDATE ledger_heads SET signature = zeroblob(64) WHERE size = 20",
        .headChanged(size: 20)
      ),
      ("head's order", "UPDATE ledger_heads SET previous_size = 0 WHERE size = 30", .headChanged(size: 30)),
      ("first head deleted", "DELETE FROM ledger_heads WHERE size = 20", .headMissing(after: 0)),
      ("last head deleted", "DELETE FROM ledger_heads WHERE size = 30", .headMissing(after: 20)),
      // The tip.
      ("tip", "UPDATE ledger_tip SET seal = zeroblob(32)", .tipForged(entries: 40)),
      ("tip deleted", "DELETE FROM ledger_tip", .tipForged(entries: 40)),
    ]
    for (what, sql, expected) in cases {
      let office = try await office()
      try office.base.tamper(Self.unlocked + sql)
      let found = try await fault(office)
      XCTAssertEqual(found, expected, what)
    }
  }

  func testWhoComputesAllHashesAnewIsFoundAtTheEntryAllTheSame() async throws {
    let office = try await office()
    let forged = LedgerLine(at: 1, kind: "opening", principal: "officer:99:clerk", subject: 5, facts: "purpose=service")
    let hasher = try TreeHasher(office.ledger.library)
    // Everything that needs no key: the entry, its hash, and the tree above it.
    let leaf = try hasher.leaf(forged.bytes)
    try office.base.tamper(
      Self.unlocked
        + "UPDATE ledger_entries SET at = 1, principal = 'officer:99:clerk', subject = 5, facts = 'purpose=service', "
        + "leaf = x'\(Hexadecimal.text(leaf.bytes))' WHERE entry = 33")
    let leaves = try await office.base.store.read { snapshot in
      try snapshot.rows("SELECT leaf FROM ledger_entries ORDER BY entry") { row in try row.get(0) as [UInt8] }
    }
    let node = try ModelTree(leaves.compactMap(TreeHash.init), hasher).root(of: 16..<32)
    try office.base.tamper(
      "UPDATE ledger_nodes SET hash = x'\(Hexadecimal.text(node.bytes))' WHERE level = 4 AND place = 1")
    let found = try await fault(office)
    XCTAssertEqual(found, .entryChanged(33))
  }

  func testEveryFaultHasWordsThatNameTheEntry() {
    XCTAssertEqual(LedgerFault.entryMissing(17).problem.arguments, ["entry": "17"])
    XCTAssertEqual(LedgerFault.entryChanged(17).problem.arguments, ["entry": "17"])
    XCTAssertEqual(LedgerFault.entryInserted(17).problem.arguments, ["entry": "17"])
    XCTAssertEqual(LedgerFault.nodeChanged(first: 16).problem.arguments, ["entry": "16"])
    XCTAssertEqual(LedgerFault.tipForged(entries: 17).problem.arguments, ["entry": "17"])
  }
}
