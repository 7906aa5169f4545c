import Core
import XCTest

final class RightsTests: XCTestCase {
  func testSeveralRolesGiveTheRightsOfAll() {
    let rights = Rights([.photo, .treasurer])
    XCTAssertTrue(rights.contains(.serve))
    XCTAssertTrue(rights.contains(.money))
    XCTAssertFalse(rights.contains(.approve))
    XCTAssertEqual("\(rights)", "photo+treasurer")
    XCTAssertEqual(rights.all, [.serve, .help, .workList, .cases, .money])
  }

  func testARoleThatReadsShowsItsPagesAndDoesNothing() {
    let rights = Rights([.auditor])
    XCTAssertTrue(rights.isReadOnly)
    XCTAssertTrue(rights.shows(.hall))
    XCTAssertFalse(rights.contains(.hall))
    XCTAssertEqual(rights.all, [])
    XCTAssertFalse(rights.shows(.cases), "an audit reads what the office does, and no person's answers")
    let both = Rights([.clerk, .auditor])
    XCTAssertFalse(both.isReadOnly)
    XCTAssertTrue(both.contains(.serve))
    XCTAssertFalse(both.contains(.hall), "reading it beside other work makes no one lead the hall")
  }

  func testWithoutARoleAnOfficerMayNothing() {
    for right in Right.allCases {
      XCTAssertFalse(Rights.none.contains(right) || Rights.none.shows(right), right.rawValue)
    }
    XCTAssertEqual("\(Rights.none)", "none")
  }

  func testASupervisorMayAllThatAnOfficerAtACounterMay() {
    XCTAssertTrue(Role.clerk.rights.isStrictSubset(of: Role.supervisor.rights))
  }

  func testARoleOfAStandInGivesTheSameAndIsToldApart() {
    let standIn = Role.head.ofStandIn
    XCTAssertEqual(standIn.rights, Role.head.rights)
    XCTAssertNotEqual(standIn, .head)
    XCTAssertEqual("\(Principal.officer(OfficerID(3), Rights([.clerk, standIn])))", "officer:3:clerk+plh-head")
  }

  func testAPrincipalIsAskedForARight() throws {
    let clerk = Principal.officer(OfficerID(7), .clerk)
    XCTAssertEqual(try clerk.requireOfficer(with: .serve), OfficerID(7))
    for refused in [clerk, .officer(OfficerID(9), Rights([.auditor])), .applicant, .kiosk("hall")] {
      XCTAssertThrowsError(try refused.require(.hall), "\(refused)") { error in
        XCTAssertEqual((error as? Problem)?.kind, .forbidden)
      }
    }
    XCTAssertNoThrow(try Principal.system("queue").require(.hall))
    XCTAssertThrowsError(try Principal.system("queue").requireOfficer(with: .hall), "no officer is named then")
    XCTAssertNoThrow(try Principal.officer(OfficerID(9), Rights([.auditor])).requireSight(of: .hall))
    XCTAssertThrowsError(try clerk.requireSight(of: .hall))
  }

  func testTheStrictestDemandOfAnOfficersRolesHolds() {
    XCTAssertEqual(RoleDemands.strictest(of: []), .usual)
    XCTAssertEqual(RoleDemands.strictest(of: [.clerk, .supervisor]), .strict)
    let short = Role(
      name: "a", label: .init(inEveryLanguage: "a"), explanation: .init(inEveryLanguage: "a"), rights: [.help],
      demands: RoleDemands(needsSecondFactor: false, idleMax: .minutes(5), ageMax: .hours(20)))
    XCTAssertEqual(
      RoleDemands.strictest(of: [.supervisor, short]),
      RoleDemands(needsSecondFactor: true, idleMax: .minutes(5), ageMax: .hours(10)))
  }

  func testTheNamesOfShippedRolesAndTheWordsOfRightsAreEachOnesOwn() {
    XCTAssertEqual(Set(Role.shipped.map(\.name)).count, Role.shipped.count)
    XCTAssertEqual(Role.shipped.count, 13)
    let given = Role.shipped.reduce(into: Set<Right>()) { $0.formUnion($1.rights) }
    XCTAssertEqual(Set(Right.allCases).subtracting(given), [], "a right that no role gives")
    for role in Role.shipped where role.isReadOnly { XCTAssertNotNil(role.daysMax, "\(role) has an end") }
  }
}
