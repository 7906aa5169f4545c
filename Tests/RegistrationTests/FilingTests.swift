import Contracts
import Core
import Store
import Synchronization
import XCTest

@testable import Registration
@testable import Vault

final class FilingTests: XCTestCase {
  func testApplicationIsFiledWithItsPersonTimelineFeesAndEvent() async throws {
    let hall = try await Hall()
    let applications = hall.applications(tracking: hall.journeys())
    let outcome = try await applications.submit(hall.sheet(), for: .passport, submission: "k1")
    XCTAssertFalse(outcome.isChangedRepeat)
    let counts = try await hall.rowCounts()
    XCTAssertEqual(
      counts,
      [
        "application": 1, "fee": 2, "submission": 1, "case": 1, "step": 1, "subject": 1, "record": 4, "event": 2,
      ])
    let summary = try await hall.store.read { try applications.application(outcome.number, in: $0) }
    XCTAssertEqual(summary?.service, OfferedService.passport.code)
    XCTAssertEqual(summary?.fee, Rupiah(1_000_000))
    XCTAssertEqual(summary?.registeredAt, hall.clock.now)
  }

  func testAnApplicationTakesItsPersonsKeyOnceToBeFiledAndOnceToBeShown() async throws {
    let hall = try await Hall()
    let applications = hall.applications()
    let keyRing = try hall.vault.opened.keyRing
    func unwrappedCount() -> Int { keyRing.unwrappedCount.withLock { $0 } }
    let outcome = try await applications.submit(hall.sheet(), for: .passport, submission: "k")
    let counts = try await hall.rowCounts()
    XCTAssertEqual(counts["record"], 4)
    XCTAssertEqual(unwrappedCount(), 1)
    let file = try await hall.store.write {
      try applications.caseFile(outcome.number, for: .service, as: .officer(OfficerID(1), .clerk), in: $0)
    }
    XCTAssertEqual(file?.lines.count, 13)
    XCTAssertEqual(unwrappedCount(), 2)
  }

  func testSameFormSentByManyAtOnceMakesOneApplication() async throws {
    let hall = try await Hall()
    let applications = hall.applications(tracking: hall.journeys())
    let sheet = hall.sheet()
    let outcomes = try await withThrowingTaskGroup(of: Applications.Outcome.self) { group in
      for _ in 0..<32 {
        group.addTask { try await applications.submit(sheet, for: .passport, submission: "same") }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    XCTAssertEqual(outcomes.count, 32)
    XCTAssertEqual(Set(outcomes.map(\.number)).count, 1)
    XCTAssertFalse(outcomes.contains(where: \.isChangedRepeat))
    let counts = try await hall.rowCounts()
    XCTAssertEqual(counts["application"], 1)
    XCTAssertEqual(counts["subject"], 1)
    XCTAssertEqual(counts["event"], 2)
  }

  func testFormSentAgainWithOtherAnswersKeepsTheFirstAndSaysSo() async throws {
    let hall = try await Hall()
    let applications = hall.applications()
    let first = try await applications.submit(hall.sheet(), for: .passport, submission: "k")
    let second = try await applications.submit(
      hall.sheet(changing: ["tujuan": "Haji"]), for: .passport, submission: "k")
    XCTAssertEqual(second.number, first.number)
    XCTAssertTrue(second.isChangedRepeat)
    let file = try await hall.store.write {
      try applications.caseFile(first.number, for: .service, as: .officer(OfficerID(1), .clerk), in: $0)
    }
    XCTAssertEqual(
      file?.lines.first { $0.label == text("Isian tujuan", "Question tujuan") }?.value.exposed, "Umrah Planted")
  }

  func testOtherFormsMakeOtherApplications() async throws {
    let hall = try await Hall()
    let applications = hall.applications()
    let first = try await applications.submit(hall.sheet(), for: .passport, submission: "a")
    let second = try await applications.submit(hall.sheet(), for: .passport, submission: "b")
    XCTAssertNotEqual(first.number, second.number)
  }

  func testWhateverStepFailsNothingIsLeftBehind() async throws {
    let hall = try await Hall()
    let sheet = hall.sheet()
    var failureCount = 0
    while true {
      let wire = Tripwire(failing: failureCount + 1)
      let applications = hall.applications(
        vault: FragileVault(inner: hall.vault, wire: wire),
        tracking: FragileTracking(inner: hall.journeys(), wire: wire))
      do {
        _ = try await applications.submit(sheet, for: .passport, submission: "k")
        break
      } catch is Tripwire.Tripped {
        failureCount += 1
        let counts = try await hall.rowCounts()
        XCTAssertTrue(counts.values.allSatisfy { $0 == 0 }, "after failure \(failureCount): \(counts)")
      }
    }
    // Person before and after, four records, timeline before and after.
    XCTAssertEqual(failureCount, 8)
    let counts = try await hall.rowCounts()
    XCTAssertEqual(counts["application"], 1)
  }

  func testNumberThatIsTakenIsDrawnAgain() async throws {
    let hall = try await Hall()
    let word: UInt64 = 0x1234_5678_9A00_0000
    let first = try await hall.applications(random: ScriptedRandom([word]))
      .submit(hall.sheet(), for: .passport, submission: "a")
    let second = try await hall.applications(random: ScriptedRandom([word, word]))
      .submit(hall.sheet(), for: .passport, submission: "b")
    XCTAssertNotEqual(first.number, second.number)
    let counts = try await hall.rowCounts()
    XCTAssertEqual(counts["fee"], 4)
  }

  func testSubmissionsAreForgottenAfterTheirTime() async throws {
    let hall = try await Hall()
    let applications = hall.applications()
    _ = try await applications.submit(hall.sheet(), for: .passport, submission: "old")
    hall.clock.advance(by: ApplicationTable.submissionRetention + .seconds(1))
    _ = try await applications.submit(hall.sheet(), for: .passport, submission: "new")
    let counts = try await hall.rowCounts()
    XCTAssertEqual(counts["submission"], 1)
    XCTAssertEqual(counts["application"], 2)
  }

  func testWithoutTrackingAnApplicationIsStillFiled() async throws {
    let hall = try await Hall()
    let outcome = try await hall.applications(tracking: nil).submit(hall.sheet(), for: .passport, submission: "k")
    let found = try await hall.store.read { try ApplicationTable.application(outcome.number, in: $0) }
    XCTAssertNotNil(found)
  }

  func testNothingPersonalIsInTheJournalOrTheModulesTables() async throws {
    let hall = try await Hall()
    _ = try await hall.applications(tracking: hall.journeys()).submit(hall.sheet(), for: .passport, submission: "k")
    let clear = try await hall.store.read { snapshot in
      try snapshot.rows("SELECT kind || entity || payload FROM store_events") { try $0.get(0) as String }
        + snapshot.rows("SELECT number || service || fee FROM registration_application") { try $0.get(0) as String }
        + snapshot.rows("SELECT number || service || stage FROM tracking_case") { try $0.get(0) as String }
    }.joined(separator: "\n")
    XCTAssertTrue(clear.contains("application.registered"))
    for planted in ["Planted", "1808995708900001", "1990-08-17", "81234567890", "X1234567"] {
      XCTAssertFalse(clear.contains(planted), planted)
    }
  }
}
