import Contracts
import Core
import Store
import XCTest

@testable import Vault

final class AuditTests: XCTestCase {
  private let unlocked = "DROP TRIGGER vault_audit_keeps_rows; DROP TRIGGER vault_audit_loses_none;"

  /// A house in which one person's records were opened `count` times.
  private func house(openings count: Int) async throws -> (House, Vault, SubjectID) {
    let house = try await House()
    let vault = try await house.vault()
    let subject = try await house.store.write { transaction in
      let subject = try vault.createSubject(in: transaction)
      for round in 0..<count {
        _ = try vault.open(
          Contact.self, of: subject, for: .service, as: .officer(OfficerID(Int64(round)), .clerk), in: transaction)
      }
      return subject
    }
    return (house, vault, subject)
  }

  func testEachOpeningNamesWhoWhyWhomAndWhat() async throws {
    let (house, vault, subject) = try await house(openings: 0)
    try await house.store.write { transaction in
      try vault.seal(Personal(Contact.sample), of: subject, in: transaction)
      _ = try vault.open(Contact.self, of: subject, for: .receipt, as: .applicant, in: transaction)
    }
    house.clock.advance(by: .seconds(5))
    try await house.store.write { transaction in
      _ = try vault.open(Biodata.self, of: subject, for: .duplicateCheck, as: .system("registration"), in: transaction)
    }
    let rows = try await house.store.read { snapshot in
      try snapshot.rows("SELECT seq, at, principal, purpose, subject, kind, outcome FROM vault_audit ORDER BY seq") {
        row in
        let (seq, at, whom) = (try row.get(0) as Int, try row.get(1) as Int64, try row.get(4) as SubjectID)
        let texts = [try row.get(2) as String, try row.get(3), try row.get(5), try row.get(6)]
        return "\(seq) \(at) \(texts) \(whom == subject)"
      }
    }
    XCTAssertEqual(
      rows,
      [
        #"1 1795000000000 ["applicant", "receipt", "contact", "opened"] true"#,
        #"2 1795000005000 ["system:registration", "duplicate-check", "biodata", "absent"] true"#,
      ])
    let verdict = try await vault.verifyAudit()
    XCTAssertEqual(verdict, .intact(length: 2))
  }

  func testALongAuditIsIntactOverSeveralPages() async throws {
    let (_, vault, _) = try await house(openings: 2500)
    let verdict = try await vault.verifyAudit()
    XCTAssertEqual(verdict, .intact(length: 2500))
  }

  func testTheTableRefusesChangesAndDeletions() async throws {
    let (house, _, _) = try await house(openings: 2)
    for change in ["UPDATE vault_audit SET at = 0", "DELETE FROM vault_audit WHERE seq = 2"] as [SQL] {
      let refusal = await failure { try await house.store.write { try $0.run(change) } }
      XCTAssertEqual(refusal as? StoreError, .constraint(.trigger, ["vault_audit is append-only"]))
    }
  }

  func testEveryKindOfTamperingIsFoundAtItsRow() async throws {
    let cases: [(sql: String, verdict: AuditVerdict)] = [
      ("UPDATE vault_audit SET principal = 'applicant' WHERE seq = 3", .rowChanged(3)),
      ("UPDATE vault_audit SET purpose = 'receipt' WHERE seq = 3", .rowChanged(3)),
      ("UPDATE vault_audit SET subject = subject + 1 WHERE seq = 1", .rowChanged(1)),
      ("UPDATE vault_audit SET at = at + 1 WHERE seq = 5", .rowChanged(5)),
      ("UPDATE vault_audit SET kind = 'biodata' WHERE seq = 5", .rowChanged(5)),
      ("UPDATE vault_audit SET outcome = 'opened' WHERE seq = 2", .rowChanged(2)),
      ("UPDATE vault_audit SET chain = zeroblob(32) WHERE seq = 4", .rowChanged(4)),
      ("DELETE FROM vault_audit WHERE seq = 3", .rowMissing(3)),
      ("DELETE FROM vault_audit WHERE seq = 5", .rowMissing(5)),
      ("DELETE FROM vault_audit", .rowMissing(1)),
      ("DELETE FROM vault_audit WHERE seq = 3; UPDATE vault_audit SET seq = seq - 1 WHERE seq > 3", .rowChanged(3)),
      (
        "UPDATE vault_audit SET seq = -3 WHERE seq = 3; UPDATE vault_audit SET seq = 3 WHERE seq = 4; "
          + "UPDATE vault_audit SET seq = 4 WHERE seq = -3", .rowChanged(3)
      ),
      (
        "INSERT INTO vault_audit SELECT 6, at, principal, purpose, subject, kind, outcome, chain FROM vault_audit "
          + "WHERE seq = 5",
        .rowChanged(6)
      ),
      ("UPDATE vault_audit_head SET seq = 4", .headForged),
      ("DELETE FROM vault_audit_head", .headForged),
      (
        "DELETE FROM vault_audit WHERE seq = 5; "
          + "UPDATE vault_audit_head SET seq = 4, chain = (SELECT chain FROM vault_audit WHERE seq = 4)", .headForged
      ),
      (
        "DELETE FROM vault_audit WHERE seq = 5; UPDATE vault_audit_head SET seq = 4, "
          + "chain = (SELECT chain FROM vault_audit WHERE seq = 4), "
          + "seal = (SELECT chain FROM vault_audit WHERE seq = 4)",
        .headForged
      ),
    ]
    for (sql, expected) in cases {
      let (house, vault, _) = try await house(openings: 5)
      try house.tamper(unlocked + sql)
      let verdict = try await vault.verifyAudit()
      XCTAssertEqual(verdict, expected, sql)
    }
  }

  func testNothingIsOpenedOnceTheHeadIsForged() async throws {
    let (house, vault, subject) = try await house(openings: 2)
    try house.tamper("UPDATE vault_audit_head SET seq = 1")
    let refusal = await failure {
      try await house.store.write { transaction in
        _ = try vault.open(Contact.self, of: subject, for: .service, as: .applicant, in: transaction)
      }
    }
    XCTAssertEqual((refusal as? Problem)?.code, "vault.audit-broken")
  }
}
