import Contracts
import Core
import Foundation
import ModuleHarness
import Store
import XCTest

@testable import Feedback

final class ComplaintTests: XCTestCase {
  func testSubmissionSentTwiceIsOneReport() async throws {
    let house = try await FeedbackHouse()
    let first = try await house.complaints.receive(house.report())
    let second = try await house.complaints.receive(house.report())
    let other = try await house.complaints.receive(house.report(submission: "K2"))
    XCTAssertEqual(first, second)
    XCTAssertNotEqual(first, other)
    let count = try await house.count("SELECT COUNT(*) FROM feedback_complaint")
    XCTAssertEqual(count, 2)
  }

  func testDeadlinesFollowTheClass() async throws {
    let house = try await FeedbackHouse()
    // Received on Monday, 23 November 2026; Monday to Friday are working days here.
    let expected: [(ComplaintClass, String)] = [
      (.information, "2026-11-30"), (.aspiration, "2026-11-30"), (.complaint, "2026-12-11"),
      (.supervision, "2027-02-15"),
    ]
    for (kind, day) in expected {
      let number = try await house.complaints.receive(house.report(kind: kind, submission: kind.rawValue))
      let progress = try await house.complaints.progress(number)
      XCTAssertEqual(progress?.complaint.answerBy.description, day, kind.rawValue)
      XCTAssertEqual(progress?.complaint.verifyBy.description, "2026-11-26")
    }
  }

  func testIllegalLevyIsAlwaysAMatterOfSupervision() async throws {
    let house = try await FeedbackHouse()
    let number = try await house.complaints.receive(house.report(category: .levy))
    let progress = try await house.complaints.progress(number)
    XCTAssertEqual(progress?.complaint.kind, .supervision)
  }

  func testAnErasureEndsWhatWaitsAsLapsedAndWhatWasAnsweredAsClosed() async throws {
    let house = try await FeedbackHouse()
    let waiting = try await house.complaints.receive(house.report())
    let answered = try await house.complaints.receive(house.report(submission: "K2"))
    let id = try await id(house, answered)
    try await house.complaints.verify(id, as: .complaint, by: supervisor)
    try await house.complaints.answer(id, reply: Personal("Sudah diperbaiki"), by: supervisor)
    let desk = house.complaints
    for (number, state) in [(waiting, ComplaintState.lapsed), (answered, .closed)] {
      let found = try await house.complaints.progress(number)
      let subject = try XCTUnwrap(found).complaint.subject
      try await house.house.store.write { try desk.close(of: subject, in: $0) }
      let after = try await house.complaints.progress(number)
      XCTAssertEqual(after?.complaint.recordedState, state)
      XCTAssertEqual(after?.steps.last?.state, state)
    }
    let counts = try await house.complaints.openCounts()
    XCTAssertEqual(counts.open, 0)
  }

  /// Received on a wrong date, nobody would be reminded of it for years.
  func testReportOfADateThatIsStillToComeIsLateAndStandsFirst() async throws {
    let house = try await FeedbackHouse()
    let right = house.house.clock.now
    house.house.clock.advance(by: .hours(24 * 3650))
    let wrong = try await house.complaints.receive(house.report())
    house.house.clock.set(right)
    _ = try await house.complaints.receive(house.report(submission: "K2"))
    let counts = try await house.complaints.openCounts()
    XCTAssertEqual([counts.open, counts.late], [2, 1])
    let first = try await house.complaints.list().first?.number
    XCTAssertEqual(first, wrong)
  }

  func testReportGoesFromReceptionToTheAnswerThatItsSenderReads() async throws {
    let house = try await FeedbackHouse()
    let number = try await house.complaints.receive(house.report("Loket tutup jam sepuluh"))
    let id = try await id(house, number)
    try await house.complaints.verify(id, as: .supervision, by: supervisor)
    try await house.complaints.start(id, by: supervisor)
    try await house.complaints.answer(id, reply: Personal("Loket kini buka sampai sore"), by: supervisor)
    let found = try await house.complaints.progress(number)
    let progress = try XCTUnwrap(found)
    XCTAssertEqual(progress.reply?.exposed, "Loket kini buka sampai sore")
    XCTAssertEqual(progress.steps.map(\.state), [.received, .verified, .inProgress, .answered])
    XCTAssertEqual(progress.complaint.kind, .supervision)
    XCTAssertEqual(progress.complaint.answerBy.description, "2027-02-15")
    let (_, content) = try await house.complaints.open(id, as: supervisor)
    XCTAssertEqual(content.text.exposed, "Loket tutup jam sepuluh")
    XCTAssertEqual(content.contact?.exposed, "0812000111")
  }

