import Contracts
import Core
import Foundation
import ModuleHarness
import Store
import XCTest

@testable import Forecast
@testable import Queue
@testable import Stops

/// A supervisor closes early, opens late or stops one service, and takes it back.
final class StopTests: XCTestCase {
  func testNumbersOnHoldAreAmongThoseThatAStopHits() async throws {
    let hall = try await StopHall(at: Self.morning, openings: ShippedDays())
    let (held, waiting) = (try await hall.take(), try await hall.take())
    _ = try await hall.next(1)
    try await hall.act(.hold, on: held.id, at: 1, ActionDetail(reason: "copy", holdMinutes: 15))
    try await hall.stops.stop(order(of: StopHall.passport, .system), by: .officer(OfficerID(8), .supervisor))
    let hit = try await hall.stops.overview().tickets
    XCTAssertEqual(Set(hit.map(\.number)), [held.number, waiting.number])
    XCTAssertEqual(hit.filter(\.isOnHold).map(\.number), [held.number])
    await hall.close()
  }

  func testAStopLaterTodayHitsThoseWhoAreNotSureToBeCalledBefore() async throws {
    let hall = try await StopHall(at: Self.morning, counterCount: 1, openings: ShippedDays())
    try await hall.openCounters()
    var taken: [Ticket] = []
    for _ in 0..<8 { taken.append(try await hall.take()) }
    let afternoon = order(of: nil, .ceremony, from: "14:00")
    let none = try await hall.stops.wouldHit(afternoon)
    XCTAssertEqual(none?.tickets, 0)
    try await hall.stops.stop(afternoon, by: .officer(OfficerID(8), .supervisor))
    let spared = try await hall.stops.overview().tickets
    XCTAssertEqual(spared, [], "all are called long before")
    let soon = order(of: StopHall.passport, .system, from: "08:30")
    let expected = try await hall.stops.wouldHit(soon)
    let stop = try await hall.stops.stop(soon, by: .officer(OfficerID(8), .supervisor))
    let hit = try await hall.stops.overview().tickets
    XCTAssertEqual(expected?.tickets, hit.count)
    XCTAssertFalse(hit.contains { $0.number == taken.first?.number }, "the next one")
    XCTAssertTrue(hit.contains { $0.number == taken.last?.number })
    XCTAssertEqual(Set(hit.map(\.stop.id)), [stop.id], "each is told of the one that hits it")
    await hall.close()
  }

  func testWhereNoCounterIsOpenAStopHitsThoseWhoWaitOnlyOnceItIsNear() async throws {
    let hall = try await StopHall(at: Self.morning, openings: ShippedDays())
    _ = try await hall.take()
    try await hall.stops.stop(order(of: nil, .ceremony, from: "09:00"), by: .officer(OfficerID(8), .supervisor))
    let early = try await hall.stops.overview().tickets
    XCTAssertEqual(early, [])
    hall.house.clock.set(Self.morning + .minutes(50))
    let late = try await hall.stops.overview().tickets
    XCTAssertEqual(late.count, 1)
    hall.house.clock.set(Self.morning + .minutes(60))
    let stopped = try await hall.stops.overview().tickets
    XCTAssertEqual(stopped.map(\.availability.isStopped), [true])
    await hall.close()
  }

  func testClosingEarlyShortensWhatPeopleArePromised() async throws {
    let hall = try await StopHall(
      at: Self.morning, counterCount: 1, openings: ShippedDays())
    try await hall.openCounters()
    for _ in 0..<8 { _ = try await hall.take() }
    try await hall.stops.stop(
      order(of: nil, .ceremony, from: "09:00", to: nil), by: .officer(OfficerID(8), .supervisor))
    let refusal = await refusal { try await hall.take() }
    guard case .pastAdmission(let closes, .forecast, _)? = refusal?.availability else {
      return XCTFail("\(String(describing: refusal))")
    }
    XCTAssertEqual(closes, CivilTime("09:00"))
    await hall.close()
  }

