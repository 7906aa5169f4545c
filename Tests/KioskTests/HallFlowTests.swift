import Console
import Contracts
import Core
import XCTest

@testable import Gallery
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
    visitor.type(try XCTUnwrap(visitor.digit(of: "Ambil nomor antrean (saat ini tidak bisa)")))
    XCTAssertEqual(visitor.effects, [], "nothing is asked of the queue")
    XCTAssertTrue(visitor.sees("Hari ini kantor tutup."), visitor.screen)
    XCTAssertTrue(visitor.sees("Anda dapat membuat janji temu dari ponsel"), visitor.screen)
    visitor.press(.enter)
    XCTAssertEqual(visitor.model.screen, .menu)
    visitor.press(.escape)
    XCTAssertEqual(visitor.model.screen, .language)
  }

  func testTheMenuSaysThatNoMoreNumbersAreGivenTodayWhereThatIsSo() throws {
    for (office, mark) in [
      (
        Availability.pastAdmission(closesAt: CivilTime(minuteOfDay: 960), cause: .time, next: monday),
        "tidak lagi hari ini"
      ),
      (.over(next: monday), "tidak lagi hari ini"),
      (.pastAdmission(closesAt: CivilTime(minuteOfDay: 960), cause: .forecast, next: monday), "saat ini tidak bisa"),
      (
        .stopped(reason: StopReason(cause: .power), resumesAt: CivilTime(minuteOfDay: 780), next: nil),
        "saat ini tidak bisa"
      ),
      (.stopped(reason: StopReason(cause: .power), resumesAt: nil, next: monday), "tidak lagi hari ini"),
    ] {
      var visitor = try Visitor()
      visitor.take(.hall(HallAvailability(office: office, services: [:])))
      visitor.type("1")
      XCTAssertTrue(visitor.sees("Ambil nomor antrean (\(mark))"), visitor.screen)
    }
  }

  func testTheFirstFrameSaysWhatIsKnownOfTheOffice() throws {
    let late = Availability.pastAdmission(closesAt: CivilTime(minuteOfDay: 16 * 60), cause: .time, next: monday)
    let visitor = try Visitor()
    let (model, _) = visitor.flow.start(
      size: Size(columns: 80, rows: 24), at: Instant(milliseconds: 0),
      hall: HallAvailability(office: late, services: [:]))
    let frame = visitor.flow.view(model)
    let text = (0..<24).map { frame.text(row: $0) }.joined(separator: "\n")
    XCTAssertTrue(text.contains("Nomor untuk hari ini sudah tidak diberikan lagi."), text)
  }

  func testARefusalByTheQueueIsShownWithItsReasonAndLeadsOn() throws {
    var visitor = try Visitor()
    visitor.type("1")
    visitor.model.draft.submission = "S"
    visitor.model.screen = .confirm
    visitor.press(.enter)
    let late = Availability.pastAdmission(closesAt: CivilTime(minuteOfDay: 16 * 60), cause: .time, next: monday)
    visitor.take(.unavailable(Unavailable(service: Sample.services[0].code, availability: late)))
    XCTAssertTrue(visitor.sees("Nomor untuk hari ini sudah tidak diberikan lagi."), visitor.screen)
    XCTAssertTrue(visitor.sees("16.00 WIB"), visitor.screen)
    visitor.type(try XCTUnwrap(visitor.digit(of: "Pilih layanan lain")))
    XCTAssertEqual(visitor.model.screen, .haveApplication)
  }

  func testAServiceWithoutACounterIsSaidBeforeItsNumberIsTakenAndOnTheTicket() throws {
    var visitor = try Visitor()
    let unattended = Availability.unattended(until: nil)
    visitor.take(
      .hall(
        HallAvailability(
          office: .open(counters: [9], until: nil), services: [Sample.services[0].code: unattended])))
    visitor.model.draft.service = Sample.services[0]
    visitor.model.screen = .confirm
    XCTAssertTrue(visitor.sees("Belum ada loket yang melayani layanan ini sekarang."), visitor.screen)
    visitor.model.screen = .ticket(Personal(Sample.ticket(availability: unattended)))
    XCTAssertTrue(visitor.sees("Belum ada loket"), visitor.screen)
    XCTAssertFalse(visitor.sees("Anda yang berikutnya"), visitor.screen)
    XCTAssertFalse(visitor.sees("Kira-kira"), visitor.screen)
  }

  func testAServiceThatNoCounterIsAbleToServeIsNotListed() throws {
    var visitor = try Visitor()
    let all = Sample.services.map(\.code)
    visitor.take(
      .hall(HallAvailability(office: .open(counters: [1], until: nil), services: [all[0]: .unservable])))
    visitor.model.screen = .chooseService
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
    XCTAssertEqual(visitor.model.screen, .menu)
    visitor.take(.hall(closed))
    visitor.press(.character("0"))
    visitor.take(.helpUnheard)
    XCTAssertTrue(visitor.sees("Hari ini kantor tutup."), visitor.screen)
    XCTAssertFalse(visitor.sees("meja informasi"), "there is nobody at the desk of a closed office")
  }

  func testWhereNobodyIsSignedInNoScreenOffersAnOfficer() throws {
    var visitor = try Visitor(
      offer: KioskOffer(
        services: Sample.services, hasQueue: true, hasTracking: true, hasHelp: true,
        hours: [
          OpeningSpan(from: CivilTime(minuteOfDay: 480), to: CivilTime(minuteOfDay: 720)),
          OpeningSpan(from: CivilTime(minuteOfDay: 780), to: CivilTime(minuteOfDay: 960)),
        ]))
    let open = HallAvailability(office: .unattended(until: CivilTime(minuteOfDay: 960)), services: [:])
    visitor.take(.hall(open, isHelpHeard: false))
    visitor.type("1")
    XCTAssertFalse(visitor.sees("Panggil petugas"), visitor.screen)
    XCTAssertNotNil(visitor.digit(of: "Cara mendapat bantuan"), visitor.screen)
    visitor.type("2\(Sample.number)")
    visitor.press(.enter)
    visitor.type("17081990")
    visitor.press(.enter)
    visitor.take(.problem(Problem(.notFound, "tracking.not-found")))
    XCTAssertFalse(visitor.sees("dibantu petugas"), visitor.screen)
    XCTAssertTrue(visitor.sees("Petugas tidak dapat dipanggil sekarang."), visitor.screen)
    visitor.type("0")
    XCTAssertEqual(visitor.effects, [.callHelp], "somebody may have signed in just now")
    visitor.take(.helpUnheard)
    for said in ["meja informasi", "08.00–12.00 dan 13.00–16.00 WIB", Sample.telephone] {
      XCTAssertTrue(visitor.sees(said), visitor.screen)
    }
    visitor.press(.escape)
    visitor.take(.hall(open, isHelpHeard: true))
    XCTAssertTrue(visitor.sees("dibantu petugas"), "an officer has come\n\(visitor.screen)")
  }

  func testInAClosedOfficeHelpIsTheTelephoneAndTheNextOpeningWhateverIsSwitchedOn() throws {
    for hasHelp in [true, false] {
      var visitor = try Visitor(
        offer: KioskOffer(services: Sample.services, hasQueue: true, hasTracking: true, hasHelp: hasHelp))
      visitor.take(.hall(closed, isHelpHeard: hasHelp ? false : nil))
      visitor.type("10")
      if hasHelp { visitor.take(.helpUnheard) }
      XCTAssertFalse(visitor.sees("meja informasi"), visitor.screen)
      XCTAssertTrue(visitor.sees("Buka lagi Senin, 30 November 2026, pukul 08.00 WIB."), visitor.screen)
      XCTAssertTrue(visitor.sees("Telepon kantor: \(Sample.telephone)."), visitor.screen)
    }
  }

  func testAStopThatBeginsDuringAVisitIsToldOnTheNextScreen() throws {
    let stop = Availability.stopped(reason: StopReason(cause: .power), resumesAt: nil, next: monday)
    let stopped = HallAvailability(office: stop, services: [:])
    var isService = HallAvailability(
      office: .open(counters: [1], until: nil), services: [Sample.services[0].code: stop])
    for (keys, hall) in [
      ("11", stopped), ("112", stopped), ("1121", stopped), ("11211", stopped), ("1121", isService),
      ("11211", isService),
    ] {
      var visitor = try Visitor()
      visitor.take(.hall(HallAvailability(office: .open(counters: [1], until: nil), services: [:])))
      visitor.type(keys)
      XCTAssertTrue(visitor.asksAboutHall, keys)
      visitor.take(.hall(hall))
      XCTAssertTrue(visitor.sees("listrik padam"), "\(keys)\n\(visitor.screen)")
      XCTAssertEqual(visitor.effects, [.bell])
      visitor.press(.escape)
      XCTAssertEqual(visitor.model.screen, .menu, keys)
    }
    isService = HallAvailability(office: isService.office, services: [Sample.services[1].code: stop])
    var visitor = try Visitor()
    visitor.type("11211")
    visitor.take(.hall(isService))
    XCTAssertEqual(visitor.model.screen, .assistance, "another service is stopped")
    visitor = try Visitor()
    visitor.type("1112345")
    visitor.take(.hall(stopped))
    XCTAssertTrue(visitor.sees("2345"), "nobody is interrupted while they type")
  }

  func testAnOfficeThatClosesEarlySaysSoOnEachScreenBeforeANumberIsTakenAndOnTheTicket() throws {
    let said = "Kantor tidak melayani hari ini mulai pukul 14.00 WIB. Alasan: acara kedinasan."
    let english = "The office does not serve people today from 14.00 WIB. Reason: official ceremony."
    let codes = Sample.services.map(\.code)
    let own = StopAhead(
      service: codes[1], name: Sample.services[1].name, period: Sample.closingEarly.period,
      reason: StopReason(cause: .staff), isToday: true)
    let tomorrow = StopAhead(
      service: nil, name: nil, period: Sample.closingEarly.period, reason: StopReason(cause: .power), isToday: false)
    for office in [Availability.open(counters: [1], until: nil), .unattended(until: nil)] {
      var visitor = try Visitor(size: Size(columns: 132, rows: 50))
      visitor.take(
        .hall(HallAvailability(office: office, services: [:], ahead: [Sample.closingEarly, own, tomorrow])))
      XCTAssertTrue(visitor.sees(said) && visitor.sees(english), visitor.screen)
      XCTAssertFalse(visitor.sees("listrik padam"), visitor.screen)
      visitor.type("1")
      XCTAssertEqual(visitor.model.screen, .menu)
      XCTAssertTrue(visitor.sees(said), visitor.screen)
      XCTAssertFalse(visitor.sees("petugas tidak mencukupi"), visitor.screen)
      visitor.model.draft.service = Sample.services[1]
      visitor.model.screen = .confirm
      XCTAssertTrue(visitor.sees(said) && visitor.sees("petugas tidak mencukupi"), visitor.screen)
      visitor.model.draft.service = Sample.services[0]
      XCTAssertFalse(visitor.sees("petugas tidak mencukupi"), "another service")
      visitor.model.screen = .ticket(Personal(Sample.ticket(stopAhead: Sample.closingEarly)))
      XCTAssertTrue(visitor.sees(said), visitor.screen)
    }
    var small = try Visitor()
    small.take(
      .hall(HallAvailability(office: .open(counters: [1], until: nil), services: [:], ahead: [Sample.closingEarly])))
    XCTAssertTrue(small.sees(said) && small.sees(english), small.screen)
    XCTAssertNotNil(small.digit(of: "English"), small.screen)
  }

  func testWhoWaitsOnAScreenIsAskedForTooAndAFailureToAskIsNoAnswer() throws {
    var visitor = try Visitor()
    visitor.type("1")
    visitor.wait(.seconds(29))
    XCTAssertFalse(visitor.asksAboutHall)
    visitor.wait(.seconds(1))
    XCTAssertTrue(visitor.asksAboutHall)
    visitor.take(.problem(Problem(.unavailable, "kiosk.no-answer")))
    XCTAssertEqual(visitor.model.screen, .menu)
  }

  func testTheListOfServicesMarksThoseThatCannotBeHad() throws {
    var visitor = try Visitor()
    let codes = Sample.services.map(\.code)
    visitor.take(
      .hall(
        HallAvailability(
          office: .open(counters: [1], until: nil),
          services: [
            codes[0]: .stopped(reason: StopReason(cause: .power), resumesAt: nil, next: monday),
            codes[1]: .unattended(until: nil),
          ])))
    visitor.type("112")
    XCTAssertEqual(visitor.digit(of: "\(Sample.services[0].name[.indonesian]) (sedang dihentikan)"), "1")
    XCTAssertEqual(visitor.digit(of: "\(Sample.services[1].name[.indonesian]) (belum ada loket)"), "2")
    XCTAssertEqual(visitor.digit(of: Sample.services[2].name[.indonesian]), "3")
  }

  func testAFullQueueStillLetsThePriorityLineBeAskedFor() throws {
    let full = Availability.pastAdmission(closesAt: CivilTime(minuteOfDay: 960), cause: .forecast, next: monday)
    var visitor = try Visitor()
    visitor.take(
      .hall(
        HallAvailability(
          office: .open(counters: [1], until: nil),
          services: Dictionary(uniqueKeysWithValues: Sample.services.map { ($0.code, full) }))))
    visitor.type("1")
    XCTAssertTrue(visitor.sees("Antrean hari ini sudah penuh."), visitor.screen)
    visitor.type("121")
    XCTAssertEqual(visitor.model.screen, .priority)
    visitor.type(try XCTUnwrap(visitor.digit(of: "Ibu hamil")))
    XCTAssertEqual(visitor.model.screen, .assistance)
    visitor.press(.escape)
    visitor.type("1")
    XCTAssertTrue(visitor.sees("Antrean hari ini sudah penuh."), visitor.screen)
  }

  func testLargePrintSaysThatTheOfficeIsClosedInLargeLetters() throws {
    for language in [Language.indonesian, .english] {
      var visitor = try Visitor()
      visitor.take(.hall(closed))
      visitor.type("9")
      let first = pages(of: visitor)
      XCTAssertTrue(first.showsLarge("tutup.", scale: .small) && first.showsLarge("today.", scale: .small), first.text)
      XCTAssertNotNil(visitor.digit(of: "English"), "the languages stand on the first page")
      visitor.type(language == .indonesian ? "1" : "2")
      let menu = ScreenReader([visitor.flow.view(visitor.model)], size: visitor.model.size)
      XCTAssertTrue(menu.showsLarge(language == .indonesian ? "tutup." : "today.", scale: .small), menu.text)
    }
  }

  private func pages(of visitor: Visitor) -> ScreenReader {
    let pages = (0..<visitor.flow.pageCount(visitor.model)).map { page -> Frame in
      var model = visitor.model
      model.page = page
      return visitor.flow.view(model)
    }
    return ScreenReader(pages, size: visitor.model.size)
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
