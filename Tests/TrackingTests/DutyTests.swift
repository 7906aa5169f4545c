import Contracts
import Core
import Expectations
import Store
import XCTest

@testable import Tracking

/// What following applications lets each role do (docs/duties.md), and which acts on one case are two officers' work.
final class DutyTests: XCTestCase {
  /// A visit, and a decision for each right that ends a stage.
  private struct Decided: CatalogueService {
    static let service = OfferedService(
      code: ServiceCode("paspor"), name: text("Paspor"), summary: text(""), audience: .citizens, queueLetter: "A",
      acceptsWebApplications: true, requirements: [], fields: [], fees: [], promisedWorkingDays: 4,
      stages: [sampleStage("kunjungan", .applicant, .visit)]
        + Right.ofStages.map { right in
          Stage(
            code: right.rawValue, name: text(right.rawValue), explanation: text("Penjelasan."), mover: .office,
            ending: .officer, right: right)
        } + [sampleStage("selesai", .applicant, .none)], legalBasis: [], validFrom: CivilDate(dayNumber: 0),
      validTo: nil, notices: [])

    func services(on day: CivilDate) -> [OfferedService] { [Self.service] }
    func service(_ code: ServiceCode) -> OfferedService? { code == Self.service.code ? Self.service : nil }
    func isWorkingDay(_ day: CivilDate) -> Bool { true }
    func workingDay(_ count: Int, after day: CivilDate) -> CivilDate { day.adding(days: count) }
  }

  /// Examining and approving are two officers' work, by that rule.
  private struct Separated: DutyService {
    let rule: DutyRule

    func rule(between act: Right, and other: Right) -> DutyRule? {
      Set([act, other]) == [.examine, .approve] ? rule : nil
    }
  }

  private static let examiner = Principal.officer(OfficerID(7), .supervisor)
  private static let colleague = Principal.officer(OfficerID(8), .supervisor)

  private func journeys(_ office: SampleOffice, _ rule: DutyRule? = nil) -> Journeys {
    var journeys = office.journeys(Decided())
    journeys.dutyRules = rule.map { Separated(rule: $0) }
    return journeys
  }

  /// An application that stands in a stage, led there by no officer.
  private func application(_ office: SampleOffice, in right: Right) async throws -> ApplicationNumber {
    let number = try await office.apply()
    let journeys = journeys(office)
    try await office.store.write { transaction in
      _ = try journeys.finishVisit(of: number, by: .system("test"), in: transaction)
      for earlier in Right.ofStages.prefix(while: { $0 != right }) {
        _ = try journeys.advance(number, from: earlier.rawValue, by: .system("test"), in: transaction)
      }
    }
    return number
  }

  private func advance(
    _ journeys: Journeys, _ number: ApplicationNumber, _ right: Right, by principal: Principal
  ) async throws {
    _ = try await journeys.store.write {
      try journeys.advance(number, from: right.rawValue, by: principal, in: $0)
    }
  }

  func testFollowingAsksForTheRightThatTheTableNames() async throws {
    let office = try await SampleOffice()
    let journeys = journeys(office)
    let unknown = ApplicationNumber(from: SystemRandom())
    var calls: [String: (Principal) async throws -> Void] = [
      "Journeys.workList": { officer in
        _ = try await office.store.read { try journeys.workList(as: officer, in: $0) }
      },
      "Journeys.finishVisit": { officer in
        _ = try await office.store.write { try journeys.finishVisit(of: unknown, by: officer, in: $0) }
      },
      "Journeys.takeBackVisit": { officer in
        _ = try await office.store.write {
          try journeys.takeBackVisit(of: unknown, entering: "uji", by: officer, in: $0)
        }
      },
      "Journeys.confirmCheck": { try await journeys.confirmCheck(0, by: $0) },
    ]
    for right in Right.ofStages {
      calls["Journeys.advance \(right.rawValue)"] = { officer in
        let number = try await self.application(office, in: right)
        try await self.advance(journeys, number, right, by: officer)
      }
    }
    try await XCTAssertDuties(of: "Tracking", calls)
  }

