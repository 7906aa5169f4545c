import Console
import Contracts
import Core
import XCTest

@testable import Gallery
@testable import Kiosk

final class AppointmentFlowTests: XCTestCase {
  private let code = PublicCode(from: SeededRandom(seed: 5))
  private let offer = KioskOffer(
    services: Sample.services, hasQueue: true, hasTracking: true, hasHelp: true, hasAppointments: true)

  private func visitorTypingACode() throws -> Visitor {
    var visitor = try Visitor(offer: offer)
    visitor.type("1")
    visitor.type(try XCTUnwrap(visitor.digit(of: "Saya punya janji temu")))
    return visitor
  }

  func testOneScanOfTheReceiptChecksIn() throws {
    for scanned in ["https://antre.example.go.id/janji/\(code)", "HTTPS://ANTRE.EXAMPLE.GO.ID/JANJI/\(code)"] {
      var visitor = try visitorTypingACode()
      visitor.type(scanned)
      visitor.press(.enter)
      XCTAssertEqual(visitor.effects, [.checkIn(Personal(code), .indonesian)])
      visitor.take(.tickets([Sample.ticket()]))
      XCTAssertTrue(visitor.sees("Ada 5 orang di depan Anda."))
    }
  }

  func testEverybodyOfAFamilyIsShownNumberAndPIN() throws {
    var visitor = try visitorTypingACode()
    visitor.type("https://antre.example.go.id/janji/\(code)")
    visitor.press(.enter)
    visitor.take(.tickets([Sample.ticket("A-001"), Sample.ticket("A-002")]))
    for shown in ["A-001", "A-002", Sample.ticket().reference.printed, "PIN 012345"] {
      XCTAssertTrue(visitor.sees(shown), shown)
    }
  }

  func testATypedAppointmentNumberAsksForTheDateOfBirthAndChecksIn() throws {
    let number = AppointmentNumber(from: SeededRandom(seed: 9))
    for begin in ["", "111"] {
      var visitor = begin.isEmpty ? try visitorTypingACode() : try Visitor(offer: offer)
      visitor.type(begin + number.description)
      XCTAssertTrue(visitor.sees(number.printed), "the groups are shown while typing")
      visitor.press(.enter)
      XCTAssertEqual(visitor.model.screen, .enterBirthDate)
      visitor.type("17081990")
      visitor.press(.enter)
      let born = try XCTUnwrap(CivilDate(year: 1990, month: 8, day: 17))
      XCTAssertEqual(visitor.effects, [.checkInByNumber(Personal(number), bornOn: Personal(born), .indonesian)])
      visitor.take(.tickets([Sample.ticket()]))
      XCTAssertTrue(visitor.sees("Ada 5 orang di depan Anda."))
    }
  }

  func testWhoHasOnlyTheApplicationNumberChecksInWithThat() throws {
    var visitor = try visitorTypingACode()
    visitor.type(Sample.number.description)
    visitor.press(.enter)
    XCTAssertEqual(visitor.model.screen, .enterBirthDate)
    visitor.type("17081990")
    visitor.press(.enter)
    let born = try XCTUnwrap(CivilDate(year: 1990, month: 8, day: 17))
    let effect = KioskEffect.checkInByApplication(Personal(Sample.number), bornOn: Personal(born), .indonesian)
    XCTAssertEqual(visitor.effects, [effect])
    visitor.take(.problem(Problem(.notFound, "appointment.none")))
    XCTAssertTrue(visitor.sees("Ambil nomor antrean di kantor"), visitor.screen)
    var scanning = try visitorTypingACode()
    scanning.scan("https://antre.example.go.id/lacak/\(Sample.number)")
    XCTAssertEqual(scanning.model.screen, .enterBirthDate)
    scanning.type("17081990")
    scanning.press(.enter)
    XCTAssertEqual(scanning.effects, [effect])
  }

  func testWhoAsksForANumberInTheTimeOfTheirAppointmentIsLedToCheckIn() throws {
    for key in [Key.enter, .character("1")] {
      var visitor = try Visitor(offer: offer)
      visitor.type("111" + Sample.number.description)
      visitor.press(.enter)
      visitor.type("17081990")
      visitor.press(.enter)
      visitor.take(.due(Sample.due))
      XCTAssertTrue(visitor.sees("pukul 09.00 WIB"), visitor.screen)
      visitor.press(key)
      XCTAssertEqual(visitor.effects, [.checkIn(Personal(Sample.due.code), .indonesian)])
      visitor.take(.tickets([Sample.ticket()]))
      XCTAssertTrue(visitor.sees("Ada 5 orang di depan Anda."))
    }
  }

