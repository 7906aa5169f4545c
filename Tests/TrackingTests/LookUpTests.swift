import Contracts
import Core
import Store
import XCTest

@testable import Tracking

final class LookUpTests: XCTestCase {
  private let wrong = Personal(SampleOffice.born.adding(days: 1))
  private let right = Personal(SampleOffice.born)

  private func look(
    _ office: SampleOffice, _ number: ApplicationNumber, _ date: Personal<CivilDate>,
    from client: LookUpClient = .network([1])
  ) async throws -> Timeline {
    try await office.journeys().timeline(of: number, bornOn: date, as: .applicant, from: client)
  }

  func testPersonWhoKnowsTheDateSeesTheWay() async throws {
    let office = try await SampleOffice()
    let number = try await office.apply()
    let timeline = try await look(office, number, right)
    XCTAssertEqual(timeline.current?.code, "kunjungan")
    let audited = try await office.count("SELECT count(*) FROM ledger_entries WHERE facts LIKE 'purpose=tracking %'")
    XCTAssertEqual(audited, 1)
  }

  func testUnknownNumberAndWrongDateGetTheSameAnswer() async throws {
    let office = try await SampleOffice()
    let known = try await office.apply()
    let unknown = ApplicationNumber(from: SystemRandom())
    for attempt in UInt8(1)...6 {
      let first = await problem { try await look(office, known, wrong, from: .network([1])) }
      let second = await problem { try await look(office, unknown, wrong, from: .network([2])) }
      XCTAssertEqual(first, second)
      XCTAssertEqual(first?.code, attempt <= 4 ? "tracking.not-found" : "look-up.too-many-dates", "attempt \(attempt)")
    }
  }

  func testUnknownNumberAndWrongDateAreAnsweredAfterTheSameTime() async throws {
    let office = try await SampleOffice()
    let known = try await office.apply()
    let journeys = Journeys(
      store: office.store, vault: office.vault, catalogue: SampleCatalogue(), zone: .wib, clock: office.clock,
      lookUps: LookUpGuard(clock: office.clock, log: SilentLog(), missTime: .seconds(1)), ledger: office.vault)
    for number in [known, ApplicationNumber(from: SystemRandom())] {
      let began = ContinuousClock.now
      let answer = await problem {
        try await journeys.timeline(of: number, bornOn: wrong, as: .applicant, from: .network([1]))
      }
      XCTAssertEqual(answer?.code, "tracking.not-found")
      XCTAssertGreaterThanOrEqual(ContinuousClock.now - began, .seconds(1))
    }
  }

  func testAStrangersMissesNeverLockTheNumberForItsHolder() async throws {
    let office = try await SampleOffice()
    let number = try await office.apply()
    for _ in 1...50 { _ = await problem { try await look(office, number, wrong, from: .network([6, 6, 6])) } }
    _ = try await look(office, number, right, from: .network([1]))
  }

  func testWhoMissesWaitsLongerEachTimeAndThenMayTryAgain() async throws {
    let office = try await SampleOffice()
    let number = try await office.apply()
    for _ in 1...4 { _ = await problem { try await look(office, number, wrong) } }
    for seconds in [10, 20, 40] {
      let waiting = await problem { try await look(office, number, right) }
      XCTAssertEqual(waiting?.code, "look-up.too-many-dates")
      XCTAssertEqual(waiting?.arguments["seconds"], String(seconds))
      office.clock.advance(by: .seconds(seconds))
      let missed = await problem { try await look(office, number, wrong) }
      XCTAssertEqual(missed?.code, "tracking.not-found")
    }
    office.clock.advance(by: .seconds(300))
    _ = try await look(office, number, right)
  }

  func testWhoMissesWithOneNumberKeepsNobodyElseOfTheNetworkWaiting() async throws {
    let office = try await SampleOffice()
    let (one, other) = (try await office.apply(), try await office.apply())
    for _ in 1...4 { _ = await problem { try await look(office, one, wrong) } }
    let waiting = await problem { try await look(office, one, right) }
    XCTAssertEqual(waiting?.code, "look-up.too-many-dates")
    _ = try await look(office, other, right)
  }

  func testWhoTriesOneNumberAfterTheOtherWaitsSoonerOrLaterAndTheirNetworkAMinuteAtMost() async throws {
    let office = try await SampleOffice()
    let number = try await office.apply()
    func miss() async -> Problem? {
      await problem { try await look(office, ApplicationNumber(from: SystemRandom()), wrong) }
    }
    for attempt in 1...21 {
      let answer = await miss()
      XCTAssertEqual(answer?.code, "tracking.not-found", "attempt \(attempt)")
    }
    for seconds in [10, 20, 40, 60, 60] {
      let waiting = await problem { try await look(office, number, right) }
      XCTAssertEqual(waiting?.arguments["seconds"], String(seconds))
      office.clock.advance(by: .seconds(seconds))
      let missed = await miss()
      XCTAssertEqual(missed?.code, "tracking.not-found")
    }
    office.clock.advance(by: .seconds(60))
    _ = try await look(office, number, right)
  }

