import Console
import Contracts
import Core
import XCTest

@testable import Kiosk

/// The kiosk while the office, or a service, cannot be had: it says why and when, and never ends in a screen without a
/// key that leads on.
final class HallFlowTests: XCTestCase {
  private let monday = Sample.monday
  private let closed = Sample.closedHall

  func testTheFirstScreenOfAClosedOfficeSaysWhenItOpensInBothLanguages() throws {
    var visitor = try Visitor()
    visitor.take(.hall(closed))
    XCTAssertTrue(visitor.sees("Hari ini kantor tutup."), visitor.screen)
    XCTAssertTrue(visitor.sees("Buka lagi Senin, 30 November 2026, pukul 08.00 WIB."), visitor.screen)
    XCTAssertTrue(visitor.sees("The office is closed today."), visitor.screen)
  }

  func testWhoWantsANumberInAClosedOfficeIsToldHowToBookAndComesBackToTheMenu() throws {
    var visitor = try Visitor(
      offer: KioskOffer(
        services: Sample.services, hasQueue: true, hasTracking: true, hasHelp: true, hasAppointments: true))
    visitor.take(.hall(closed))
    visitor.type("1")
    visitor.type(try XCTUnwrap(visitor.digit(of: "Ambil nomor antrean")))
    XCTAssertEqual(visitor.effects, [], "nothing is asked of the queue")
    XCTAssertTrue(visitor.sees("Hari ini kantor tutup."), visitor.screen)
    XCTAssertTrue(visitor.sees("Anda dapat membuat janji temu dari ponsel"), visitor.screen)
    visitor.press(.enter)
    XCTAssertEqual(visitor.model.place, .menu)
    visitor.press(.escape)
    XCTAssertEqual(visitor.model.place, .language)
  }

  func testARefusalByTheQueueIsShownWithItsReasonAndLeadsOn() throws {
    var visitor = try Visitor()
    visitor.type("1")
    visitor.model.draft.submission = "S"
    visitor.model.place = .confirm
    visitor.press(.enter)
    let late = Availability.pastAdmission(closesAt: CivilTime(minuteOfDay: 16 * 60), cause: .time, next: monday)
    visitor.take(.unavailable(Unavailable(service: Sample.services[0].code, availability: late)))
    XCTAssertTrue(visitor.sees("Nomor untuk hari ini sudah tidak diberikan lagi."), visitor.screen)
    XCTAssertTrue(visitor.sees("16.00 WIB"), visitor.screen)
    visitor.type(try XCTUnwrap(visitor.digit(of: "Pilih layanan lain")))
    XCTAssertEqual(visitor.model.place, .haveApplication)
  }

  func testAServiceWithoutACounterIsSaidBeforeItsNumberIsTakenAndOnTheTicket() throws {
    var visitor = try Visitor()
    let unattended = Availability.unattended(until: nil)
    visitor.take(
      .hall(
        HallAvailability(
          office: .open(counters: [9], until: nil), services: [Sample.services[0].code: unattended])))
    visitor.model.draft.service = Sample.services[0]
    visitor.model.place = .confirm
    XCTAssertTrue(visitor.sees("Belum ada loket yang melayani layanan ini sekarang."), visitor.screen)
    visitor.model.place = .ticket(Personal(Sample.ticket(availability: unattended)))
    XCTAssertTrue(visitor.sees("Belum ada loket"), visitor.screen)
    XCTAssertFalse(visitor.sees("Anda yang berikutnya"), visitor.screen)
    XCTAssertFalse(visitor.sees("Kira-kira"), visitor.screen)
  }

  func testAServiceThatNoCounterIsAbleToServeIsNotListed() throws {
    var visitor = try Visitor()
    let all = Sample.services.map(\.code)
    visitor.take(
      .hall(HallAvailability(office: .open(counters: [1], until: nil), services: [all[0]: .unservable])))
    visitor.model.place = .chooseService
    XCTAssertNil(visitor.digit(of: Sample.services[0].name[.indonesian]))
  }

  func testWithNobodySignedInHelpIsNotSaidToCome() throws {
    var visitor = try Visitor()
    visitor.type("1")
    visitor.press(.character("0"))
    XCTAssertEqual(visitor.effects, [.callHelp])
    visitor.take(.helpUnheard)
    XCTAssertFalse(visitor.sees("Petugas sudah dipanggil"), visitor.screen)
    XCTAssertTrue(visitor.sees("tidak ada petugas yang dapat dipanggil"), visitor.screen)
    XCTAssertTrue(visitor.sees("meja informasi"), visitor.screen)
    visitor.press(.enter)
    XCTAssertEqual(visitor.model.place, .menu)
    visitor.take(.hall(closed))
    visitor.press(.character("0"))
    visitor.take(.helpUnheard)
    XCTAssertTrue(visitor.sees("Hari ini kantor tutup."), visitor.screen)
    XCTAssertFalse(visitor.sees("meja informasi"), "there is nobody at the desk of a closed office")
  }

  func testAKioskThatNobodyTouchesAsksAgainWhetherTheOfficeIsOpen() throws {
    var visitor = try Visitor()
    visitor.wait(.seconds(29))
    XCTAssertEqual(visitor.effects, [])
    visitor.wait(.seconds(1))
    XCTAssertEqual(visitor.effects, [.refreshOffer])
    visitor.wait(.seconds(1))
    XCTAssertEqual(visitor.effects, [])
  }
}
