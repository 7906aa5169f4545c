import Contracts
import Core
import Expectations
import Store
import Vault
import XCTest

@testable import Registration
@testable import Tracking

/// What applications let each role do (docs/duties.md), and an officer who knows the person.
final class DutyTests: XCTestCase {
  func testCasesAskForTheRightThatTheTableNames() async throws {
    let hall = try await Hall()
    let applications = hall.applications()
    let number = try await applications.submit(hall.sheet(), for: .passport, submission: "k").number
    let codes = CounterCodes(
      store: hall.store, hash: hall.vault, lookUps: LookUpGuard(clock: hall.clock, log: SilentLog(), missTime: .zero),
      ledger: hall.vault, clock: hall.clock, random: SystemRandom())
    try await XCTAssertDuties(
      of: "Registration",
      [
        "Applications.caseFile": { officer in
          _ = try await hall.store.write { try applications.caseFile(number, for: .service, as: officer, in: $0) }
        },
        "Applications.leave": { _ = try await applications.leave(number, by: $0) },
        "CounterCodes.give": { _ = try await codes.give(for: number, by: $0) },
      ])
  }

  func testAnOfficerWhoKnowsThePersonStandsInTheLedgerAndTheJournal() async throws {
    let hall = try await Hall()
    var applications = hall.applications()
    applications.ledger = hall.vault
    let acquaintances = Acquaintances()
    let journeys = hall.journeys()
    acquaintances.whenTold { try journeys.leave($0, in: $1) }
    applications.acquaintances = acquaintances
    let number = try await hall.applications(tracking: journeys).submit(hall.sheet(), for: .passport, submission: "k")
      .number
    let left = try await applications.leave(number, by: .officer(OfficerID(7), .clerk))
    XCTAssertTrue(left)
    let vault = hall.vault
    let entries = try await hall.store.read { try vault.entries(of: .acquaintance, limit: 5, in: $0) }
    XCTAssertEqual(entries.map(\.principal), ["officer:7:clerk"])
    let events = try await hall.store.journal.events(after: 0, limit: 100)
    XCTAssertEqual(events.last { $0.kind == "application.left" }?.payload, "{\"officer\":7}")
    let unknown = try await applications.leave(
      ApplicationNumber(from: SystemRandom()), by: .officer(OfficerID(7), .clerk))
    XCTAssertFalse(unknown)
  }

  func testWhereNoColleagueCanTakeTheNumberNothingIsRecorded() async throws {
    let hall = try await Hall()
    var applications = hall.applications()
    applications.ledger = hall.vault
    let acquaintances = Acquaintances()
    acquaintances.whenTold { _, _ in throw Problem(.conflict, "queue.no-colleague") }
    applications.acquaintances = acquaintances
    let number = try await applications.submit(hall.sheet(), for: .passport, submission: "k").number
    let leaving = applications
    await XCTAssertProblem("queue.no-colleague") {
      _ = try await leaving.leave(number, by: .officer(OfficerID(7), .clerk))
    }
    let vault = hall.vault
    let entries = try await hall.store.read { try vault.entries(of: .acquaintance, limit: 5, in: $0) }
    XCTAssertEqual(entries, [])
  }
}
