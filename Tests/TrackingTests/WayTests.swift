import Contracts
import Core
import XCTest

@testable import Tracking

final class WayTests: XCTestCase {
  private let number = ApplicationNumber(from: SeededRandom(seed: 1))

  private func timeline(_ stages: [String], by service: OfferedService?) -> Timeline {
    let steps = stages.enumerated().map { Way.Step(stage: $1, enteredAt: Instant(milliseconds: Int64($0))) }
    return Way(steps: steps, service: ServiceCode("paspor"), promisedFor: nil).timeline(of: number, by: service)
  }

  func testWayShowsWhatWasEnteredAndWhatLiesAhead() {
    let timeline = timeline(["kunjungan", "cetak"], by: .passport)
    XCTAssertEqual(timeline.entries.map(\.stage.code), ["kunjungan", "cetak", "uji", "ambil", "selesai"])
    XCTAssertEqual(timeline.entries.map { $0.enteredAt != nil }, [true, true, false, false, false])
    XCTAssertEqual(timeline.entries.map(\.isCurrent), [false, true, false, false, false])
    XCTAssertEqual(timeline.current?.code, "cetak")
  }

  func testStageThatTheCatalogueLostKeepsItsPlace() {
    let timeline = timeline(["kunjungan", "lama"], by: .passport)
    XCTAssertEqual(timeline.entries.map(\.stage.code), ["kunjungan", "lama"])
    XCTAssertEqual(timeline.current?.name[.indonesian], "lama")
  }

  func testWithoutTheCatalogueTheStepsAreStillShown() {
    let timeline = timeline(["kunjungan", "cetak"], by: nil)
    XCTAssertEqual(timeline.entries.map(\.stage.code), ["kunjungan", "cetak"])
    XCTAssertEqual(timeline.serviceName[.english], "paspor")
  }

  func testPromiseIsWatchedByWorkingDays() throws {
    let friday = try XCTUnwrap(CivilDate(year: 2026, month: 11, day: 20))
    let monday = friday.adding(days: 3)
    func watch(_ promised: CivilDate?) -> PromiseWatch {
      PromiseWatch(promised, today: friday, nextWorkingDay: monday)
    }
    XCTAssertEqual(watch(nil), .calm)
    XCTAssertEqual(watch(friday.adding(days: -1)), .broken)
    XCTAssertEqual(watch(friday), .near)
    XCTAssertEqual(watch(monday), .near)
    XCTAssertEqual(watch(monday.adding(days: 1)), .calm)
  }
}
