import Contracts
import Core
import Expectations
import Foundation
import ModuleHarness
import Store
import XCTest

@testable import Feedback

final class ComplaintTests: XCTestCase {
  func testSubmissionSentTwiceIsOneReport() async throws {
    let office = try await FeedbackOffice()
    let first = try await office.complaints.receive(office.report())
    let second = try await office.complaints.receive(office.report())
    let other = try await office.complaints.receive(office.report(submission: "K2"))
    XCTAssertEqual(first, second)
    XCTAssertNotEqual(first, other)
    let count = try await office.count("SELECT COUNT(*) FROM feedback_complaint")
    XCTAssertEqual(count, 2)
  }

  func testDeadlinesFollowTheClass() async throws {
    let office = try await FeedbackOffice()
    // Received on Monday, 23 November 2026; Monday to Friday are working days here.
    let expected: [(ComplaintClass, String)] = [
      (.information, "2026-11-30"), (.aspiration, "2026-11-30"), (.complaint, "2026-12-11"),
      (.supervision, "2027-02-15"),
    ]
    for (kind, day) in expected {
      let number = try await office.complaints.receive(office.report(kind: kind, submission: kind.rawValue))
      let progress = try await office.complaints.progress(number)
      XCTAssertEqual(progress?.complaint.answerBy.description, day, kind.rawValue)
      XCTAssertEqual(progress?.complaint.verifyBy.description, "2026-11-26")
    }
  }

  func testIllegalLevyIsAlwaysAMatterOfSupervision() async throws {
    let office = try await FeedbackOffice()
    let number = try await office.complaints.receive(office.report(category: .levy))
    let progress = try await office.complaints.progress(number)
    XCTAssertEqual(progress?.complaint.kind, .supervision)
  }

  func testAnErasureEndsWhatWaitsAsLapsedAndWhatWasAnsweredAsClosed() async throws {
    let office = try await FeedbackOffice()
    let waiting = try await office.complaints.receive(office.report())
    let answered = try await office.complaints.receive(office.report(submission: "K2"))
    let id = try await id(office, answered)
    try await office.complaints.verify(id, as: .complaint, by: supervisor)
    try await office.complaints.answer(id, reply: Personal("Sudah diperbaiki"), by: supervisor)
    let desk = office.complaints
    for (number, state) in [(waiting, ComplaintState.lapsed), (answered, .closed)] {
      let found = try await office.complaints.progress(number)
      let subject = try XCTUnwrap(found).complaint.subject
      try await office.base.store.write { try desk.close(of: subject, in: $0) }
      let after = try await office.complaints.progress(number)
      XCTAssertEqual(after?.complaint.recordedState, state)
      XCTAssertEqual(after?.steps.last?.state, state)
    }
    let counts = try await office.complaints.openCounts()
    XCTAssertEqual(counts.open, 0)
  }

  /// Received on a wrong date, nobody would be reminded of it for years.
  func testReportOfADateThatIsStillToComeIsLateAndStandsFirst() async throws {
    let office = try await FeedbackOffice()
    let right = office.base.clock.now
    office.base.clock.advance(by: .hours(24 * 3650))
    let wrong = try await office.complaints.receive(office.report())
    office.base.clock.set(right)
    _ = try await office.complaints.receive(office.report(submission: "K2"))
    let counts = try await office.complaints.openCounts()
    XCTAssertEqual([counts.open, counts.late], [2, 1])
    let first = try await office.complaints.list().first?.number
    XCTAssertEqual(first, wrong)
  }

  func testReportGoesFromReceptionToTheAnswerThatItsSenderReads() async throws {
    let office = try await FeedbackOffice()
    let number = try await office.complaints.receive(office.report("Loket tutup jam sepuluh"))
    let id = try await id(office, number)
    try await office.complaints.verify(id, as: .supervision, by: supervisor)
    try await office.complaints.start(id, by: supervisor)
    try await office.complaints.answer(id, reply: Personal("Loket kini buka sampai sore"), by: supervisor)
    let found = try await office.complaints.progress(number)
    let progress = try XCTUnwrap(found)
    XCTAssertEqual(progress.reply?.exposed, "Loket kini buka sampai sore")
    XCTAssertEqual(progress.steps.map(\.state), [.received, .verified, .inProgress, .answered])
    XCTAssertEqual(progress.complaint.kind, .supervision)
    XCTAssertEqual(progress.complaint.answerBy.description, "2027-02-15")
    let (_, content) = try await office.complaints.open(id, as: supervisor)
    XCTAssertEqual(content.text.exposed, "Loket tutup jam sepuluh")
    XCTAssertEqual(content.contact?.exposed, "0812000111")
  }

