import Contracts
import Core
import Store
import XCTest

@testable import Tracking
@testable import Vault

final class JourneyTests: XCTestCase {
  func testApplicationStartsInItsFirstStageWithoutAPromise() async throws {
    let office = try await SampleOffice()
    let number = try await office.apply()
    let timeline = try await office.timeline(number)
    XCTAssertEqual(timeline?.current?.code, "kunjungan")
    XCTAssertNil(timeline?.promisedFor)
  }

  func testFirstFinishedVisitStartsThePromisesClock() async throws {
    let office = try await SampleOffice()
    let number = try await office.apply()
    let entered = try await office.finishVisit(number)
    XCTAssertEqual(entered?.code, "cetak")
    let timeline = try await office.timeline(number)
    // Sunday 22 November and four working days.
    XCTAssertEqual(timeline?.promisedFor, CivilDate(year: 2026, month: 11, day: 26))
  }

  func testVisitThatIsTakenBackLeavesTheStageBeforeAndNoPromise() async throws {
    let office = try await SampleOffice()
    let number = try await office.apply()
    let start = try await office.timeline(number)
    try await office.finishVisit(number)
    let isBack = try await office.takeBackVisit(number, entering: "cetak")
    XCTAssertTrue(isBack)
    let back = try await office.timeline(number)
    XCTAssertEqual(facts(back), facts(start))
    let again = try await office.takeBackVisit(number, entering: "cetak")
    XCTAssertFalse(again, "it is taken back once")
    office.clock.advance(by: .hours(24))
    try await office.finishVisit(number)
    let timeline = try await office.timeline(number)
    XCTAssertEqual(timeline?.current?.code, "cetak")
    XCTAssertEqual(
      timeline?.promisedFor, CivilDate(year: 2026, month: 11, day: 27), "the days count from the later visit")
  }

  func testVisitIsNotTakenBackOnceTheApplicationWentOn() async throws {
    let office = try await SampleOffice()
    let number = try await office.apply()
    try await office.finishVisit(number)
    _ = try await office.advance(number, from: "cetak")
    let before = try await office.timeline(number)
    let isBack = try await office.takeBackVisit(number, entering: "cetak")
    XCTAssertFalse(isBack)
    let after = try await office.timeline(number)
    XCTAssertEqual(facts(after), facts(before))
    _ = try await office.advance(number, from: "uji")
    let handedOver = try await office.finishVisit(number)
    let isHandedBack = try await office.takeBackVisit(number, entering: XCTUnwrap(handedOver).code)
    XCTAssertFalse(isHandedBack, "the receipt of the hand-over is in the ledger")
  }

  /// The stages with their times, and the promise.
  private func facts(_ timeline: Timeline?) -> [String] {
    (timeline?.entries ?? []).map { "\($0.stage.code) \($0.enteredAt?.milliseconds ?? 0) \($0.isCurrent)" }
      + ["\(String(describing: timeline?.promisedFor))"]
  }

  func testVisitDuringAnOfficersStageChangesNothing() async throws {
    let office = try await SampleOffice()
    let number = try await office.apply()
    try await office.finishVisit(number)
    let entered = try await office.finishVisit(number)
    XCTAssertNil(entered)
    let timeline = try await office.timeline(number)
    XCTAssertEqual(timeline?.current?.code, "cetak")
  }

  func testCollectionEndsTheWayAndKeepsThePromise() async throws {
    let office = try await SampleOffice()
    let number = try await office.apply()
    try await office.finishVisit(number)
    _ = try await office.advance(number, from: "cetak")
    _ = try await office.advance(number, from: "uji")
    office.clock.advance(by: .hours(24 * 10))
    let entered = try await office.finishVisit(number)
    XCTAssertEqual(entered?.ending, Stage.Ending.none)
    let timeline = try await office.timeline(number)
    XCTAssertEqual(timeline?.promisedFor, CivilDate(year: 2026, month: 11, day: 26))
    let further = try await office.finishVisit(number)
    XCTAssertNil(further, "nothing comes after the end")
  }

  func testTheHandOverLeavesAReceiptThatProvesItself() async throws {
    let office = try await SampleOffice()
    let number = try await office.apply()
    try await office.finishVisit(number)
    _ = try await office.advance(number, from: "cetak")
    _ = try await office.advance(number, from: "uji")
    let early = try await office.journeys().handOver(of: number)
    XCTAssertNil(early, "it is not in anybody's hands yet")
    try await office.finishVisit(number)
    try await office.finishVisit(number)
    let entries = try await office.count("SELECT count(*) FROM ledger_receipts WHERE matter = 'hand-over'")
    XCTAssertEqual(entries, 1)
    _ = try await office.vault.signHead()
    let receipt = try await office.journeys().handOver(of: number)
    guard case .genuine(let content) = try await office.vault.check(receipt: XCTUnwrap(receipt).text) else {
      return XCTFail("the receipt does not prove itself")
    }
    XCTAssertEqual(content.statement, ReceiptStatement(.handOver, about: number.description))
  }

  func testUnknownNumberHasNoWay() async throws {
    let office = try await SampleOffice()
    let number = ApplicationNumber(from: SystemRandom())
    let timeline = try await office.timeline(number)
    let entered = try await office.finishVisit(number)
    XCTAssertNil(timeline)
    XCTAssertNil(entered)
  }

  func testWithoutTheCatalogueVisitsMoveNothing() async throws {
    let office = try await SampleOffice()
    let number = try await office.apply()
    let journeys = office.journeys(nil)
    let entered = try await office.store.write {
      try journeys.finishVisit(of: number, by: SampleOffice.clerk, in: $0)
    }
    XCTAssertNil(entered)
    let timeline = try await office.store.read { try journeys.timeline(of: number, in: $0) }
    XCTAssertEqual(timeline?.current?.code, "kunjungan")
  }

  func testEveryStageIsToldToTheJournalWithoutAnythingPersonal() async throws {
    let office = try await SampleOffice()
    let number = try await office.apply()
    try await office.finishVisit(number)
    let events = try await office.store.read {
      try $0.rows("SELECT kind || ' ' || entity || ' ' || payload FROM store_events ORDER BY sequence") {
        try $0.get(0) as String
      }
    }
    XCTAssertEqual(
      events.filter { $0.hasPrefix("application.") },
      [
        #"application.stage-entered \#(number) {"service":"paspor","stage":"kunjungan"}"#,
        #"application.stage-entered \#(number) {"service":"paspor","stage":"cetak"}"#,
      ])
  }

  func testStepsNameWhoTookThemAndNeverChange() async throws {
    let office = try await SampleOffice()
    let number = try await office.apply()
    try await office.finishVisit(number)
    let people = try await office.store.read {
      try $0.rows("SELECT entered_by FROM tracking_step ORDER BY position") { try $0.get(0) as String }
    }
    XCTAssertEqual(people, ["applicant", "officer:7:clerk"])
    for change: SQL in ["UPDATE tracking_step SET entered_by = 'x'", "DELETE FROM tracking_step"] {
      do {
        try await office.store.write { try $0.run(change) }
        XCTFail("a step was changed")
      } catch StoreError.constraint(.trigger, _) {}
    }
  }
}