  func testAStopIsRefusedWithoutAReasonOrWithTimesThatDoNotFit() async throws {
    let hall = try await StopHall(at: Self.morning, openings: ShippedDays())
    for (wrong, code) in [
      (order(of: nil, .other), "queue.reason-missing"),
      (order(of: nil, .power, from: "10:00", to: "09:00"), "queue.stop-times"),
      (order(of: nil, .power, from: "06:00", to: "07:00"), "queue.stop-times"),
      (order(of: nil, .power, lastDay: Self.monday.adding(days: -1)), "queue.stop-times"),
      (order(of: nil, .power, lastDay: Self.monday.adding(days: StoppingService.dayCountMax)), "queue.stop-times"),
      (order(of: ServiceCode("tidak-ada"), .power), "queue.unknown-service"),
    ] {
      do {
        try await hall.stops.stop(wrong, by: .officer(OfficerID(8), .supervisor))
        XCTFail(code)
      } catch let problem as Problem {
        XCTAssertEqual(problem.code, code)
      }
    }
    let none = try await hall.stops.overview()
    XCTAssertTrue(none.stops.isEmpty)
    await hall.close()
  }

  func testTheSameSubmissionStopsOnceAndAStopIsTakenBackOnce() async throws {
    let hall = try await StopHall(at: Self.morning, openings: ShippedDays())
    let order = order(of: nil, .power)
    let first = try await hall.stops.stop(order, by: .officer(OfficerID(8), .supervisor))
    let second = try await hall.stops.stop(order, by: .officer(OfficerID(8), .supervisor))
    XCTAssertEqual(first, second)
    try await hall.stops.lift(first.id, by: .officer(OfficerID(8), .supervisor))
    do {
      try await hall.stops.lift(first.id, by: .officer(OfficerID(8), .supervisor))
      XCTFail("taken back twice")
    } catch let problem as Problem {
      XCTAssertEqual(problem.code, "queue.stop-over")
    }
    await hall.close()
  }

  func testAStopWithinAnotherIsKnown() async throws {
    let hall = try await StopHall(openings: ShippedDays())
    func stop(_ service: ServiceCode?, _ from: String, _ to: String) async throws -> ServiceStop {
      let span = OpeningSpan(from: try XCTUnwrap(CivilTime(from)), to: try XCTUnwrap(CivilTime(to)))
      let order = StopOrder(
        service: service, span: span, reason: StopReason(cause: .power), submission: UUID().uuidString)
      return try await hall.stops.stop(order, by: .officer(OfficerID(9), .supervisor))
    }
    let office = try await stop(nil, "10:00", "12:00")
    let inside = try await stop(StopHall.passport, "10:30", "11:00")
    let longer = try await stop(StopHall.passport, "11:00", "13:00")
    XCTAssertTrue(office.contains(inside))
    XCTAssertFalse(office.contains(longer))
    XCTAssertFalse(inside.contains(office))
    XCTAssertFalse(longer.contains(office), "a service's stop contains no office's")
    await hall.close()
  }

  /// Monday, 23 November 2026, 08.00 WIB.
  private static let morning = StopHall.morning
  private static let monday = OfficeZone.wib.date(of: morning)

  private func order(
    of service: ServiceCode?, _ cause: StopReason.Cause, from: String = "08:00", to: String? = nil,
    lastDay: CivilDate? = nil, firstDay: CivilDate? = nil
  ) -> StopOrder {
    StopOrder(
      service: service,
      span: OpeningSpan(
        from: CivilTime(from) ?? StopPeriod.endOfDay, to: to.flatMap { CivilTime($0) } ?? StopPeriod.endOfDay),
      firstDay: firstDay, lastDay: lastDay, reason: StopReason(cause: cause), submission: UUID().uuidString)
  }

  private func refusal(_ work: () async throws -> Ticket) async -> Unavailable? {
    do {
      _ = try await work()
      return nil
    } catch {
      return error as? Unavailable
    }
  }
}
