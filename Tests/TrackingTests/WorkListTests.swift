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