  func testWhoExaminedDoesNotApprove() async throws {
    let office = try await SampleOffice()
    let journeys = journeys(office, .refused)
    let number = try await application(office, in: .examine)
    try await advance(journeys, number, .examine, by: Self.examiner)
    await XCTAssertProblem("tracking.other-officer") {
      try await self.advance(journeys, number, .approve, by: Self.examiner)
    }
    let own = try await office.store.read { try journeys.workList(as: Self.examiner, in: $0).items }
    XCTAssertEqual(own.map(\.decider), [.otherOfficer])
    let others = try await office.store.read { try journeys.workList(as: Self.colleague, in: $0).items }
    XCTAssertEqual(others.map(\.decider), [.reader])
    let clerks = try await office.store.read { try journeys.workList(as: SampleOffice.clerk, in: $0).items }
    XCTAssertEqual(clerks.map(\.decider), [.otherRole])
    try await advance(journeys, number, .approve, by: Self.colleague)
    let checks = try await office.store.read { try CheckTable.waitingCount(in: $0) }
    XCTAssertEqual(checks, 0)
  }

  func testWhereFewWorkTheActIsDoneAndIsRedUntilAnotherHasLookedItOver() async throws {
    let office = try await SampleOffice()
    let journeys = journeys(office, .checkedAfterwards)
    let number = try await application(office, in: .examine)
    try await advance(journeys, number, .examine, by: Self.examiner)
    try await advance(journeys, number, .approve, by: Self.examiner)
    let waiting = try await office.store.read { try CheckTable.waiting(max: 5, in: $0) }
    XCTAssertEqual(waiting.map(\.act), [.approve])
    XCTAssertEqual(waiting.map(\.earlier), [.examine])
    let check = try XCTUnwrap(waiting.first)
    await XCTAssertProblem("tracking.own-check") { try await journeys.confirmCheck(check.id, by: Self.examiner) }
    try await journeys.confirmCheck(check.id, by: Self.colleague)
    await XCTAssertProblem("tracking.checked-already") {
      try await journeys.confirmCheck(check.id, by: .officer(OfficerID(9), Rights([.head])))
    }
    let (left, done) = try await office.store.read {
      (try CheckTable.waitingCount(in: $0), try CheckTable.done(max: 5, in: $0))
    }
    XCTAssertEqual(left, 0)
    XCTAssertEqual(done.map(\.checkedBy), [OfficerID(8)])
  }

  func testActsOfDifferentOfficersAndActsThatNoRuleNamesAreFree() async throws {
    let office = try await SampleOffice()
    let journeys = journeys(office, .refused)
    let number = try await application(office, in: .money)
    try await advance(journeys, number, .money, by: Self.examiner)
    try await advance(journeys, number, .examine, by: Self.examiner)
    try await advance(journeys, number, .approve, by: Self.colleague)
    try await advance(journeys, number, .issue, by: Self.examiner)
  }

  func testAnOfficerWhoKnowsThePersonDecidesNoStageMore() async throws {
    let office = try await SampleOffice()
    let journeys = journeys(office)
    let number = try await application(office, in: .examine)
    let known = try XCTUnwrap(Acquaintance(of: number, Self.examiner))
    for _ in 0..<2 { try await office.store.write { try journeys.leave(known, in: $0) } }
    await XCTAssertProblem("tracking.other-officer") {
      try await self.advance(journeys, number, .examine, by: Self.examiner)
    }
    try await advance(journeys, number, .examine, by: Self.colleague)
  }

  func testActsAreReadFromTheOfficersWhoLedTheCaseOutOfEachStage() {
    let steps = [(stage: "kunjungan", by: "applicant"), (stage: "examine", by: "officer:7:clerk")]
    let duties = CaseDuties(steps: steps, of: Decided.service)
    XCTAssertEqual(duties.acts, [], "a visit is no act of a stage")
    let more = CaseDuties(steps: steps + [(stage: "approve", by: "officer:7:clerk")], of: Decided.service)
    XCTAssertEqual(more.acts, [CaseDuties.Act(right: .examine, officer: OfficerID(7))])
    XCTAssertEqual(
      more.verdict(on: .approve, by: OfficerID(7), Separated(rule: .refused)), .refused(after: .examine))
    XCTAssertEqual(more.verdict(on: .approve, by: OfficerID(8), Separated(rule: .refused)), .free)
    XCTAssertEqual(more.verdict(on: .approve, by: nil, Separated(rule: .refused)), .free)
  }
}
