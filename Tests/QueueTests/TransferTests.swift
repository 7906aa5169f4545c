import Contracts
import Core
import HTML
import Store
import XCTest

@testable import Forecast
@testable import Queue
@testable import Stops

/// Sending people to a counter at which nobody sits is never silent.
final class TransferTests: XCTestCase {
  func testATransferToACounterWithoutAnOfficerIsAskedAboutFirst() async throws {
    let hall = try await QueueHall()
    let ticket = try await hall.take()
    _ = try await hall.next(1)
    await assertProblem("queue.target-unattended") {
      try await hall.act(.transfer, on: ticket.id, at: 1, ActionDetail(target: .counter(3)))
    }
    let unmoved = try await hall.record(ticket.id)
    XCTAssertEqual(unmoved.state, .called)
    try await hall.counters.open(hall.office.counters[2], by: .officer(OfficerID(3), .clerk), named: nil)
    try await hall.act(.transfer, on: ticket.id, at: 1, ActionDetail(target: .counter(3)))
    let called = try await hall.next(3)
    XCTAssertEqual(called?.id, ticket.id)
    await hall.close()
  }

  func testWhoWasSentWhereNobodySitsIsToldAndTheSupervisorSeesItUntilSomebodyDoes() async throws {
    let hall = try await QueueHall()
    let ticket = try await hall.take()
    _ = try await hall.next(1)
    try await hall.act(.transfer, on: ticket.id, at: 1, ActionDetail(target: .counter(3), isConfirmed: true))
    var shown = try await hall.queue.ticket(ticket.code)
    XCTAssertEqual(shown?.sentTo, TicketAddress(counter: 3, isAttended: false))
    var stranded = try await hall.overview().stranded.map(\.id)
    XCTAssertEqual(stranded, [ticket.id])

    let counter = hall.office.counters[2]
    try await hall.counters.open(counter, by: .officer(OfficerID(3), .clerk), named: nil)
    shown = try await hall.queue.ticket(ticket.code)
    XCTAssertEqual(shown?.sentTo, TicketAddress(counter: 3, isAttended: true))
    stranded = try await hall.overview().stranded.map(\.id)
    XCTAssertEqual(stranded, [])

    try await hall.counters.close(counter, by: .officer(OfficerID(3), .clerk), reason: .other)
    shown = try await hall.queue.ticket(ticket.code)
    XCTAssertNil(shown?.sentTo, "a counter that closes lets go of who was sent to it")
    let called = try await hall.next(2)
    XCTAssertEqual(called?.id, ticket.id)
    await hall.close()
  }

  func testATransferToAServiceThatNobodyServesIsAskedAboutFirstAndIsNeverSilent() async throws {
    let hall = try await QueueHall(services: [1: [QueueHall.passport], 2: [QueueHall.permit]])
    try await hall.openCounters(1)
    let ticket = try await hall.take()
    _ = try await hall.next(1)
    await assertProblem("queue.target-unserved") {
      try await hall.act(.transfer, on: ticket.id, at: 1, ActionDetail(service: QueueHall.permit))
    }
    try await hall.act(.transfer, on: ticket.id, at: 1, ActionDetail(service: QueueHall.permit, isConfirmed: true))
    let told = try await hall.queue.ticket(ticket.code)
    XCTAssertEqual(told?.service, QueueHall.permit)
    XCTAssertEqual(told?.availability?.isAlarming, true)
    XCTAssertNil(told?.waitMinutes)
    XCTAssertNil(told?.promise)
    var alarm = try await hall.overview().unattended
    XCTAssertEqual(alarm.map(\.service), [QueueHall.permit])
    XCTAssertEqual(alarm.map(\.waiting), [1])
    try await hall.counters.open(hall.office.counters[1], by: .officer(OfficerID(2), .clerk), named: nil)
    alarm = try await hall.overview().unattended
    XCTAssertEqual(alarm.count, 0)
    let called = try await hall.next(2)
    XCTAssertEqual(called?.id, ticket.id)
    await hall.close()
  }

  func testATransferToAStoppedServiceIsAskedAboutFirstAndIsNeverSilent() async throws {
    let hall = try await QueueHall(services: [1: [QueueHall.passport], 2: [QueueHall.permit]])
    try await hall.openCounters(1, 2)
    let ticket = try await hall.take()
    _ = try await hall.next(1)
    let stop = try await hall.stops.stop(
      StopOrder(
        service: QueueHall.permit, span: OpeningSpan(from: CivilTime(minuteOfDay: 0), to: StopPeriod.endOfDay),
        reason: StopReason(cause: .system), submission: "henti-1"), by: .officer(OfficerID(8), .supervisor))
    await assertProblem("queue.target-stopped") {
      try await hall.act(.transfer, on: ticket.id, at: 1, ActionDetail(service: QueueHall.permit))
    }
    try await hall.act(.transfer, on: ticket.id, at: 1, ActionDetail(service: QueueHall.permit, isConfirmed: true))
    let told = try await hall.queue.ticket(ticket.code)
    XCTAssertEqual(told?.availability, .stopped(reason: stop.reason, resumesAt: nil, next: nil))
    let stopped = try await hall.overview().stopped
    XCTAssertEqual(stopped.map(\.service), [QueueHall.permit])
    let hit = try await hall.stops.overview().tickets
    XCTAssertEqual(hit.map(\.number), [told?.number])
    try await hall.stops.lift(stop.id, by: .officer(OfficerID(8), .supervisor))
    let none = try await hall.overview().stopped
    XCTAssertEqual(none.count, 0)
    await hall.close()
  }

  func testASupervisorReleasesWhoIsStranded() async throws {
    let hall = try await QueueHall()
    let ticket = try await hall.take()
    _ = try await hall.next(1)
    try await hall.act(.transfer, on: ticket.id, at: 1, ActionDetail(target: .counter(3), isConfirmed: true))
    await assertProblem("queue.not-yours") {
      try await hall.counters.act(.transfer, on: ticket.id, at: nil, by: .officer(OfficerID(1), .clerk))
    }
    try await hall.counters.act(.transfer, on: ticket.id, at: nil, by: .officer(OfficerID(9), .supervisor))
    let called = try await hall.next(2)
    XCTAssertEqual(called?.id, ticket.id)
    await hall.close()
  }

  func testBothAreSaidOnTheTicketInWords() throws {
    let locales = try QueueHall.locales()
    for language in [Language.indonesian, .english] {
      let words = locales.words(language)
      for isAttended in [true, false] {
        let ticket = QueueHall.ticket(
          .waiting, peopleAhead: 1, sentTo: TicketAddress(counter: 3, isAttended: isAttended))
        let page = String(
          decoding: HTMLRenderer.render(TicketNow(ticket: ticket, words: words, zone: .wib).node), as: UTF8.self)
        let expected =
          isAttended
          ? words("queue.ticket.sent-to", ["counter": "3"]) : words("queue.ticket.sent-to-unattended", ["counter": "3"])
        XCTAssertTrue(page.contains(expected), page)
      }
    }
  }
}
