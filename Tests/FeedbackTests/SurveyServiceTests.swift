import Contracts
import Core
import Expectations
import ModuleHarness
import Store
import XCTest

@testable import Feedback

final class SurveyServiceTests: XCTestCase {
  func testVisitHasOneSurveyAndTheFirstOneStays() async throws {
    let office = try await FeedbackOffice()
    let first = try await office.surveys.keep(answers(4), of: office.codes[0])
    let second = try await office.surveys.keep(answers(1), of: office.codes[0])
    XCTAssertEqual([first, second], [.kept, .repeated])
    let summary = try await summary(office)
    XCTAssertEqual(summary.surveyCount, 1)
    XCTAssertEqual(summary.index()?.hundredths, 10_000)
  }

  func testManyAtTheSameTimeAreCountedOnce() async throws {
    let office = try await FeedbackOffice()
    let (surveys, code) = (office.surveys, office.codes[0])
    let keptCount = try await withThrowingTaskGroup(of: Bool.self) { group in
      for _ in 0..<10 { group.addTask { try await surveys.keep(answers(3), of: code) == .kept } }
      return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    XCTAssertEqual(keptCount, 1)
  }

  func testUnfinishedVisitHasNoSurvey() async throws {
    let office = try await FeedbackOffice()
    let unknown = PublicCode(from: SeededRandom(seed: 99))
    await XCTAssertProblem("feedback.not-finished") { _ = try await office.surveys.keep(answers(4), of: unknown) }
    await XCTAssertProblem("feedback.not-finished") { _ = try await office.surveys.isAnswered(unknown) }
  }

  func testSkippedElementsDoNotCount() async throws {
    let office = try await FeedbackOffice()
    _ = try await office.surveys.keep(answers(4), of: office.codes[0])
    var partly = answers(2)
    partly.scores[.fee] = nil
    _ = try await office.surveys.keep(partly, of: office.codes[1])
    let tallies = try await summary(office).tallies
    XCTAssertEqual(tallies[.fee], ElementTally(answerCount: 1, scoreSum: 4))
    XCTAssertEqual(tallies[.time], ElementTally(answerCount: 2, scoreSum: 6))
  }

  func testPeriodHoldsItsFirstMomentAndNotItsLast() async throws {
    let office = try await FeedbackOffice()
    let now = office.base.clock.now
    _ = try await office.surveys.keep(answers(4), of: office.codes[0])
    let within = try await office.surveys.summary(from: now, to: now + .seconds(1))
    let before = try await office.surveys.summary(from: now - .seconds(1), to: now)
    XCTAssertEqual([within.surveyCount, before.surveyCount], [1, 0])
  }

  func testCommentIsSealedAndItsOpeningIsRecorded() async throws {
    let office = try await FeedbackOffice()
    let secret = "Ibu Sulastri Wahyuningsih di loket dua sangat membantu"
    let outcome = try await office.surveys.keep(answers(4, comment: secret), of: office.codes[0])
    XCTAssertEqual(outcome, .kept)
    let before = try await office.count("SELECT COUNT(*) FROM ledger_entries")
    let now = office.base.clock.now
    let opened = try await office.surveys.comments(from: now, to: now + .seconds(1), as: supervisor)
    XCTAssertEqual(opened.map(\.text.exposed), [secret])
    let after = try await office.count("SELECT COUNT(*) FROM ledger_entries")
    XCTAssertEqual(after, before + 1)
    try await assertNowhere(secret, in: office)
  }

  func testWithoutVaultTheAnswersAreKeptAndTheCommentIsNot() async throws {
    let office = try await FeedbackOffice(withVault: false)
    let outcome = try await office.surveys.keep(answers(4, comment: "jangan simpan ini"), of: office.codes[0])
    XCTAssertEqual(outcome, .keptWithoutComment)
    let summary = try await summary(office)
    XCTAssertEqual(summary.surveyCount, 1)
    try await assertNowhere("jangan simpan ini", in: office)
  }

  func testSurveyDoesNotNameItsTicket() async throws {
    let office = try await FeedbackOffice()
    _ = try await office.surveys.keep(answers(4), of: office.codes[0])
    try await assertNowhere(office.codes[0].description, in: office)
    let visit: [UInt8]? = try await office.base.store.read { try $0.value("SELECT visit FROM feedback_survey") }
    XCTAssertEqual(visit?.count, 32)
  }

  private func summary(_ office: FeedbackOffice) async throws -> SurveyService.Summary {
    let now = office.base.clock.now
    return try await office.surveys.summary(from: now - .hours(1), to: now + .hours(1))
  }
}

/// Neither a table of Feedback's nor the journal holds the text.
func assertNowhere(
  _ secret: String, in office: FeedbackOffice, file: StaticString = #filePath, line: UInt = #line
) async throws {
  let bytes = try office.base.databaseBytes()
  XCTAssertGreaterThan(bytes.count, 4096, "nothing was searched", file: file, line: line)
  XCTAssertNil(bytes.firstRange(of: Array(secret.utf8)), "the database holds the text in clear", file: file, line: line)
}
