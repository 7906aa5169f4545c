import Client
import Contracts
import Core
import Foundation
import ModuleHarness
import PageParts
import Store
import XCTest

@testable import Appointments
@testable import Queue
@testable import Stops

/// An appointment that is not served at its time: no page sends its holder to the office while
/// another tells them not to come.
final class CalledOffTests: XCTestCase {
  func testEachPageThatNamesAnAppointmentInAStoppedTimeSaysNotToCome() async throws {
    try await BookingOffice.serving { office, served in
      let number = try await office.apply()
      let day = office.booking.today.adding(days: 1)
      let booked = try await office.book([number], on: day, at: "09:30")
      office.clock.set(OfficeZone.wib.instant(day, try XCTUnwrap(CivilTime("09:20"))))
      try await office.stops.stop(
        StopOrder(
          service: BookingOffice.passport,
          span: OpeningSpan(from: try XCTUnwrap(CivilTime("09:00")), to: StopPeriod.endOfDay),
          reason: StopReason(cause: .system), submission: "henti"), by: .officer(OfficerID(8), .supervisor))
      let hall = AppointmentsInHall(booking: office.booking)
      let due = try await office.store.read { try hall.due(for: number, in: $0) }
      XCTAssertEqual(due?.isCalledOff, true)
      for (language, said, invitation) in [
        ("id", "tidak dapat dilayani. Maaf, jangan datang pada waktu itu.", "lapor tiba"),
        ("en", "cannot be kept. Sorry, please do not come at that time.", "say that you are here"),
      ] {
        let queue = try numbers(of: office)
        let visitor = queue.visitor(language)
        let page = try await visitor.visit("/antrean?nomor=\(number)")
        let form = try XCTUnwrap(page.form(to: "/antrean"))
        let refused = try await visitor.submit(form.filled(BookingOffice.born))
        XCTAssertEqual(refused.status, 409)
        XCTAssertEqual(refused.faults, [])
        XCTAssertTrue(refused.text.contains(said), refused.text)
        XCTAssertFalse(refused.text.contains(invitation), refused.text)
        XCTAssertTrue(refused.links.contains("/janji/\(booked.code)"))
        await queue.stop()
        let own = served.visitor(language)
        let pass = try office.pass(number)
        await own.with { $0.setCookie("berkas", pass) }
        let list = try await own.visit("/janji")
        XCTAssertTrue(list.text.contains(said), list.text)
        XCTAssertTrue(list.links.contains("/janji/\(booked.code)"))
      }
    }
  }

  func testAnAppointmentThatIsServedIsNotCalledOff() async throws {
    try await BookingOffice.serving { office, _ in
      let number = try await office.apply()
      let day = office.booking.today.adding(days: 1)
      _ = try await office.book([number], on: day, at: "09:30")
      try await office.stops.stop(
        StopOrder(
          service: nil, span: OpeningSpan(from: try XCTUnwrap(CivilTime("14:00")), to: StopPeriod.endOfDay),
          firstDay: day, reason: StopReason(cause: .ceremony), submission: "henti"),
        by: .officer(OfficerID(8), .supervisor))
      let hall = AppointmentsInHall(booking: office.booking)
      let next = try await office.store.read { try hall.next(for: number, in: $0) }
      XCTAssertEqual(next?.isCalledOff, false)
    }
  }

  func testATicketThatAdvisesAnAppointmentDuringAStopLeadsToOne() async throws {
    try await BookingOffice.serving { office, _ in
      let ticket = try await office.queue.takeNumber(
        TicketRequest(
          service: BookingOffice.passport, application: nil, needs: Needs(), channel: .kiosk, submission: "nomor"))
      let queue = try numbers(of: office)
      let before = try await queue.visitor().visit("/tiket/\(ticket.code)")
      XCTAssertFalse(before.links.contains("/janji"))
      try await office.stops.stop(
        StopOrder(
          service: BookingOffice.passport,
          span: OpeningSpan(from: try XCTUnwrap(CivilTime("08:00")), to: StopPeriod.endOfDay),
          reason: StopReason(cause: .system), submission: "henti"), by: .officer(OfficerID(8), .supervisor))
      let stopped = try await queue.visitor().visit("/tiket/\(ticket.code)")
      XCTAssertEqual(stopped.faults, [])
      XCTAssertTrue(stopped.text.contains("atau buat janji temu"), stopped.text)
      XCTAssertTrue(stopped.links.contains("/janji"))
      await queue.stop()
    }
  }

  /// The pages on which numbers are taken.
  private func numbers(of office: BookingOffice) throws -> ServedModule {
    let live = LiveHall(
      queue: office.queue, office: office.booking.office, locales: try BookingOffice.locales(), clock: office.clock)
    let portal = QueuePortal(
      queue: office.queue, live: live, random: SystemRandom(), lookUps: office.booking.lookUps,
      holder: HolderQuestions(access: office.booking.access), publicAddress: nil)
    return try ServedModule(portal.routes(), gatekeeper: StandingOfficers(), in: try ModuleOffice())
  }
}