  func testOnesOwnCaseBetweenDoesNotForgiveTheMisses() async throws {
    let office = try await SampleOffice()
    let own = try await office.apply()
    let other = try await office.apply()
    var missed = 0
    for _ in 1...10 {
      let answer = await problem { try await look(office, other, wrong) }
      if answer?.code == "tracking.not-found" { missed += 1 }
      _ = try? await look(office, own, right)
    }
    XCTAssertEqual(missed, 4)
  }

  func testWhatTimeForgivesIsForgivenOnceHoweverOftenSomebodyOpensTheirOwnCase() async throws {
    let office = try await SampleOffice()
    let own = try await office.apply()
    func miss() async -> Problem? {
      await problem { try await look(office, ApplicationNumber(from: SystemRandom()), wrong) }
    }
    for _ in 1...21 { _ = await miss() }
    // One of them is forgotten.
    office.clock.advance(by: .seconds(600))
    for _ in 1...10 { _ = try await look(office, own, right) }
    let last = await miss()
    XCTAssertEqual(last?.code, "tracking.not-found")
    let waiting = await problem { try await look(office, own, right) }
    XCTAssertEqual(waiting?.arguments["seconds"], "10")
  }

  func testTriesSideBySideCountAsManyMisses() async throws {
    let office = try await SampleOffice()
    let number = try await office.apply()
    let codes = await withTaskGroup(of: String?.self) { group in
      for _ in 1...40 {
        group.addTask { [wrong] in
          do {
            _ = try await office.journeys().timeline(of: number, bornOn: wrong, as: .applicant, from: .network([9]))
            return nil
          } catch { return (error as? Problem)?.code }
        }
      }
      return await group.reduce(into: [String: Int]()) { $0[$1 ?? "", default: 0] += 1 }
    }
    XCTAssertEqual(codes, ["tracking.not-found": 4, "look-up.too-many-dates": 36])
  }

  func testWhoAsksMostInAnAlarmKeepsNobodyElsewhereWaiting() async throws {
    let office = try await SampleOffice()
    let number = try await office.apply()
    for network in UInt8(1)...100 {
      _ = await problem {
        try await look(office, ApplicationNumber(from: SystemRandom()), wrong, from: .network([network]))
      }
    }
    XCTAssertTrue(office.lookUps.standing.isAlarmed)
    var passed = 0
    for second in 0..<12 {
      let answer = await problem {
        try await look(office, ApplicationNumber(from: SystemRandom()), wrong, from: .network([150]))
      }
      if answer?.code == "tracking.not-found" { passed += 1 }
      if second == 7 { _ = try await look(office, number, right, from: .network([200])) }
      office.clock.advance(by: .seconds(1))
    }
    XCTAssertEqual(passed, 3, "one try of a network in five seconds")

    // Tries for one number wait for each other wherever they come from, but for those in the hall.
    let missed = await problem { try await look(office, number, wrong, from: .network([151])) }
    XCTAssertEqual(missed?.code, "tracking.not-found")
    let waiting = await problem { try await look(office, number, right, from: .network([201])) }
    XCTAssertEqual(waiting?.arguments["seconds"], "5")
    _ = try await look(office, number, right, from: .kiosk("lobi-1"))
  }

  func testManyMissesFromManyNetworksRaiseAnAlarmAndPassOneByOne() async throws {
    let office = try await SampleOffice()
    let number = try await office.apply()
    XCTAssertFalse(office.lookUps.standing.isAlarmed)
    for network in UInt8(1)...100 {
      let answer = await problem { try await look(office, number, wrong, from: .network([network])) }
      XCTAssertEqual(answer?.code, "tracking.not-found")
    }
    XCTAssertEqual(office.lookUps.standing, LookUpGuard.Standing(missCount: 100, isAlarmed: true))
    let second = await problem { try await look(office, number, right, from: .network([200])) }
    XCTAssertEqual(second?.code, "look-up.too-many-dates")
    XCTAssertEqual(second?.arguments["seconds"], "5")
    office.clock.advance(by: .seconds(5))
    _ = try await look(office, number, right, from: .network([200]))
    office.clock.advance(by: .hours(1))
    XCTAssertFalse(office.lookUps.standing.isAlarmed)
    _ = try await look(office, number, right, from: .network([201]))
    _ = try await look(office, number, right, from: .network([202]))
  }
}