  func testReportReplyAndObjectionStandNowhereInClear() async throws {
    let office = try await FeedbackOffice()
    let number = try await office.complaints.receive(office.report("Namanya Suryaningrat Kusumawardani"))
    let id = try await id(office, number)
    try await office.complaints.verify(id, as: .complaint, by: supervisor)
    try await office.complaints.answer(id, reply: Personal("Sudah kami tegur orang itu"), by: supervisor)
    try await office.complaints.reopen(number, objection: Personal("Kemarin terjadi lagi pada saya"))
    for text in ["Suryaningrat Kusumawardani", "0812000111", "Sudah kami tegur", "Kemarin terjadi lagi"] {
      try await assertNowhere(text, in: office)
    }
    let (_, content) = try await office.complaints.open(id, as: supervisor)
    XCTAssertEqual(content.objection?.exposed, "Kemarin terjadi lagi pada saya")
    XCTAssertEqual(content.reply?.exposed, "Sudah kami tegur orang itu")
  }

  func testAnsweredReportClosesByItselfAfterTenDays() async throws {
    let office = try await FeedbackOffice()
    let number = try await office.complaints.receive(office.report())
    let id = try await id(office, number)
    try await office.complaints.verify(id, as: .complaint, by: supervisor)
    try await office.complaints.answer(id, reply: Personal("Terima kasih"), by: supervisor)
    office.base.clock.advance(by: .hours(24 * 10) - .seconds(1))
    let before = try await office.complaints.progress(number)?.complaint.state(at: office.base.clock.now)
    XCTAssertEqual(before, .answered)
    office.base.clock.advance(by: .seconds(1))
    let after = try await office.complaints.progress(number)?.complaint.state(at: office.base.clock.now)
    XCTAssertEqual(after, .closed)
    await XCTAssertProblem("feedback.complaint-moved-on") {
      try await office.complaints.reopen(number, objection: Personal("terlambat"))
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
    let office = try await FeedbackOffice()
    let number = try await office.complaints.receive(office.report())
    let id = try await id(office, number)
    try await office.complaints.verify(id, as: .complaint, by: supervisor)
    let desk = office.complaints
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
    let office = try await FeedbackOffice(withVault: false)
    await XCTAssertProblem("feedback.no-vault") { _ = try await office.complaints.receive(office.report()) }
    let count = try await office.count("SELECT COUNT(*) FROM feedback_complaint")
    XCTAssertEqual(count, 0)
  }

  func testAReportsNumberOpensItOnlyWithItsPIN() async throws {
    let office = try await FeedbackOffice()
    let number = try await office.complaints.receive(office.report())
    let pin = office.complaints.pins.digits(of: number)
    XCTAssertEqual(pin.count, 6)
    XCTAssertTrue(pin.allSatisfy { $0.isASCII && $0.isNumber })
    let other = (pin.first == "9" ? "8" : "9") + pin.dropFirst()
    for (typed, wanted) in [
      (number, other), (number, ""), (number, pin + "0"), (ComplaintNumber(from: SystemRandom()), pin),
    ] {
      await XCTAssertProblem("feedback.not-found") {
        try await office.complaints.prove(typed, Personal(wanted), from: .network([UInt8.random(in: 0...255), 1, 2]))
      }
    }
    try await office.complaints.prove(number, Personal(pin), from: .network([1]))
    try await office.complaints.prove(number, Personal("\(pin.prefix(3)) \(pin.suffix(3))"), from: .network([1]))
  }

  func testListStandsByDeadlineWithTheFinishedOnesLast() async throws {
    let office = try await FeedbackOffice()
    var numbers: [ComplaintNumber] = []
    for (place, kind) in [ComplaintClass.supervision, .information, .complaint].enumerated() {
      numbers.append(try await office.complaints.receive(office.report(kind: kind, submission: "S\(place)")))
    }
    for number in numbers {
      try await office.complaints.verify(id(office, number), as: kind(office, number), by: supervisor)
    }
    try await office.complaints.answer(id(office, numbers[1]), reply: Personal("ini"), by: supervisor)
    let listed = try await office.complaints.list().map(\.number)
    XCTAssertEqual(listed, [numbers[2], numbers[0], numbers[1]])
    office.base.clock.advance(by: .hours(24 * 30))
    let counts = try await office.complaints.openCounts()
    XCTAssertEqual(counts.open, 2)
    XCTAssertEqual(counts.late, 1)
  }

  func testShippedDeadlinesAreTheStandardOnes() throws {
    let rules = ComplaintRules(directory: ConfigurationDirectory(path: ModuleOffice.repository + "/etc/gapura"))
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

  private func id(_ office: FeedbackOffice, _ number: ComplaintNumber) async throws -> Int64 {
    let progress = try await office.complaints.progress(number)
    return try XCTUnwrap(progress).complaint.id
  }

  private func kind(_ office: FeedbackOffice, _ number: ComplaintNumber) async throws -> ComplaintClass {
    let progress = try await office.complaints.progress(number)
    return try XCTUnwrap(progress).complaint.kind
  }
}
