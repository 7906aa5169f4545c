import Contracts
import Core
import HTML
import Store
import XCTest

@testable import Appointments
@testable import Displays
@testable import Forecast
@testable import Queue
@testable import Stops
@testable import Vault

/// What the hall shows of appointments, and what its counters record, over a real Vault.
final class HallTests: XCTestCase {
  private let sari = OfficerID(1)
  private let budi = OfficerID(8)

  /// Freed and unused slots of the priority line, as everybody in the hall sees them.
  func testBoardTellsHowThePriorityLineStands() async throws {
    var rules = BookingOffice.plainRules
    rules.shares.priority = 40
    let office = try await BookingOffice(rules: rules, at: BookingOffice.morning - .minutes(20))
    func board() async throws -> Board.Priority? {
      try await office.queue.snapshot().board(of: .wholeHall, in: office.booking.office).priority
    }
    let before = try await board()
    XCTAssertEqual(before?.waiting, 0)
    XCTAssertEqual(before?.returning, 0)
    let free = try XCTUnwrap(before?.free)
    XCTAssertGreaterThan(free, 2)
    let times = try await office.bookings.openDays(
      try await office.bookings.party([try await office.apply()], kind: .priority), kind: .priority)
    let time = try XCTUnwrap(times.first { $0.day == BookingOffice.monday }?.begins.first)
    let booked = try await office.book(
      [try await office.apply()], kind: .priority, on: BookingOffice.monday, at: time.description)
    let taken = try await board()
    XCTAssertEqual(taken, Board.Priority(waiting: 0, free: free - 1, returning: 0))
    try await office.bookings.cancel(booked.code)
    let cancelled = try await board()
    XCTAssertEqual(cancelled, Board.Priority(waiting: 0, free: free - 1, returning: 1), "it cools down first")
    _ = try await office.queue.takeNumber(
      TicketRequest(
        service: BookingOffice.passport, application: nil, needs: Needs(priority: .elderly), channel: .kiosk,
        submission: "elder"))
    let come = try await board()
    XCTAssertEqual(come, Board.Priority(waiting: 1, free: free - 2, returning: 1))
    let words = try BookingOffice.locales().words(.indonesian)
    XCTAssertEqual(
      come?.text(words),
      words("queue.display.priority", ["waiting": "1", "free": "\(free - 2)"]) + " "
        + words("queue.display.priority-returning", ["count": "1"]))
    // Once no numbers are given, nothing is said of it: nobody has used up what is left.
    office.clock.advance(by: .minutes(8 * 60))
    let over = try await board()
    XCTAssertNil(over)
    let full = Board.Priority(waiting: 1, free: 0, returning: 0)
    XCTAssertEqual(full.text(words), words("queue.display.priority-full", ["waiting": "1"]))
    await office.close()
  }

  func testThePriorityLineIsTheDisplaysOnlyWhileNumbersAreGiven() async throws {
    var rules = BookingOffice.plainRules
    rules.shares.priority = 40
    let office = try await BookingOffice(rules: rules, at: BookingOffice.morning + .minutes(60))
    func priority() async throws -> Board.Priority? {
      try await office.queue.snapshot().board(of: .wholeHall, in: office.booking.office).priority
    }
    let open = try await priority()
    XCTAssertNotNil(open)
    let order = StopOrder(
      service: nil, span: OpeningSpan(from: CivilTime(minuteOfDay: 0), to: StopPeriod.endOfDay),
      reason: StopReason(cause: .power), submission: "stop")
    let stop = try await office.stops.stop(order, by: .officer(OfficerID(9), .supervisor))
    let stopped = try await priority()
    XCTAssertNil(stopped)
    try await office.stops.lift(stop.id, by: .officer(OfficerID(9), .supervisor))
    let lifted = try await priority()
    XCTAssertNotNil(lifted)
    await office.close()
  }

  func testTakeOverIsRecordedAndIsOfTheOfficerWhoWasSeenThere() async throws {
    let office = try await BookingOffice()
    let counters = CounterService(
      store: office.store, clock: office.clock, zone: .wib, office: office.booking.office,
      rules: RulesInForce(QueueRules(), directory: nil), tracking: nil, ledger: office.vault)
    let counter = BookingOffice.counter(1)
    try await counters.open(counter, by: .officer(sari, .clerk), named: "Sari")
    let stranger = try await problem {
      try await counters.takeOver(counter, from: OfficerID(5), by: .officer(budi, .clerk), named: "Budi")
    }
    XCTAssertEqual(stranger, "queue.nobody-there")
    try await counters.takeOver(counter, from: sari, by: .officer(budi, .clerk), named: "Budi")
    let again = try await problem {
      try await counters.takeOver(counter, from: sari, by: .officer(budi, .clerk), named: "Budi")
    }
    XCTAssertEqual(again, "queue.nobody-there")
    let post = try await office.store.read { try CounterPostTable.post(1, in: $0) }
    XCTAssertEqual(post?.officer, budi)
    let entries = try await office.store.read { try office.vault.entries(of: .counterTakeOver, limit: 5, in: $0) }
    XCTAssertEqual(entries.map(\.facts), [["counter": "1", "former-officer": "1"]])
    XCTAssertEqual(entries.first?.principal, "officer:8:clerk")
    let events: Int? = try await office.store.read {
      try $0.value("SELECT count(*) FROM store_events WHERE kind = 'counter.taken-over'")
    }
    XCTAssertEqual(events, 1)
    await office.close()
  }
}
