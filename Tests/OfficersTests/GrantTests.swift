import Contracts
import Core
import Expectations
import ModuleHarness
import Store
import Web
import XCTest

@testable import Officers

/// Roles that are given, stood in for, and ended.
final class GrantTests: XCTestCase {
  private static let supervisor = Principal.officer(OfficerID(99), .supervisor)

  private func order(
    _ role: String, _ office: StaffedOffice, days: Int? = nil, in first: Duration = .zero
  ) -> GrantOrder {
    let since = office.base.clock.now + first
    return GrantOrder(
      role: role, kind: .own, since: since, until: days.map { since + .hours(24 * $0) }, reason: "Surat perintah 12")
  }

  func testARoleThatIsGivenCountsAtOnceBesideTheOthersAndAsksForANewSignIn() async throws {
    let office = try await StaffedOffice()
    let account = try await office.add("siti")
    let token = try await office.enter("siti")
    try await office.grants.give(order("approver", office), to: account.id, by: Self.supervisor)
    let gone = try await office.officer(token)
    XCTAssertNil(gone, "no token outlives the rights for which it was made")
    let officer = try await office.officer(try await office.enter("siti"))
    XCTAssertEqual(officer?.principal.description, "officer:\(account.id):clerk+approver")
    XCTAssertTrue(officer?.rights.contains(.approve) ?? false)
    let events = try await office.base.store.journal.events(after: 0, limit: 10)
    XCTAssertEqual(events.map(\.kind), ["officer.added", "officer.role-given"])
    XCTAssertEqual(events.last?.payload, "{\"by\":\"officer:99:supervisor\"}")
    await XCTAssertProblem("officers.has-role") {
      try await office.grants.give(self.order("approver", office), to: account.id, by: Self.supervisor)
    }
  }

  func testARoleHoldsFromItsDayToItsDayWithinASession() async throws {
    let office = try await StaffedOffice()
    let account = try await office.add("siti")
    try await office.grants.give(
      order("photo", office, days: 1, in: .hours(1)), to: account.id, by: Self.supervisor)
    let token = try await office.enter("siti")
    let before = try await office.officer(token)
    XCTAssertEqual(before?.rights.description, "clerk")
    for _ in 0..<4 {
      office.base.clock.advance(by: .minutes(15))
      _ = try await office.officer(token)
    }
    let during = try await office.officer(token)
    XCTAssertEqual(during?.rights.description, "clerk+photo")
    office.base.clock.advance(by: .hours(24))
    let after = try await office.officer(try await office.enter("siti"))
    XCTAssertEqual(after?.rights.description, "clerk")
  }

  func testAnAuditorAlwaysHasAnEnd() async throws {
    let office = try await StaffedOffice()
    let account = try await office.add("siti", role: .frontDesk)
    for days in [nil, 365] {
      await XCTAssertProblem("officers.grant-needs-end") {
        try await office.grants.give(self.order("auditor", office, days: days), to: account.id, by: Self.supervisor)
      }
    }
    try await office.grants.give(order("auditor", office, days: 30), to: account.id, by: Self.supervisor)
    let officer = try await office.officer(try await office.enter("siti"))
    XCTAssertEqual(officer?.rights.shows(.reports), true)
    XCTAssertEqual(officer?.rights.contains(.reports), false)
  }

  func testAStandInHasTheRolesOfTheOtherForTheTimeAndIsToldApart() async throws {
    let office = try await StaffedOffice()
    let head = try await office.add("budi", role: .head)
    let account = try await office.add("siti")
    let now = office.base.clock.now
    await XCTAssertProblem("officers.grant-times") {
      try await office.grants.standIn(
        for: head.id, to: account.id, since: now, until: nil, because: "Cuti tahunan", by: Self.supervisor)
    }
    try await office.grants.standIn(
      for: head.id, to: account.id, since: now, until: now + .hours(48), because: "Cuti tahunan", by: Self.supervisor)
    let officer = try await office.officer(try await office.enter("siti"))
    XCTAssertEqual(officer?.principal.description, "officer:\(account.id):clerk+plh-head")
    let grants = try await office.grants.account(account.id).one.grants
    XCTAssertEqual(grants.first?.standsFor, head.id)
    office.base.clock.advance(by: .hours(48))
    let after = try await office.officer(try await office.enter("siti"))
    XCTAssertEqual(after?.rights.description, "clerk")
    await XCTAssertProblem("officers.stand-in-for-whom") {
      try await office.grants.standIn(
        for: account.id, to: account.id, since: office.base.clock.now, until: office.base.clock.now + .hours(1),
        because: "Cuti tahunan", by: Self.supervisor)
    }
  }