  func testReportReplyAndObjectionStandNowhereInClear() async throws {
    let house = try await FeedbackHouse()
    let number = try await house.complaints.receive(house.report("Namanya Suryaningrat Kusumawardani"))
    let id = try await id(house, number)
    try await house.complaints.verify(id, as: .complaint, by: supervisor)
    try await house.complaints.answer(id, reply: Personal("Sudah kami tegur orang itu"), by: supervisor)
    try await house.complaints.reopen(number, objection: Personal("Kemarin terjadi lagi pada saya"))
    for text in ["Suryaningrat Kusumawardani", "0812000111", "Sudah kami tegur", "Kemarin terjadi lagi"] {
      try await assertNowhere(text, in: house)
    }
    let (_, content) = try await house.complaints.open(id, as: supervisor)
    XCTAssertEqual(content.objection?.exposed, "Kemarin terjadi lagi pada saya")
    XCTAssertEqual(content.reply?.exposed, "Sudah kami tegur orang itu")
  }

  func testAnsweredReportClosesByItselfAfterTenDays() async throws {
    let house = try await FeedbackHouse()
    let number = try await house.complaints.receive(house.report())
    let id = try await id(house, number)
    try await house.complaints.verify(id, as: .complaint, by: supervisor)
    try await house.complaints.answer(id, reply: Personal("Terima kasih"), by: supervisor)
    house.house.clock.advance(by: .hours(24 * 10) - .seconds(1))
    let before = try await house.complaints.progress(number)?.complaint.state(at: house.house.clock.now)
    XCTAssertEqual(before, .answered)
    house.house.clock.advance(by: .seconds(1))
    let after = try await house.complaints.progress(number)?.complaint.state(at: house.house.clock.now)
    XCTAssertEqual(after, .closed)
    await XCTAssertProblem("feedback.complaint-moved-on") {
      try await house.complaints.reopen(number, objection: Personal("terlambat"))
    }
  }

  func testEveryStepIsOpenOnlyWhereTheTableSaysSo() {
    let open: Set<String> = [
      "received.verify", "received.refuse", "verified.start", "verified.answer", "in-progress.answer",
      "answered.close", "answered.reopen", "reopened.start", "reopened.answer",
    ]
    for state in ComplaintState.allCases {
      for step in ComplaintStep.allCases {
        let name = "\(state.rawValue).\(step.rawValue)"
        XCTAssertEqual(state.after(step) != nil, open.contains(name), name)
      }
    }
  }

