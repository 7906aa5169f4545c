import Contracts
import Core
import Foundation
import Store
import XCTest

@testable import Appointments
@testable import Forecast
@testable import Queue
@testable import Vault

/// What follows in the hall when a person is erased.
final class ForgettingTests: XCTestCase {
  private static let supervisor = Principal.officer(OfficerID(3), .supervisor)

  private func office() async throws -> BookingOffice {
    let office = try await BookingOffice()
    office.vault.whenErased { [booking = office.booking, register = office.register] in
      try Forgetting(applications: register, accessibility: nil).follow($0, in: $1)
      try BookingEnds(booking: booking).forget($0, in: $1)
    }
    return office
  }

  private func subject(_ number: ApplicationNumber, _ office: BookingOffice) async throws -> SubjectID {
    let summary = try await office.store.read { [register = office.register] in
      try register.application(number, in: $0)
    }
    return try XCTUnwrap(summary).subject
  }

  private func erase(_ number: ApplicationNumber, _ office: BookingOffice) async throws {
    try await office.vault.erase(try await subject(number, office), for: .erasure, as: .system("test"))
  }

  func testAnErasedPersonsAppointmentIsCancelledAndItsPlaceReturnsAfterAWhile() async throws {
    let office = try await office()
    let before = try await office.free()
    let (number, other) = (try await office.apply(), try await office.apply())
    let booked = try await office.book([number])
    let kept = try await office.book([other], at: "09:00")
    try await erase(number, office)
    let (ended, standing) = (
      try await office.bookings.appointment(booked.code), try await office.bookings.appointment(kept.code)
    )
    XCTAssertEqual(ended?.state, .cancelled)
    XCTAssertEqual(standing?.state, .booked)
    let cooling = try await office.free()
    XCTAssertEqual(cooling, before - 2, "nobody can wait for the slot of somebody who is erased")
    office.clock.advance(by: .minutes(office.booking.rules.now.coolingMinutes.upperBound + 1))
    let after = try await office.free()
    XCTAssertEqual(after, before - 1)
    let late = try await problem { try await office.bookings.confirm(booked.code) }
    XCTAssertEqual(late, "appointment.hold-ended")
    try await office.assertSound()
    await office.close()
  }

  func testAPlaceThatIsOnlyKeptReturnsToo() async throws {
    let office = try await office()
    let before = try await office.free()
    let number = try await office.apply()
    let held = try await office.hold([number])
    try await erase(number, office)
    let ended = try await office.bookings.appointment(held.code)
    XCTAssertEqual(ended?.state, .lapsed)
    office.clock.advance(by: .minutes(office.booking.rules.now.coolingMinutes.upperBound + 1))
    let after = try await office.free()
    XCTAssertEqual(after, before)
    try await office.assertSound()
    await office.close()
  }

  func testAFamilyKeepsItsAppointmentUntilTheLastOfThemIsErased() async throws {
    let office = try await office()
    let before = try await office.free()
    let (parent, child) = (try await office.apply(), try await office.apply())
    let family = try await office.book([parent, child])
    try await erase(child, office)
    let left = try await office.bookings.appointment(family.code)
    XCTAssertEqual(left?.state, .booked)
    try await office.assertSound()
    try await erase(parent, office)
    let ended = try await office.bookings.appointment(family.code)
    XCTAssertEqual(ended?.state, .cancelled)
    office.clock.advance(by: .minutes(office.booking.rules.now.coolingMinutes.upperBound + 1))
    let after = try await office.free()
    XCTAssertEqual(after, before)
    try await office.assertSound()
    await office.close()
  }

  func testAnAppointmentThatIsOverStaysInTheCountsWithoutItsReasons() async throws {
    let office = try await office()
    // The slots of a priority line, which the plain rules do not have.
    let number = try await office.apply()
    let booked = try await office.book([number])
    try await office.store.write { transaction in
      try transaction.run(
        "UPDATE appointments_appointment SET priority = 'pregnant', kind = 'priority', state = 'missed'")
      try transaction.run(
        """
        INSERT INTO appointments_exception (appointment, kind, reason, officer, made_at, submission)
        VALUES (\(booked.id), 'move', 'baru melahirkan', 3, 0, 'x')
        """)
    }
    let shown = try await office.store.read {
      try AppointmentsInHall(booking: office.booking).bookings(of: number, limit: 9, in: $0)
    }
    XCTAssertEqual(shown.bookings.map(\.priority), [.pregnant])
    try await erase(number, office)
    let left = try await office.bookings.appointment(booked.code)
    XCTAssertEqual(left?.state, .missed)
    XCTAssertNil(left?.priority)
    let reason: String? = try await office.store.read {
      try $0.value("SELECT reason FROM appointments_exception")
    }
    XCTAssertEqual(reason, "")
    await office.close()
  }

