import Contracts
import Core
import Store
import XCTest

@testable import Tracking

final class WorkListTests: XCTestCase {
  func testOnlyWhatWaitsForAnOfficerIsListedOldestFirst() async throws {
    let office = try await SampleOffice()
    var waiting: [ApplicationNumber] = []
    for _ in 1...3 {
      waiting.append(try await office.apply())
      office.clock.advance(by: .minutes(1))
    }
    _ = try await office.apply()  // Waits for its visit.
    for number in waiting.reversed() {
      try await office.finishVisit(number)
      office.clock.advance(by: .minutes(1))
    }
    _ = try await office.advance(waiting[2], from: "cetak")  // Entered a later stage last of all.
    let list = try await office.workList()
    XCTAssertEqual(list.items.map(\.number), [waiting[1], waiting[0], waiting[2]])
    XCTAssertEqual(list.items.map(\.stage.code), ["cetak", "cetak", "uji"])
    XCTAssertEqual(list.items.map(\.next.code), ["uji", "uji", "ambil"])
    XCTAssertFalse(list.isCut)
  }

  func testPromiseAtRiskIsMarked() async throws {
    let office = try await SampleOffice()
    try await office.finishVisit(try await office.apply())  // Promised for Thursday the 26th.
    func watch() async throws -> PromiseWatch? { try await office.workList().items.first?.watch }
    let sunday = try await watch()
    office.clock.advance(by: .hours(24 * 3))
    let wednesday = try await watch()
    office.clock.advance(by: .hours(24 * 2))
    let friday = try await watch()
    XCTAssertEqual([sunday, wednesday, friday], [.calm, .near, .broken])
  }

  /// A person had confirmed a date of years ahead.
  func testWhatWasPromisedOnAWrongDateStandsFirstAsLateAndIsToldToNobodyAsADay() async throws {
    let office = try await SampleOffice()
    let right = try await office.apply()
    try await office.finishVisit(right)
    let years = Duration.hours(24 * 4000)
    office.clock.advance(by: years)
    let wrong = try await office.apply()
    try await office.finishVisit(wrong)
    office.clock.advance(by: .zero - years)
    func listed() async throws -> [String] {
      try await office.workList().items.map { "\($0.number == wrong) \($0.stage.code) \($0.watch)" }
    }
    let late = try await listed()
    XCTAssertEqual(late, ["true cetak broken", "false cetak calm"])
    // Entered on a right date, and still promised on the wrong one.
    _ = try await office.advance(wrong, from: "cetak")
    let later = try await listed()
    XCTAssertEqual(later, ["true uji broken", "false cetak calm"])
    let promises = try await [office.timeline(wrong)?.promisedFor, office.timeline(right)?.promisedFor]
    XCTAssertEqual(promises, [nil, CivilDate(iso: "2026-11-26")])
    let shown = try await office.workList().items.map(\.promisedFor)
    XCTAssertEqual(shown, promises, "nor to officers")
  }

  func testLongListIsCutAtTheOldest() async throws {
    let office = try await SampleOffice()
    var numbers: [ApplicationNumber] = []
    for _ in 0...WorkList.itemCountMax {
      let number = try await office.apply()
      try await office.finishVisit(number)
      office.clock.advance(by: .seconds(1))
      numbers.append(number)
    }
    let list = try await office.workList()
    XCTAssertEqual(list.items.map(\.number), Array(numbers.prefix(WorkList.itemCountMax)))
    XCTAssertTrue(list.isCut)
  }