  func testWhoseAppointmentIsCalledOffIsNotAskedToCheckIn() throws {
    let off = ComingVisit.Appointment(
      code: Sample.due.code, day: Sample.due.day, time: Sample.due.time, isConfirmed: true, isCalledOff: true)
    for key in [Key.enter, .character("1")] {
      var visitor = try Visitor(offer: offer)
      visitor.type("1")
      visitor.model.screen = .due(Personal(off))
      XCTAssertTrue(visitor.sees("jangan datang pada waktu itu"), visitor.screen)
      XCTAssertNil(visitor.digit(of: "Lapor tiba"), visitor.screen)
      visitor.press(key)
      XCTAssertFalse(visitor.effects.contains(.checkIn(Personal(off.code), .indonesian)))
      XCTAssertEqual(visitor.model.screen, .menu)
    }
  }

  func testANumberOfAnotherKindThatIsTypedLeadsToItsScreen() throws {
    let appointment = AppointmentNumber(from: SeededRandom(seed: 9))
    var visitor = try Visitor(offer: offer)
    visitor.type("12\(appointment)")
    visitor.press(.enter)
    XCTAssertEqual(visitor.model.screen, .scanned(Personal(.appointment(appointment))))
    visitor.type(try XCTUnwrap(visitor.digit(of: "Tidak, kembali ke layar tadi")))
    XCTAssertTrue(visitor.sees(appointment.printed), "what was typed is still there\n\(visitor.screen)")
    visitor = try visitorTypingACode()
    visitor.type(ComplaintNumber(from: SeededRandom(seed: 9)).description)
    visitor.press(.enter)
    XCTAssertTrue(visitor.sees("Nomor ini dibuka di situs kantor"), visitor.screen)
  }

  func testATicketThatWasTakenBeforeIsShownByItsNumberAndPIN() throws {
    let ticket = Sample.ticket()
    for closed in [false, true] {
      var visitor = try Visitor(offer: offer)
      if closed { visitor.take(.hall(Sample.closedHall)) }
      visitor.type("11")
      visitor.type(try XCTUnwrap(visitor.digit(of: "Saya sudah punya tiket antrean")))
      visitor.type(ticket.reference.description)
      visitor.press(.enter)
      XCTAssertEqual(visitor.model.screen, .enterPIN)
      visitor.type("0123")
      visitor.press(.enter)
      XCTAssertEqual(visitor.effects, [.bell])
      XCTAssertTrue(visitor.sees("PIN belum lengkap."), visitor.screen)
      visitor.type("459")
      visitor.press(.enter)
      XCTAssertEqual(
        visitor.effects, [.findTicketByNumber(Personal(ticket.reference), pin: Personal("012345"))],
        "a seventh digit is none")
      visitor.take(.problem(Problem(.notFound, "queue.ticket-not-found")))
      XCTAssertTrue(visitor.sees("Nomor tiket dan PIN tidak cocok."), visitor.screen)
      visitor.press(.enter)
      XCTAssertEqual(visitor.model.screen, .enterPIN)
      visitor.type("012345")
      visitor.press(.enter)
      visitor.take(.ticket(ticket))
      XCTAssertTrue(visitor.sees("Ada 5 orang di depan Anda."), visitor.screen)
    }
  }

  func testACodeHeldToTheScannerWhereAnApplicationIsAskedChecksInToo() throws {
    var visitor = try Visitor(offer: offer)
    visitor.type("111")
    visitor.type("https://antre.example.go.id/janji/\(code)")
    visitor.press(.enter)
    XCTAssertEqual(visitor.effects, [.checkIn(Personal(code), .indonesian)])
  }

  func testAFamilySeesAllItsNumbers() throws {
    var visitor = try visitorTypingACode()
    visitor.type("https://antre.example.go.id/janji/\(code)")
    visitor.press(.enter)
    visitor.take(.tickets([Sample.ticket("A-012"), Sample.ticket("A-013")]))
    XCTAssertTrue(visitor.sees("A-012"))
    XCTAssertTrue(visitor.sees("A-013"))
    visitor.press(.enter)
    XCTAssertEqual(visitor.model.screen, .language)
  }

  func testAMistypedCodeIsSaidAtOnceAndAProblemLeadsBack() throws {
    var visitor = try visitorTypingACode()
    visitor.type("123")
    visitor.press(.enter)
    XCTAssertEqual(visitor.effects, [.bell])
    XCTAssertTrue(visitor.sees("Nomor ini tidak tepat."))
    for _ in 0..<3 { visitor.press(.backspace) }
    visitor.type("https://antre.example.go.id/janji/\(code)")
    visitor.press(.enter)
    visitor.take(.problem(Problem(.conflict, "appointment.too-early", ["time": "08.30"])))
    XCTAssertTrue(visitor.sees("mulai pukul 08.30"))
    visitor.press(.enter)
    XCTAssertEqual(visitor.model.screen, .enterCode)
    visitor.type("*")
    XCTAssertEqual(visitor.model.screen, .menu)
  }

  func testWhereThereAreNoAppointmentsNobodyIsAskedForThem() throws {
    var visitor = try Visitor()
    visitor.type("1")
    XCTAssertNil(visitor.digit(of: "Saya punya janji temu"))
  }
}