  func testTwoOfficersWhoAnswerAtTheSameTimeLeaveOneAnswer() async throws {
    let house = try await FeedbackHouse()
    let number = try await house.complaints.receive(house.report())
    let id = try await id(house, number)
    try await house.complaints.verify(id, as: .complaint, by: supervisor)
    let desk = house.complaints
    let outcomes = await withTaskGroup(of: Bool.self) { group in
      for place in 0..<4 {
        group.addTask {
          do {
            try await desk.answer(id, reply: Personal("jawaban \(place)"), by: supervisor)
            return true
          } catch { return false }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    XCTAssertEqual(outcomes.filter { $0 }.count, 1)
  }

  func testWithoutVaultNoReportIsTaken() async throws {
    let house = try await FeedbackHouse(withVault: false)
    await XCTAssertProblem("feedback.no-vault") { _ = try await house.complaints.receive(house.report()) }
    let count = try await house.count("SELECT COUNT(*) FROM feedback_complaint")
    XCTAssertEqual(count, 0)
  }

  func testAReportsNumberOpensItOnlyWithItsPIN() async throws {
    let house = try await FeedbackHouse()
    let number = try await house.complaints.receive(house.report())
    let pin = house.complaints.pins.digits(of: number)
    XCTAssertEqual(pin.count, 6)
    XCTAssertTrue(pin.allSatisfy { $0.isASCII && $0.isNumber })
    let other = (pin.first == "9" ? "8" : "9") + pin.dropFirst()
    for (typed, wanted) in [
      (number, other), (number, ""), (number, pin + "0"), (ComplaintNumber(from: SystemRandom()), pin),
    ] {
      await XCTAssertProblem("feedback.not-found") {
        try await house.complaints.prove(typed, Personal(wanted), from: .network([UInt8.random(in: 0...255), 1, 2]))
      }
    }
    try await house.complaints.prove(number, Personal(pin), from: .network([1]))
    try await house.complaints.prove(number, Personal("\(pin.prefix(3)) \(pin.suffix(3))"), from: .network([1]))
  }

  func testListStandsByDeadlineWithTheFinishedOnesLast() async throws {
    let house = try await FeedbackHouse()
    var numbers: [ComplaintNumber] = []
    for (place, kind) in [ComplaintClass.supervision, .information, .complaint].enumerated() {
      numbers.append(try await house.complaints.receive(house.report(kind: kind, submission: "S\(place)")))
    }
    for number in numbers {
      try await house.complaints.verify(id(house, number), as: kind(house, number), by: supervisor)
    }
    try await house.complaints.answer(id(house, numbers[1]), reply: Personal("ini"), by: supervisor)
    let listed = try await house.complaints.list().map(\.number)
    XCTAssertEqual(listed, [numbers[2], numbers[0], numbers[1]])
    house.house.clock.advance(by: .hours(24 * 30))
    let counts = try await house.complaints.openCounts()
    XCTAssertEqual(counts.open, 2)
    XCTAssertEqual(counts.late, 1)
  }

  func testShippedDeadlinesAreTheStandardOnes() throws {
    let rules = ComplaintRules(directory: ConfigurationDirectory(path: ModuleHouse.repository + "/etc/gapura"))
    try rules.reload()
    let shipped = rules.deadlines(on: try XCTUnwrap(CivilDate(iso: "2026-11-23")))
    XCTAssertEqual(shipped.answerWorkingDayCounts, ComplaintDeadlines.standard.answerWorkingDayCounts)
    XCTAssertEqual(shipped.verificationWorkingDayCount, 3)
    XCTAssertEqual(shipped.replyDayCount, 10)
    XCTAssertEqual(shipped.validFrom.description, "2018-01-01")
  }

  func testBrokenDeadlinesAreRefusedAndTheOldOnesStayInForce() throws {
    let directory = FileManager.default.temporaryDirectory.path + "/gapura-rules-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let good = """
      { periods: [ { validFrom: "2026-01-01", legalBasis: "uji", verificationWorkingDays: 1, replyDays: 7,
        answerWorkingDays: { complaint: 2, supervision: 3, aspiration: 4, information: 5 } } ] }
      """
    let file = directory + "/complaints.json5"
    try Data(good.utf8).write(to: URL(filePath: file))
    let rules = ComplaintRules(directory: ConfigurationDirectory(path: directory))
    try rules.reload()
    let day = try XCTUnwrap(CivilDate(iso: "2026-11-23"))
    XCTAssertEqual(rules.deadlines(on: day).replyDayCount, 7)
    XCTAssertEqual(rules.deadlines(on: try XCTUnwrap(CivilDate(iso: "2025-12-31"))), .standard)
    for broken in [
      "{ periods: [ {} ] }", good.replacing("replyDays: 7", with: "replyDays: 0"),
      good.replacing("2026-01", with: "2026-13"), "{",
    ] {
      try Data(broken.utf8).write(to: URL(filePath: file))
      XCTAssertThrowsError(try rules.reload(), broken) { XCTAssertTrue($0 is ConfigurationProblem) }
      XCTAssertEqual(rules.deadlines(on: day).replyDayCount, 7)
    }
  }

  private func id(_ house: FeedbackHouse, _ number: ComplaintNumber) async throws -> Int64 {
    let progress = try await house.complaints.progress(number)
    return try XCTUnwrap(progress).complaint.id
  }

  private func kind(_ house: FeedbackHouse, _ number: ComplaintNumber) async throws -> ComplaintClass {
    let progress = try await house.complaints.progress(number)
    return try XCTUnwrap(progress).complaint.kind
  }
}
