import Contracts
import Core
import Foundation
import Store
import XCTest

@testable import Appointments
@testable import Queue

final class BookingTests: XCTestCase {
  private var tuesday: CivilDate { BookingOffice.monday.adding(days: 1) }

  func testSixtyFourBookersAtOnceForOnePlaceGiveItToExactlyOne() async throws {
    var rules = BookingOffice.plainRules
    rules.services = [
      AppointmentRules.Service(code: BookingOffice.passport, minutes: 120, weight: 1, takesExpress: false)
    ]
    let office = try await BookingOffice(rules: rules)
    let all = try await office.free()
    XCTAssertEqual(all, 1)
    var numbers: [ApplicationNumber] = []
    for _ in 0..<64 { numbers.append(try await office.apply()) }
    let applicants = numbers
    let outcomes = try await withThrowingTaskGroup(of: String?.self) { group in
      for number in applicants {
        group.addTask { try await problem { try await office.book([number], at: "09:30") } }
      }
      return try await group.reduce(into: [String?]()) { $0.append($1) }
    }
    XCTAssertEqual(outcomes.filter { $0 == nil }.count, 1)
    XCTAssertEqual(outcomes.filter { $0 == "appointment.gone" }.count, 63)
    try await office.assertSound()
    await office.close()
  }

  func testTheSameSubmissionSentManyTimesAtOnceKeepsOnePlace() async throws {
    let office = try await BookingOffice()
    let number = try await office.apply()
    let before = try await office.free()
    let codes = try await withThrowingTaskGroup(of: PublicCode.self) { group in
      for _ in 0..<16 { group.addTask { try await office.hold([number], submission: "once").code } }
      return try await group.reduce(into: Set<PublicCode>()) { $0.insert($1) }
    }
    XCTAssertEqual(codes.count, 1)
    let after = try await office.free()
    XCTAssertEqual(after, before - 1)
    await office.close()
  }

  func testAHeldPlaceReturnsByItselfWhenItsTimeIsOver() async throws {
    let office = try await BookingOffice()
    let number = try await office.apply()
    let before = try await office.free()
    let held = try await office.hold([number])
    office.clock.advance(by: .minutes(10))
    // Nobody has tidied up yet: the clock alone makes it free.
    let after = try await office.free()
    XCTAssertEqual(after, before)
    let late = try await problem { try await office.bookings.confirm(held.code) }
    XCTAssertEqual(late, "appointment.hold-ended")
    try await office.keeper.settle()
    let state = try await office.bookings.appointment(held.code)?.state
    XCTAssertEqual(state, .lapsed)
    try await office.assertSound()
    await office.close()
  }

  func testAPersonHoldsOneAppointmentWhateverApplicationTheyCome() async throws {
    let office = try await BookingOffice()
    let first = try await office.apply(nik: "1371014101900001")
    let second = try await office.apply(BookingOffice.permit, nik: "1371014101900001")
    let stranger = try await office.apply(nik: "1371014101900002")
    let booked = try await office.book([first])
    let refused = try await problem { try await office.hold([second], at: "09:00") }
    XCTAssertEqual(refused, "appointment.one-at-a-time")
    let early = try await problem { try await office.bookings.party([second], kind: .web) }
    XCTAssertEqual(early, "appointment.one-at-a-time")
    _ = try await office.book([stranger], at: "08:30")
    try await office.bookings.cancel(booked.code)
    _ = try await office.book([second], at: "09:00")
    try await office.assertSound()
    await office.close()
  }

  func testAFamilyIsServedNextToEachOtherAndOnePersonsServicesOneAfterAnother() async throws {
    let office = try await BookingOffice()
    let mother = try await office.apply(nik: "1371014101900001")
    let child = try await office.apply(nik: "1371014101150001")
    let permit = try await office.apply(BookingOffice.permit, nik: "1371014101900001")
    let booked = try await office.book([mother, child, permit], at: "08:30")
    let halfHours = booked.visits.map(\.halfHour.description)
    XCTAssertEqual(halfHours[0], "08:30")
    XCTAssertTrue(["08:30", "09:00"].contains(halfHours[1]), halfHours[1])
    XCTAssertEqual(halfHours[2], "09:00", "the same person cannot be at two counters in one half-hour")
    XCTAssertEqual(Set(booked.visits.map(\.code)).count, 3)
    XCTAssertEqual(booked.code, booked.visits[0].code)
    try await office.assertSound()
    await office.close()
  }

  func testAFamilyForWhichThereIsNoRoomTakesNothing() async throws {
    let office = try await BookingOffice()
    var numbers: [ApplicationNumber] = []
    for _ in 0..<6 { numbers.append(try await office.apply()) }
    let before = try await office.free()
    let party = numbers
    let refused = try await problem { try await office.hold(party, at: "09:30") }
    XCTAssertEqual(refused, "appointment.gone")
    let after = try await office.free()
    XCTAssertEqual(after, before)
    await office.close()
  }

  func testAMovedAppointmentKeepsItsCodeAndItsOldPlaceCoolsDown() async throws {
    let office = try await BookingOffice()
    let booked = try await office.book([try await office.apply()])
    let before = try await office.free()
    let wednesday = tuesday.adding(days: 1)
    let moved = try await office.bookings.move(booked.code, to: wednesday, halfHour: CivilTime(minuteOfDay: 9 * 60))
    XCTAssertEqual([moved.code.description, moved.day.description], [booked.code.description, "2026-11-25"])
    let cooling = try await office.free()
    XCTAssertEqual(cooling, before, "the old slot came back at once")
    office.clock.advance(by: .hours(3))
    let cool = try await office.free()
    XCTAssertEqual(cool, before + 1)
    let again = try await problem {
      try await office.bookings.move(booked.code, to: tuesday, halfHour: CivilTime(minuteOfDay: 8 * 60))
    }
    XCTAssertEqual(again, "appointment.cannot-move")
    try await office.assertSound()
    await office.close()
  }

