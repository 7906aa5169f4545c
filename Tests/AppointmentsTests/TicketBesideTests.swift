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

/// A number of the queue beside an appointment of the same person.
final class TicketBesideTests: XCTestCase {
  private func serving(_ body: (BookingOffice, ServedModule) async throws -> Void) async throws {
    try await BookingOffice.serving(body)
  }

  func testATicketLeadsToItsAppointmentWhereTheBrowserHasOpenedTheApplication() async throws {
    try await serving { office, _ in
      let number = try await office.apply()
      let day = office.booking.today.adding(days: 1)
      let booked = try await office.book([number], on: day, at: "09:00")
      office.clock.set(OfficeZone.wib.instant(day, try XCTUnwrap(CivilTime("08:05"))))
      let ticket = try await office.queue.takeNumber(
        TicketRequest(service: nil, application: number.opened, needs: Needs(), channel: .web, submission: "sebelum"))
      let live = LiveHall(
        queue: office.queue, office: office.booking.office, locales: try BookingOffice.locales(), clock: office.clock)
      let portal = QueuePortal(
        queue: office.queue, live: live, random: SeededRandom(seed: 1), lookUps: office.booking.lookUps,
        holder: HolderQuestions(access: office.booking.access), publicAddress: nil)
      let served = try ServedModule(portal.routes(), gatekeeper: StandingOfficers(), in: try ModuleOffice())
      let stranger = try await served.visitor().visit("/tiket/\(ticket.code)")
      XCTAssertTrue(stranger.text.contains("janji temu hari ini pukul 09.00 WIB"), stranger.text)
      XCTAssertFalse(stranger.text.contains(booked.code.description), "a ticket opens no appointment")
      let visitor = served.visitor()
      let pass = try office.pass(number)
      await visitor.with { $0.setCookie("berkas", pass) }
      let own = try await visitor.visit("/tiket/\(ticket.code)")
      XCTAssertEqual(own.faults, [], "the ticket")
      XCTAssertTrue(own.links.contains("/janji/\(booked.code)"))
      let told = try await visitor.visit("/tiket/\(ticket.code)?kebutuhan-baru=ya")
      XCTAssertEqual(told.faults, [], "the ticket of who asked for more")
      XCTAssertTrue(told.text.contains("belum tercatat"))
      await served.stop()
    }
  }

  func testWhoAsksForPriorityWithANumberThatTheyHaveIsToldThatItIsNotNoted() async throws {
    try await serving { office, _ in
      let number = try await office.apply()
      func take(_ priority: PriorityGroup?, _ submission: String) async throws -> Ticket {
        try await office.queue.takeNumber(
          TicketRequest(
            service: nil, application: number.opened, needs: Needs(priority: priority), channel: .web,
            submission: submission))
      }
      let first = try await take(nil, "pertama")
      let again = try await take(.elderly, "kedua")
      XCTAssertEqual(again.number, first.number)
      let known = try await office.queue.knows(Needs(priority: .elderly), of: again)
      XCTAssertFalse(known)
      let nothing = try await office.queue.knows(Needs(), of: again)
      XCTAssertTrue(nothing)
      let help = try await office.queue.knows(Needs(assistance: [.largePrint]), of: again)
      XCTAssertFalse(help)
    }
  }
}
