import Contracts
import Core
import Store
import XCTest

@testable import Appointments

final class PlaceTests: XCTestCase {
  /// Monday 07.40: the release is at 08.00, and the room in front of it is open.
  private func office() async throws -> BookingOffice {
    var rules = BookingOffice.plainRules
    rules.waitingRoom = AppointmentRules.WaitingRoom(
      admitPerMinute: 60, opensMinutesBefore: 30, lastsMinutes: 60, admissionMinutes: 15)
    return try await BookingOffice(rules: rules, at: BookingOffice.morning - .minutes(20))
  }

  func testSlotsOfAnotherPlaceAreNeitherOfferedNorBookedNorReleasedHere() async throws {
    let office = try await office()
    let number = try await office.apply()
    let before = try await office.free()
    XCTAssertGreaterThan(before, 0)
    let waits = try await problem { try await office.hold([number]) }
    XCTAssertEqual(waits, "appointment.waiting-room")
    try await office.store.write { try $0.run("UPDATE appointments_slot SET place = \(PlaceID(2))") }

    let free = try await office.free()
    XCTAssertEqual(free, 0)
    let overview = try await SlotOverview.read(office.booking)
    XCTAssertEqual(overview.days, [])
    XCTAssertNil(overview.next, "a release of another place was announced")
    let gone = try await problem { try await office.hold([number]) }
    XCTAssertEqual(gone, "appointment.gone", "the room is in front of no release of this place")

    try await office.tidy()
    let planned = try await office.free()
    XCTAssertEqual(planned, before, "the office has slots of its own beside them")
    await office.close()
  }

  func testAPassOfAnotherPlacesRoomAdmitsNobodyHere() async throws {
    let office = try await office()
    let room = WaitingRoom(booking: office.booking)
    let pass = try await room.enter(as: nil)
    try await office.store.write { try $0.run("UPDATE appointments_room SET place = \(PlaceID(2))") }
    let standing = try await room.standing(pass)
    XCTAssertNil(standing)
    let count = try await room.count()
    XCTAssertEqual(count, 0)

    let own = try await room.enter(as: pass)
    XCTAssertNotEqual(own, pass)
    office.clock.set(BookingOffice.morning)
    let first = try await room.standing(own)
    XCTAssertEqual(first, .admitted(until: BookingOffice.morning + .minutes(15)), "each place counts from 1")
    await office.close()
  }

  func testAppointmentsAndDrawsOfAnotherPlaceAreNotSettledHere() async throws {
    let office = try await BookingOffice()
    let draw = try await office.draws.announce(
      DrawTable.Plan(
        service: BookingOffice.passport, first: BookingOffice.monday.adding(days: 16),
        last: BookingOffice.monday.adding(days: 17), closes: office.clock.now + .hours(2), submission: "draw"),
      by: .officer(OfficerID(3), .supervisor))
    let here = try await office.book([try await office.apply()])
    let there = try await office.book([try await office.apply()], at: "08:30")
    try await office.store.write { transaction in
      try transaction.run("UPDATE appointments_appointment SET place = \(PlaceID(2)) WHERE id = \(there.id)")
      try transaction.run("UPDATE appointments_draw SET place = \(PlaceID(2))")
    }
    office.clock.advance(by: .hours(48))
    try await office.tidy()
    let states = try await [
      office.bookings.appointment(here.code)?.state, office.bookings.appointment(there.code)?.state,
    ]
    XCTAssertEqual(states, [.missed, .booked])
    let (listed, drawnAt) = try await office.store.read { snapshot in
      (try DrawTable.latest(limit: 5, in: snapshot).count, try DrawTable.draw(draw.id, in: snapshot)?.drawnAt)
    }
    XCTAssertEqual(listed, 0)
    XCTAssertNil(drawnAt)
    await office.close()
  }
}
