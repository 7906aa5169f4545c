import Client
import Core
import Foundation
import ModuleHarness
import Store
import XCTest

@testable import Appointments
@testable import Contracts
@testable import Privacy
@testable import Queue
@testable import Vault

/// What modules keep by an application's number, as the person concerned is given it, and as it goes with them.
final class VisitCopyTests: XCTestCase {
  private func copy(_ number: ApplicationNumber, _ office: RightsOffice) async throws -> [String: Any] {
    let person = try await office.person(number)
    let request = try await office.ask(.access, number, person)
    expect(try await office.carryOut(request).status, 303)
    _ = try await person.get(office.own(number))
    let archive = try ArchiveReader(try await person.post(office.own(number) + "/salinan", []).body)
    return try XCTUnwrap(
      try JSONSerialization.jsonObject(with: Data(archive["data.json"] ?? [])) as? [String: Any])
  }

  private func take(
    _ number: ApplicationNumber, _ needs: Needs, _ office: RightsOffice
  ) async throws -> Ticket {
    try await office.queue.queue.takeNumber(
      TicketRequest(
        service: nil, application: OpenedApplication(number), needs: needs, channel: .kiosk,
        submission: number.description))
  }

  private func book(
    _ number: ApplicationNumber, _ group: PriorityGroup, _ office: RightsOffice
  ) async throws -> Appointment {
    let appointments = try XCTUnwrap(office.appointments)
    let booking = appointments.booking
    try booking.rules.reload()
    try await AppointmentKeeper(booking: booking).tidy(drawing: appointments.draws)
    let bookings = BookingService(booking: booking)
    let days = try await bookings.openDays(try await bookings.party([number], kind: .priority), kind: .priority)
    let day = try XCTUnwrap(days.last)
    let held = try await bookings.hold(
      SlotRequest(
        applications: [number], kind: .priority, priority: group, day: day.day,
        halfHour: try XCTUnwrap(day.begins.first),
        submission: "janji \(number)"))
    return try await bookings.confirm(held.code)
  }

  func testTheCopyHoldsStagesNumbersNeedsAndAppointmentsAndNobodyElses() async throws {
    let office = try await RightsOffice()
    let (number, other) = (
      try await office.apply(), try await office.apply(name: "Contoh Lain", nik: "1808991708900002")
    )
    let booked = try await book(number, .pregnant, office)
    let ticket = try await take(number, Needs(priority: .disabled, assistance: [.wheelchair, .companion]), office)
    let others = try await take(other, Needs(assistance: [.interpreter]), office)
    let counters = office.queue.hall.counters
    let counter = try counters.counter("1")
    _ = try await counters.callChosen(
      ticket.id, to: counter, by: .officer(OfficerID(7), .clerk), reason: "rahasia petugas")
    office.base.clock.advance(by: .minutes(5))

    let json = try await copy(number, office)
    let stages = try XCTUnwrap(json["stages"] as? [[String: Any]])
    XCTAssertEqual(stages.count, 1, "what lies ahead is not the person's")
    XCTAssertEqual(stages.first?["enteredAt"] as? String, "2026-11-23T09:00+07:00")
    XCTAssertFalse((stages.first?["name"] as? String ?? "").isEmpty)
    let tickets = try XCTUnwrap(json["tickets"] as? [[String: Any]])
    XCTAssertEqual(tickets.map { $0["number"] as? String }, [ticket.number])
    let taken = try XCTUnwrap(tickets.first)
    XCTAssertEqual(taken["service"] as? String, RightsOffice.service)
    XCTAssertEqual(taken["state"] as? String, "called")
    XCTAssertEqual(taken["counter"] as? Int, 1)
    XCTAssertEqual(taken["takenAt"] as? String, "2026-11-23T09:00+07:00")
    XCTAssertEqual(taken["calledAt"] as? String, "2026-11-23T09:00+07:00")
    let needs = try XCTUnwrap(taken["needs"] as? [String: Any])
    XCTAssertEqual(needs["priority"] as? String, "disabled")
    XCTAssertEqual(needs["assistance"] as? [String], ["companion", "wheelchair"])
    let appointments = try XCTUnwrap(json["appointments"] as? [[String: Any]])
    XCTAssertEqual(appointments.map { $0["day"] as? String }, [booked.day.description])
    XCTAssertEqual(appointments.map { $0["state"] as? String }, ["booked"])
    XCTAssertEqual(appointments.map { $0["priority"] as? String }, ["pregnant"])
    XCTAssertEqual(json["drawEntries"] as? [String], [])
    let text = String(decoding: try JSONSerialization.data(withJSONObject: json), as: UTF8.self)
    for foreign in [others.number, "interpreter", "rahasia petugas", "Sari Contoh", other.description] {
      XCTAssertFalse(text.contains(foreign), foreign)
    }

    let theirs = try await copy(other, office)
    XCTAssertEqual((theirs["tickets"] as? [[String: Any]])?.map { $0["number"] as? String }, [others.number])
    XCTAssertEqual((theirs["appointments"] as? [[String: Any]])?.count, 0)
    await office.end()
  }

  func testACopyWithoutAQueueLacksOnlyWhatTheQueueKeeps() async throws {
    let office = try await RightsOffice(withQueue: false)
    let number = try await office.apply()
    let json = try await copy(number, office)
    for key in ["tickets", "appointments", "drawEntries"] { XCTAssertNil(json[key], key) }
    XCTAssertEqual((json["stages"] as? [[String: Any]])?.count, 1)
    XCTAssertNotNil(json["records"])
    await office.end()
  }

  func testAnErasureLeavesNoNeedAndNoPlaceBehind() async throws {
    let office = try await RightsOffice()
    let (number, other) = (
      try await office.apply(), try await office.apply(name: "Contoh Lain", nik: "1808991708900002")
    )
    let booked = try await book(number, .pregnant, office)
    let kept = try await book(other, .elderly, office)
    _ = try await take(number, Needs(priority: .disabled, assistance: [.wheelchair]), office)
    let others = try await take(other, Needs(assistance: [.interpreter]), office)
    let request = try await office.ask(.erasure, number, try await office.person(number))
    expect(try await office.carryOut(request).status, 303)
    let needs: [TicketID] = try await office.base.store.read {
      try $0.rows("SELECT ticket FROM accessibility_need") { try $0.get(0) }
    }
    XCTAssertEqual(needs, [others.id])
    let bookings = BookingService(booking: try XCTUnwrap(office.appointments).booking)
    let (ended, standing) = (try await bookings.appointment(booked.code), try await bookings.appointment(kept.code))
    XCTAssertEqual(ended?.state, .cancelled)
    XCTAssertNil(ended?.priority)
    XCTAssertEqual(standing?.state, .booked)
    XCTAssertEqual(standing?.priority, .elderly)
    await office.end()
  }
}