  func testNoOfficerChangesTheirOwnRightsAndTheLastWhoCanGiveThemKeepsThem() async throws {
    let office = try await StaffedOffice()
    let first = try await office.add("siti", role: .supervisor)
    let own = Principal.officer(first.id, .supervisor)
    await XCTAssertProblem("officers.own-rights") {
      try await office.grants.give(self.order("head", office), to: first.id, by: own)
    }
    let grant = try XCTUnwrap(first.grants.first).id
    await XCTAssertProblem("officers.last-supervisor") {
      try await office.grants.end(grant, of: first.id, because: "Pindah tugas", by: .system("test"))
    }
    // One who can give rights for a time alone is no one on whom the office can count.
    let second = try await office.add("budi")
    try await office.grants.give(order("head", office, days: 30), to: second.id, by: own)
    await XCTAssertProblem("officers.last-supervisor") {
      try await office.grants.end(grant, of: first.id, because: "Pindah tugas", by: .system("test"))
    }
    let third = try await office.add("rina", role: .head)
    try await office.grants.end(grant, of: first.id, because: "Pindah tugas", by: .officer(third.id, Rights([.head])))
    let account = try await office.staff.account(XCTUnwrap(Username("siti")))
    XCTAssertEqual(account?.grants.first?.ending?.reason, "Pindah tugas")
    await XCTAssertProblem("officers.grant-over") {
      try await office.grants.end(grant, of: first.id, because: "Pindah tugas", by: .system("test"))
    }
  }

  func testWithoutAReasonOrInImpossibleTimesNothingIsGiven() async throws {
    let office = try await StaffedOffice()
    let account = try await office.add("siti")
    let now = office.base.clock.now
    let wrong: [(GrantOrder, String)] = [
      (GrantOrder(role: "photo", kind: .own, since: now, reason: " "), "officers.grant-reason"),
      (GrantOrder(role: "photo", kind: .own, since: now, reason: "123456"), "officers.grant-reason"),
      (
        GrantOrder(role: "photo", kind: .own, since: now, until: now, reason: "Surat perintah 12"),
        "officers.grant-times"
      ),
      (GrantOrder(role: "polisi", kind: .own, since: now, reason: "Surat perintah 12"), "officers.unknown-role"),
    ]
    for (order, code) in wrong {
      await XCTAssertProblem(code) { try await office.grants.give(order, to: account.id, by: Self.supervisor) }
    }
    let grants = try await office.grants.account(account.id).one.grants
    XCTAssertEqual(grants.map(\.role), ["clerk"])
  }

  func testWhatWasGivenAndEndedCannotBeChangedAfterwards() async throws {
    let office = try await StaffedOffice()
    let account = try await office.add("siti")
    try await office.grants.give(order("photo", office), to: account.id, by: Self.supervisor)
    let id = try await office.grants.account(account.id).one.grants.first?.id ?? 0
    try await office.grants.end(id, of: account.id, because: "Pindah tugas", by: Self.supervisor)
    for change: SQL in [
      "UPDATE officers_grant SET role = 'head'", "DELETE FROM officers_grant", "DELETE FROM officers_grant_end",
    ] {
      let refusal = await failure { try await office.base.store.write { try $0.run(change) } }
      XCTAssertNotNil(refusal)
    }
  }

  func testTheStrictestDemandOfAnOfficersRolesHolds() async throws {
    let office = try await StaffedOffice()
    let clerk = try await office.add("siti")
    XCTAssertEqual(office.sessions.demands(of: clerk), .usual)
    let both = try await office.add("budi", role: .supervisor)
    try await office.grants.give(order("clerk", office), to: both.id, by: .system("test"))
    let account = try await office.grants.account(both.id).one
    XCTAssertEqual(office.sessions.demands(of: account), .strict)
  }
}
