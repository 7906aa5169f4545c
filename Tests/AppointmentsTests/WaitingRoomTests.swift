import Contracts
import Core
import Store
import XCTest

@testable import Appointments

final class WaitingRoomTests: XCTestCase {
  private static let admitPerMinute = 60

  /// Monday 07.40: the release is at 08.00, the room has been open for ten minutes.
  private func office() async throws -> BookingOffice {
    var rules = BookingOffice.plainRules
    rules.waitingRoom = AppointmentRules.WaitingRoom(
      admitPerMinute: Self.admitPerMinute, opensMinutesBefore: 30, lastsMinutes: 60, admissionMinutes: 15)
    return try await BookingOffice(rules: rules, at: BookingOffice.morning - .minutes(20))
  }

  private var releasedToday: CivilDate { BookingOffice.monday.adding(days: 14) }

  func testWhoEntersBeforeTheReleaseIsAdmittedInARandomOrderAtTheRate() async throws {
    let office = try await office()
    let room = WaitingRoom(booking: office.booking)
    var early: [PublicCode] = []
    for _ in 0..<200 { early.append(try await room.enter(as: nil)) }
    let before = try await room.standing(early[0])
    XCTAssertEqual(before, .early(begins: BookingOffice.morning))

    office.clock.set(BookingOffice.morning)
    let late = try await room.enter(as: nil)
    var ahead: [Int] = []
    var admitted = 0
    for code in early {
      switch try await room.standing(code) {
      case .waiting(let count, let at):
        ahead.append(count)
        XCTAssertEqual(at, BookingOffice.morning + .seconds(count + 1))
      case .admitted: admitted += 1
      case let other: XCTFail("\(String(describing: other))")
      }
    }
    XCTAssertEqual(admitted, 1)
    XCTAssertEqual(ahead.sorted(), Array(0..<199), "everybody has a place of their own")
    XCTAssertNotEqual(ahead, ahead.sorted(), "the order is the order of coming")
    let behind = try await room.standing(late)
    XCTAssertEqual(behind, .waiting(ahead: 199, admitted: BookingOffice.morning + .seconds(200)))

    office.clock.advance(by: .seconds(200))
    let inside = try await room.standing(late)
    XCTAssertEqual(inside, .admitted(until: office.clock.now + .minutes(15)))
    await office.close()
  }

  func testAPlaceInTheRoomOutlivesALostLineAndTheProcess() async throws {
    let office = try await office()
    let room = WaitingRoom(booking: office.booking)
    let code = try await room.enter(as: nil)
    let again = try await room.enter(as: code)
    XCTAssertEqual(again, code)
    office.clock.set(BookingOffice.morning)
    for _ in 0..<5 { _ = try await room.enter(as: nil) }
    // Another process, over the same file.
    let restarted = WaitingRoom(booking: office.booking)
    let standing = try await restarted.standing(code)
    XCTAssertEqual(standing, .admitted(until: BookingOffice.morning + .minutes(15)))
    office.clock.advance(by: .minutes(14))
    let still = try await restarted.standing(code)
    XCTAssertEqual(still, .admitted(until: BookingOffice.morning + .minutes(15)))
    office.clock.advance(by: .minutes(1))
    let over = try await restarted.standing(code)
    XCTAssertEqual(over, .over)
    await office.close()
  }

  func testAGapInTheNumbersOfARoomCountsAsNobody() async throws {
    let office = try await office()
    let room = WaitingRoom(booking: office.booking)
    office.clock.set(BookingOffice.morning)
    var codes: [PublicCode] = []
    for _ in 0..<6 { codes.append(try await room.enter(as: nil)) }
    let (gone, last) = (codes[2], codes[5])
    let admitted = BookingOffice.morning + .seconds(5)
    let before = try await room.standing(last)
    XCTAssertEqual(before, .waiting(ahead: 4, admitted: admitted), "the first is inside")
    try await office.store.write { try $0.run("DELETE FROM appointments_visitor WHERE code = \(gone)") }
    let after = try await room.standing(last)
    XCTAssertEqual(after, .waiting(ahead: 3, admitted: admitted))
    await office.close()
  }

  func testDuringAReleaseOnlyWhoWasAdmittedGetsAPlace() async throws {
    let office = try await office()
    let room = WaitingRoom(booking: office.booking)
    let first = try await room.enter(as: nil)
    office.clock.set(BookingOffice.morning)
    _ = try await room.standing(first)
    let second = try await room.enter(as: nil)
    let numbers = [try await office.apply(), try await office.apply()]
    func request(_ number: ApplicationNumber, _ pass: PublicCode?) -> SlotRequest {
      SlotRequest(
        applications: [number], kind: .web, priority: nil, day: releasedToday, halfHour: CivilTime(minuteOfDay: 510),
        submission: number.description, pass: pass)
    }
    for pass in [nil, second, PublicCode(from: office.random)] {
      let refused = try await problem { try await office.bookings.hold(request(numbers[1], pass)) }
      XCTAssertEqual(refused, "appointment.waiting-room")
    }
    _ = try await office.bookings.hold(request(numbers[0], first))
    // When the room has closed everybody may.
    office.clock.advance(by: .minutes(60))
    _ = try await office.bookings.hold(request(numbers[1], nil))
    await office.close()
  }

