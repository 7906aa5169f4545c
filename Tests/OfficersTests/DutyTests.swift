import Contracts
import Core
import Expectations
import ModuleHarness
import XCTest

@testable import Officers

/// What keeping accounts and giving rights lets each role do (docs/duties.md).
final class DutyTests: XCTestCase {
  func testAccountsAndRightsAskForTheRightThatTheTableNames() async throws {
    let office = try await StaffedOffice()
    let (staff, grants, sessions) = (office.staff, office.grants, office.sessions)
    let reset = FactorReset(staff: staff, ledger: nil)
    let new = NewAccount(
      username: try XCTUnwrap(Username("baru")), displayName: nil, role: .clerk, mustChangePassword: false)
    let order = GrantOrder(role: "photo", kind: .own, since: office.base.clock.now, reason: "uji peran")
    let (unknown, now) = (OfficerID(4711), office.base.clock.now)
    try await XCTAssertDuties(
      of: "Officers",
      [
        "StaffService.add": { try await staff.add(new, password: StaffedOffice.password, by: $0) },
        "StaffService.resetPassword": { _ = try await staff.resetPassword(of: unknown, by: $0) },
        "StaffService.setDisabled": { _ = try await staff.setDisabled(true, unknown, by: $0) },
        "FactorReset.reset": { _ = try await reset.reset(unknown, because: "ponsel hilang di jalan", by: $0) },
        "Sessions.end": { _ = try await sessions.end(of: unknown, by: $0) { _ in true } },
        "GrantService.give": { try await grants.give(order, to: unknown, by: $0) },
        "GrantService.standIn": {
          try await grants.standIn(
            for: unknown, to: unknown, since: now, until: now + .hours(24), because: "uji peran", by: $0)
        },
        "GrantService.end": { try await grants.end(1, of: unknown, because: "uji peran", by: $0) },
      ])
  }
}