  /// Written as they may have come about in years, some on a wrong date, and read all together for comparison.
  func testListIsTheOldestOfAllStagesWithWhatWasWrittenOnAWrongDateBeforeThem() async throws {
    let office = try await SampleOffice()
    let now = office.clock.now
    let random = SeededRandom(seed: 11)
    let (early, late) = (CivilDate(iso: "2026-11-20"), CivilDate(iso: "2036-01-01"))
    try await office.store.write { transaction in
      for stage in ["ambil", "cetak", "uji"] {
        try transaction.run(
          "INSERT INTO tracking_stage (service, stage, applications) VALUES ('paspor', \(stage), 300)")
        for _ in 0..<300 {
          // Many in one second, so that their numbers decide.
          let entered = random.below(100) == 0 ? now + .hours(24 * 400) : now - .seconds(random.below(150))
          try transaction.run(
            """
            INSERT INTO tracking_case (number, subject, service, stage, position, entered_at, promised_for, ending)
            VALUES (\(ApplicationNumber(from: random)), 1, 'paspor', \(stage), 2, \(entered),
              \(random.below(100) == 0 ? late : early), NULL)
            """)
        }
      }
    }
    let all = try await office.store.read { database in
      try database.rows("SELECT number, entered_at, promised_for FROM tracking_case WHERE stage IN ('cetak', 'uji')") {
        row in
        let (number, entered): (ApplicationNumber, Instant) = (try row.get(0), try row.get(1))
        let promised: CivilDate? = try row.get(2)
        return (number: number, entered: entered, isWrong: promised == late || entered > now)
      }
    }
    let expected = all.sorted { one, other in
      if one.isWrong != other.isWrong { return one.isWrong }
      if one.entered != other.entered { return one.entered < other.entered }
      return one.number.description < other.number.description
    }
    let list = try await office.workList()
    XCTAssertTrue(list.isCut)
    XCTAssertEqual(list.items.map(\.number), expected.prefix(WorkList.itemCountMax).map(\.number))
    let wrongCount = all.count(where: \.isWrong)
    XCTAssertGreaterThan(wrongCount, 0)
    XCTAssertEqual(list.items.map(\.isOfWrongDate), (0..<WorkList.itemCountMax).map { $0 < wrongCount })
  }

  /// What an office of many years has costs the list no more than what it shows of it.
  func testEachStageIsReadFromItsIndexAndNoFurtherThanTheListIsLong() async throws {
    let office = try await SampleOffice()
    let (service, now) = (OfferedService.passport.code, office.clock.now)
    let conditions = [
      (CaseTable.hasEntered("cetak", of: service, until: now), "by_stage (service=? AND stage=? AND entered_at<?)"),
      (CaseTable.willEnter("cetak", of: service, after: now), "by_stage (service=? AND stage=? AND entered_at>?)"),
      (
        CaseTable.isPromised("cetak", of: service, after: OfficeZone.wib.date(of: now), until: now),
        "by_promise (service=? AND promised_for>?)"
      ),
    ]
    for (condition, index) in conditions {
      let plan = try await office.store.read { database in
        try database.rows("EXPLAIN QUERY PLAN \(CaseTable.selection(where: condition, max: 101))") {
          try $0.get(3) as String
        }
      }
      XCTAssertEqual(plan.first, "SEARCH tracking_case USING INDEX tracking_case_\(index)")
    }
  }

  func testSecondClickOnTheSameDecisionIsRefusedAndMovesNothing() async throws {
    let office = try await SampleOffice()
    let number = try await office.apply()
    try await office.finishVisit(number)
    let results = await withTaskGroup(of: String.self) { group in
      for _ in 0..<8 {
        group.addTask {
          do {
            return try await office.advance(number, from: "cetak").code
          } catch {
            return (error as? Problem)?.code ?? "\(error)"
          }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    XCTAssertEqual(results.filter { $0 == "uji" }.count, 1)
    XCTAssertEqual(results.filter { $0 == "tracking.moved-on" }.count, 7)
    let timeline = try await office.timeline(number)
    XCTAssertEqual(timeline?.current?.code, "uji")
  }

  func testOfficerCannotEndAStageThatAVisitEnds() async throws {
    let office = try await SampleOffice()
    let number = try await office.apply()
    let refusal = await problem { try await office.advance(number, from: "kunjungan") }
    XCTAssertEqual(refusal?.code, "tracking.moved-on")
    let unknown = await problem { try await office.advance(ApplicationNumber(from: SystemRandom()), from: "cetak") }
    XCTAssertEqual(unknown?.code, "tracking.unknown")
  }
}