  func testAnAppointmentIsNotMovedOnItsOwnDay() async throws {
    let office = try await BookingOffice()
    let booked = try await office.book([try await office.apply()])
    office.clock.advance(by: .hours(16))
    let refused = try await problem {
      try await office.bookings.move(booked.code, to: tuesday.adding(days: 1), halfHour: CivilTime(minuteOfDay: 8 * 60))
    }
    XCTAssertEqual(refused, "appointment.cannot-move")
    await office.close()
  }

  /// Whose day the office called off may change its time for nothing, also when it has passed; and may have booked anew
  /// meanwhile. They cannot have both.
  func testAnAppointmentThatWasCalledOffIsNotMovedBesideANewOne() async throws {
    let office = try await BookingOffice()
    let (one, other) = (try await office.apply(), try await office.apply())
    let (old, others) = (try await office.book([one], at: "09:00"), try await office.book([other], at: "09:30"))
    let closing = OfficeZone.wib.instant(tuesday, CivilTime(minuteOfDay: 500))
    let isClosed = try await office.store.write { [tuesday] in try ClosedDayTable.close(tuesday, at: closing, in: $0) }
    XCTAssertTrue(isClosed)
    office.clock.set(OfficeZone.wib.instant(tuesday.adding(days: 1), CivilTime(minuteOfDay: 480)))
    let (thursday, friday) = (tuesday.adding(days: 2), tuesday.adding(days: 3))
    _ = try await office.book([one], on: thursday)
    let refused = try await problem {
      try await office.bookings.move(old.code, to: friday, halfHour: CivilTime(minuteOfDay: 480))
    }
    XCTAssertEqual(refused, "appointment.one-at-a-time")
    try await office.bookings.cancel(try await office.hold([other], on: thursday, at: "08:30").code)
    let moved = try await office.bookings.move(others.code, to: friday, halfHour: CivilTime(minuteOfDay: 480))
    XCTAssertEqual(moved.moves, 0)
    let second = try await problem { try await office.bookings.party([other], kind: .web) }
    XCTAssertEqual(second, "appointment.one-at-a-time", "it is the person's again")
    try await office.assertSound()
    await office.close()
  }

  func testTheClockSetBackNeitherDoublesAPlaceNorBreaksAHold() async throws {
    let office = try await BookingOffice()
    let held = try await office.hold([try await office.apply()])
    office.clock.advance(by: .hours(-3))
    let booked = try await office.bookings.confirm(held.code)
    XCTAssertEqual(booked.state, .booked)
    // Others can go on booking, too.
    _ = try await office.book([try await office.apply()], at: "08:30")
    try await office.assertSound()
    await office.close()
  }

  func testAPlaceThatIsNotReleasedYetIsNobodys() async throws {
    let office = try await BookingOffice()
    let far = BookingOffice.monday.adding(days: 15)
    let number = try await office.apply()
    let early = try await problem { try await office.hold([number], on: far) }
    XCTAssertEqual(early, "appointment.gone")
    // Fourteen days before, at 08.00.
    office.clock.advance(by: .hours(24))
    _ = try await office.hold([number], on: far)
    await office.close()
  }

  func testAClosedDayGivesNoPlacesAndTakesNoneFromWhoHasBooked() async throws {
    let office = try await BookingOffice()
    let booked = try await office.book([try await office.apply()])
    office.hours.close(tuesday)
    try await office.keeper.plan()
    let free = try await office.free()
    XCTAssertEqual(free, 0)
    let kept = try await office.bookings.appointment(booked.code)?.state
    XCTAssertEqual(kept, .booked)
    let refused = try await problem { try await office.book([try await office.apply()], at: "09:00") }
    XCTAssertEqual(refused, "appointment.gone")
    // What is given back of a closed day goes to nobody.
    try await office.bookings.cancel(booked.code)
    office.clock.advance(by: .hours(4))
    let after = try await office.free()
    XCTAssertEqual(after, 0)
    office.hours.open(tuesday)
    try await office.keeper.plan()
    let open = try await office.free()
    XCTAssertEqual(open, 10)
    await office.close()
  }

  func testNothingPersonalAndNoNIKIsKeptInTheTables() async throws {
    let office = try await BookingOffice()
    let nik = "1371014101900077"
    _ = try await office.book([try await office.apply(nik: nik)])
    await office.store.close()
    let bytes = try Data(contentsOf: office.directory.appendingPathComponent("gapura.db"))
    XCTAssertNil(bytes.range(of: Data(nik.utf8)))
    await office.close()
  }

  func testThePersonIsForgottenWhenTheTimeToKeepThemIsOver() async throws {
    let office = try await BookingOffice()
    _ = try await office.book([try await office.apply()])
    office.clock.advance(by: .hours(24 * 32))
    try await office.tidy()
    let left: Int? = try await office.store.read {
      try $0.value("SELECT count(*) FROM appointments_visit WHERE person IS NOT NULL")
    }
    XCTAssertEqual(left, 0)
    await office.close()
  }
}
