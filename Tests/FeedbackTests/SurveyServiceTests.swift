import Contracts
import Core
import ModuleHarness
import Store
import XCTest

@testable import Feedback

final class SurveyDeskTests: XCTestCase {
  func testVisitHasOneSurveyAndTheFirstOneStays() async throws {
    let house = try await FeedbackHouse()
    let first = try await house.surveys.keep(answers(4), of: house.codes[0])
    let second = try await house.surveys.keep(answers(1), of: house.codes[0])
    XCTAssertEqual([first, second], [.kept, .repeated])
    let summary = try await summary(house)
    XCTAssertEqual(summary.surveyCount, 1)
    XCTAssertEqual(summary.index()?.hundredths, 10_000)
  }

  func testManyAtTheSameTimeAreCountedOnce() async throws {
    let house = try await FeedbackHouse()
    let (surveys, code) = (house.surveys, house.codes[0])
    let keptCount = try await withThrowingTaskGroup(of: Bool.self) { group in
      for _ in 0..<10 { group.addTask { try await surveys.keep(answers(3), of: code) == .kept } }
      return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    XCTAssertEqual(keptCount, 1)
  }

  func testUnfinishedVisitHasNoSurvey() async throws {
    let house = try await FeedbackHouse()
    let unknown = PublicCode(from: SeededRandom(seed: 99))
    await XCTAssertProblem("feedback.not-finished") { _ = try await house.surveys.keep(answers(4), of: unknown) }
    await XCTAssertProblem("feedback.not-finished") { _ = try await house.surveys.isAnswered(unknown) }
  }

  func testSkippedElementsDoNotCount() async throws {
    let house = try await FeedbackHouse()
    _ = try await house.surveys.keep(answers(4), of: house.codes[0])
    var partly = answers(2)
    partly.scores[.fee] = nil
    _ = try await house.surveys.keep(partly, of: house.codes[1])
    let tallies = try await summary(house).tallies
    XCTAssertEqual(tallies[.fee], ElementTally(answerCount: 1, scoreSum: 4))
    XCTAssertEqual(tallies[.time], ElementTally(answerCount: 2, scoreSum: 6))
  }

  func testPeriodHoldsItsFirstMomentAndNotItsLast() async throws {
    let house = try await FeedbackHouse()
    let now = house.house.clock.now
    _ = try await house.surveys.keep(answers(4), of: house.codes[0])
    let within = try await house.surveys.summary(from: now, to: now + .seconds(1))
    let before = try await house.surveys.summary(from: now - .seconds(1), to: now)
    XCTAssertEqual([within.surveyCount, before.surveyCount], [1, 0])
  }

  func testCommentIsSealedAndItsOpeningIsRecorded() async throws {
    let house = try await FeedbackHouse()
    let secret = "Ibu Sulastri Wahyuningsih di loket dua sangat membantu"
    let outcome = try await house.surveys.keep(answers(4, comment: secret), of: house.codes[0])
    XCTAssertEqual(outcome, .kept)
    let before = try await house.count("SELECT COUNT(*) FROM ledger_entries")
    let now = house.house.clock.now
    let opened = try await house.surveys.comments(from: now, to: now + .seconds(1), as: supervisor)
    XCTAssertEqual(opened.map(\.text.exposed), [secret])
    let after = try await house.count("SELECT COUNT(*) FROM ledger_entries")
    XCTAssertEqual(after, before + 1)
    try await assertNowhere(secret, in: house)
  }

  func testWithoutVaultTheAnswersAreKeptAndTheCommentIsNot() async throws {
    let house = try await FeedbackHouse(withVault: false)
    let outcome = try await house.surveys.keep(answers(4, comment: "jangan simpan ini"), of: house.codes[0])
    XCTAssertEqual(outcome, .keptWithoutComment)
    let summary = try await summary(house)
    XCTAssertEqual(summary.surveyCount, 1)
    try await assertNowhere("jangan simpan ini", in: house)
  }

  func testSurveyDoesNotNameItsTicket() async throws {
    let house = try await FeedbackHouse()
    _ = try await house.surveys.keep(answers(4), of: house.codes[0])
    try await assertNowhere(house.codes[0].description, in: house)
    let visit: [UInt8]? = try await house.house.store.read { try $0.value("SELECT visit FROM feedback_survey") }
    XCTAssertEqual(visit?.count, 32)
  }

  private func summary(_ house: FeedbackHouse) async throws -> SurveyDesk.Summary {
    let now = house.house.clock.now
    return try await house.surveys.summary(from: now - .hours(1), to: now + .hours(1))
  }
}

/// Neither a table of Feedback's nor the journal holds the text.
func assertNowhere(
  _ secret: String, in house: FeedbackHouse, file: StaticString = #filePath, line: UInt = #line
) async throws {
  let bytes = try house.house.databaseBytes()
  XCTAssertGreaterThan(bytes.count, 4096, "nothing was searched", file: file, line: line)
  XCTAssertNil(bytes.firstRange(of: Array(secret.utf8)), "the database holds the text in clear", file: file, line: line)
}