  func testANumberStaysInTheHallAndWhatAnOfficerWroteAboutItGoes() async throws {
    let office = try await office()
    let counters = CounterService(
      store: office.store, clock: office.clock, zone: .wib, office: office.booking.office,
      rules: RulesInForce(QueueRules(), directory: nil), tracking: nil, ledger: office.vault)
    let numbers = [try await office.apply(), try await office.apply()]
    var tickets: [Ticket] = []
    for number in numbers {
      tickets.append(
        try await office.queue.takeNumber(
          TicketRequest(
            service: BookingOffice.passport, application: number.opened, needs: Needs(), channel: .kiosk,
            submission: number.description)))
      let counter = BookingOffice.counter(tickets.count)
      _ = try await counters.callChosen(
        tickets[tickets.count - 1].id, to: counter, by: .officer(OfficerID(Int64(tickets.count)), .clerk),
        reason: "baru melahirkan \(tickets.count)")
    }
    let tables: @Sendable () async throws -> [String] = { [store = office.store] in
      try await store.read { snapshot in
        try snapshot.rows(
          """
          SELECT reason FROM queue_ticket WHERE reason IS NOT NULL
          UNION ALL SELECT reason FROM queue_transition WHERE reason IS NOT NULL
          UNION ALL SELECT reason FROM queue_call WHERE reason IS NOT NULL
          UNION ALL SELECT reason FROM queue_undo WHERE reason IS NOT NULL
          """
        ) { try $0.get(0) }
      }
    }
    let before = try await tables()
    XCTAssertEqual(before.sorted(), (1...2).flatMap { Array(repeating: "baru melahirkan \($0)", count: 3) })
    try await erase(numbers[0], office)
    let after = try await tables()
    XCTAssertEqual(after, Array(repeating: "baru melahirkan 2", count: 3))
    let states = try await office.store.read { [tickets] snapshot in
      try tickets.compactMap { try TicketTable.ticket($0.id, in: snapshot)?.state }
    }
    XCTAssertEqual(states, [.called, .called])
    await office.close()
  }

  func testAnErasedPersonLeavesAnOpenDrawAndWinsNothingInAClosedOne() async throws {
    let office = try await office()
    let draws = office.draws
    func announce(_ number: Int) async throws -> Draw {
      try await draws.announce(
        DrawTable.Plan(
          service: BookingOffice.passport, first: BookingOffice.monday.adding(days: 14 + number),
          last: BookingOffice.monday.adding(days: 14 + number), closes: office.clock.now + .hours(2),
          submission: "draw \(number)"), by: Self.supervisor)
    }
    let open = try await announce(2)
    let number = try await office.apply()
    _ = try await draws.enter(open.id, with: number, wish: nil, isStrict: false)
    try await erase(number, office)
    let count = try await office.store.read { try DrawTable.entryCount(of: open.id, in: $0) }
    XCTAssertEqual(count, 0)

    let closed = try await announce(3)
    let second = try await office.apply()
    _ = try await draws.enter(closed.id, with: second, wish: nil, isStrict: false)
    try await office.store.write { [clock = office.clock] in try DrawTable.close(closed.id, at: clock.now, in: $0) }
    try await erase(second, office)
    office.clock.advance(by: .hours(2))
    try await draws.drawAllDue()
    let entries = try await office.store.read { try DrawTable.entries(of: closed.id, in: $0) }
    XCTAssertEqual(entries.map(\.rank), [1], "the list that was committed to stays whole")
    XCTAssertEqual(entries.compactMap(\.appointment), [])
    try await office.assertSound()
    await office.close()
  }

  func testWhatFollowsAnErasureThatFailsHasNotHappened() async throws {
    let office = try await office()
    struct Failure: Error {}
    office.vault.whenErased { _, _ in throw Failure() }
    let number = try await office.apply()
    let booked = try await office.book([number])
    let isErased: Bool
    do {
      try await erase(number, office)
      isErased = true
    } catch is Failure {
      isErased = false
    }
    XCTAssertFalse(isErased)
    let left = try await office.bookings.appointment(booked.code)
    XCTAssertEqual(left?.state, .booked)
    let subject = try await subject(number, office)
    let receipt = try await office.store.read { [vault = office.vault] in try vault.receipt(ofErased: subject, in: $0) }
    XCTAssertNil(receipt)
    try await office.assertSound()
    await office.close()
  }
}
