import Contracts
import Core
import Store
import XCTest

@testable import Tracking

final class LookUpTests: XCTestCase {
  private let wrong = Personal(SampleOffice.born.adding(days: 1))
  private let right = Personal(SampleOffice.born)

  private func look(
    _ office: SampleOffice, _ number: ApplicationNumber, _ date: Personal<CivilDate>
  ) async throws -> Timeline {
    try await office.journeys().timeline(of: number, bornOn: date, as: .applicant)
  }

  func testPersonWhoKnowsTheDateSeesTheWay() async throws {
    let office = try await SampleOffice()
    let number = try await office.apply()
    let timeline = try await look(office, number, right)
    XCTAssertEqual(timeline.current?.code, "kunjungan")
    let audited = try await office.count("SELECT count(*) FROM vault_ledger WHERE facts LIKE 'purpose=tracking %'")
    XCTAssertEqual(audited, 1)
  }

  func testUnknownNumberAndWrongDateGetTheSameAnswerUntilBothAreLocked() async throws {
    let office = try await SampleOffice()
    let known = try await office.apply()
    let unknown = ApplicationNumber(from: SystemRandom())
    for attempt in 1...7 {
      let first = await problem { try await look(office, known, wrong) }
      let second = await problem { try await look(office, unknown, wrong) }
      XCTAssertEqual(first, second)
      XCTAssertEqual(first?.code, attempt <= 5 ? "tracking.not-found" : "tracking.too-many", "attempt \(attempt)")
    }
  }

  func testLockedNumberRefusesTheRightDateAndOpensAfterAnHour() async throws {
    let office = try await SampleOffice()
    let number = try await office.apply()
    for _ in 1...5 { _ = await problem { try await look(office, number, wrong) } }
    let locked = await problem { try await look(office, number, right) }
    XCTAssertEqual(locked?.code, "tracking.too-many")
    XCTAssertEqual(locked?.arguments["minutes"], "60")
    office.clock.advance(by: .hours(1))
    _ = try await look(office, number, right)
  }

  func testNumberHasFifteenWrongDatesADay() async throws {
    let office = try await SampleOffice()
    let number = try await office.apply()
    for _ in 1...3 {
      for _ in 1...5 {
        let answer = await problem { try await look(office, number, wrong) }
        XCTAssertEqual(answer?.code, "tracking.not-found")
      }
      office.clock.advance(by: .hours(1))
    }
    let locked = await problem { try await look(office, number, right) }
    XCTAssertEqual(locked?.code, "tracking.too-many")
    office.clock.advance(by: .hours(21))
    _ = try await look(office, number, right)
  }

  func testRightDateForgetsTheSlipsBefore() async throws {
    let office = try await SampleOffice()
    let number = try await office.apply()
    for _ in 1...2 {
      for _ in 1...4 { _ = await problem { try await look(office, number, wrong) } }
      _ = try await look(office, number, right)
    }
    let left = try await office.count("SELECT count(*) FROM tracking_attempt")
    XCTAssertEqual(left, 0)
  }

  func testOneNumbersAttemptsDoNotLockAnother() async throws {
    let office = try await SampleOffice()
    let first = try await office.apply()
    let second = try await office.apply()
    for _ in 1...6 { _ = await problem { try await look(office, first, wrong) } }
    _ = try await look(office, second, right)
  }

  func testOldAttemptsAreForgotten() async throws {
    let office = try await SampleOffice()
    _ = await problem { try await look(office, ApplicationNumber(from: SystemRandom()), wrong) }
    office.clock.advance(by: .hours(25))
    _ = await problem { try await look(office, ApplicationNumber(from: SystemRandom()), wrong) }
    let left = try await office.count("SELECT count(*) FROM tracking_attempt")
    XCTAssertEqual(left, 1)
  }
}