  func testDuringAReleaseWhoMovesAnAppointmentWaitsLikeEverybody() async throws {
    let office = try await office()
    let room = WaitingRoom(booking: office.booking)
    let first = try await room.enter(as: nil)
    office.clock.set(BookingOffice.morning - .minutes(60))
    let booked = try await office.book([try await office.apply()])
    office.clock.set(BookingOffice.morning)
    _ = try await room.standing(first)
    let second = try await room.enter(as: nil)
    func move(_ pass: PublicCode?) async throws -> Appointment {
      try await office.bookings.move(booked.code, to: releasedToday, halfHour: CivilTime(minuteOfDay: 510), pass: pass)
    }
    for pass in [nil, second, PublicCode(from: office.random)] {
      let refused = try await problem { try await move(pass) }
      XCTAssertEqual(refused, "appointment.waiting-room")
    }
    let unmoved = try await office.bookings.appointment(booked.code)
    XCTAssertEqual(unmoved, booked)
    let moved = try await move(first)
    XCTAssertEqual([moved.day, moved.visits[0].day], [releasedToday, releasedToday])
    XCTAssertEqual(moved.code, booked.code)
    try await office.assertSound()
    await office.close()
  }

  /// A draw that ends just before the release leaves slots over; the room in front of the release stays the same one.
  func testPlacesThatADrawLeavesOverTakeNobodysPlaceInTheRoom() async throws {
    let office = try await office()
    let draw = try await office.draws.announce(
      DrawTable.Plan(
        service: BookingOffice.passport, first: BookingOffice.monday.adding(days: 16),
        last: BookingOffice.monday.adding(days: 17), closes: office.clock.now + .minutes(10), submission: "draw"),
      by: .officer(OfficerID(8), .supervisor))
    let room = WaitingRoom(booking: office.booking)
    let waiting = try await room.enter(as: nil)
    office.clock.advance(by: .minutes(10))
    try await office.draws.run(draw.id)
    let free = try await office.free(on: draw.first)
    XCTAssertGreaterThan(free, 0, "nobody entered, and so everybody may book")
    let standing = try await room.standing(waiting)
    XCTAssertEqual(standing, .early(begins: BookingOffice.morning))
    await office.close()
  }

  func testThePriorityLineHasNoRoomInFrontOfIt() async throws {
    var rules = BookingOffice.plainRules
    rules.shares.priority = 20
    rules.waitingRoom = AppointmentRules.WaitingRoom()
    let office = try await BookingOffice(rules: rules)
    let needed = try await office.store.read { snapshot in
      let room = WaitingRoom(booking: office.booking)
      return try [SlotKind.web, .express, .priority, .walkIn].filter { try room.isNeeded(for: $0, in: snapshot) }
    }
    XCTAssertEqual(needed, [.web, .express])
    await office.close()
  }

  func testTheClockSetBackTakesNobodysPlaceAway() async throws {
    let office = try await office()
    let room = WaitingRoom(booking: office.booking)
    let first = try await room.enter(as: nil)
    office.clock.set(BookingOffice.morning + .minutes(1))
    _ = try await room.standing(first)
    let second = try await room.enter(as: nil)
    office.clock.set(BookingOffice.morning - .minutes(5))
    let early = try await room.enter(as: nil)
    office.clock.set(BookingOffice.morning + .minutes(2))
    for code in [first, second, early] {
      guard case .admitted = try await room.standing(code) else { return XCTFail("a place was lost") }
    }
    await office.close()
  }

  func testARushOfTwoThousandForOneReleaseGivesEachPlaceOnce() async throws {
    let office = try await office()
    let room = WaitingRoom(booking: office.booking)
    var numbers: [ApplicationNumber] = []
    for _ in 0..<300 { numbers.append(try await office.apply()) }
    let applicants = numbers
    let passes = try await withThrowingTaskGroup(of: PublicCode.self) { group in
      for _ in 0..<2_000 { group.addTask { try await room.enter(as: nil) } }
      return try await group.reduce(into: [PublicCode]()) { $0.append($1) }
    }
    let day = releasedToday
    office.clock.set(BookingOffice.morning + .minutes(35))
    let slots = try await office.free(on: day)
    let outcomes = try await withThrowingTaskGroup(of: String?.self) { group in
      for (pass, number) in zip(passes, applicants) {
        group.addTask {
          try await problem {
            _ = try await room.standing(pass)
            let party = try await office.bookings.party([number], kind: .web)
            // A person who loses the race for one time takes the next one.
            while let time = try await office.bookings.openDays(party, kind: .web).first(where: { $0.day == day })?
              .begins.first
            {
              do {
                let held = try await office.bookings.hold(
                  SlotRequest(
                    applications: [number], kind: .web, priority: nil, day: day, halfHour: time,
                    submission: "\(number) \(time) \(PublicCode(from: SystemRandom()))", pass: pass))
                return try await office.bookings.confirm(held.code)
              } catch let problem as Problem where problem.code == "appointment.gone" {
                continue
              }
            }
            throw Problem(.conflict, "appointment.gone")
          }
        }
      }
      return try await group.reduce(into: [String?]()) { $0.append($1) }
    }
    let passportSlots = 6
    XCTAssertEqual(outcomes.filter { $0 == nil }.count, passportSlots)
    XCTAssertEqual(slots, 10)
    XCTAssertEqual(outcomes.filter { $0 == "appointment.gone" }.count, 300 - passportSlots)
    try await office.assertSound()
    await office.close()
  }
}
