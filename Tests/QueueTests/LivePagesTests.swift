import Client
import Contracts
import Core
import Foundation
import HTML
import ModuleHarness
import PageParts
import Web
import XCTest

@testable import Displays
@testable import Forecast
@testable import Queue
@testable import Stops

/// Taking a number and phones that follow a ticket, over a real server.
final class LivePagesTests: XCTestCase {
  private struct Office {
    let house: ModuleOffice
    let hall: QueueHall
    let feed: HallFeed
    let served: ServedModule

    func close() async {
      await served.stop()
      feed.stop()
      await hall.close()
    }

    func take() async throws -> Ticket { try await hall.take() }

    func call() async throws { _ = try await hall.next(1) }
  }

  private func open(
    applications: (any ApplicationService)? = nil, tracking: (any TrackingService)? = nil,
    openings: (any OpeningTimesService)? = nil
  ) async throws -> Office {
    let house = try ModuleOffice()
    let hall = try await QueueHall(
      at: ModuleOffice.start, applications: applications, tracking: tracking, openings: openings)
    let live = try hall.live()
    let feed = try hall.feed(live)
    try await feed.start()
    let portal = QueuePortal(
      queue: hall.queue, live: live, random: SeededRandom(seed: 1),
      lookUps: LookUpGuard(clock: hall.clock, log: SilentLog(), missTime: .zero), holder: HolderQuestions(access: nil),
      publicAddress: nil)
    let served = try ServedModule(portal.routes(), gatekeeper: StandingOfficers(), in: house)
    return Office(house: house, hall: hall, feed: feed, served: served)
  }

  func testATicketIsFoundByItsNumberAndPINAndByNeitherAlone() async throws {
    let office = try await open()
    let ticket = try await office.take()
    let pin = try XCTUnwrap(ticket.pin)
    let visitor = office.served.visitor()
    let shown = try await visitor.get("/tiket/\(ticket.code)")
    XCTAssertTrue(shown.text.contains(ticket.reference.printed))
    XCTAssertTrue(shown.text.contains(pin))
    let asked = try await visitor.get("/tiket")
    let form = try XCTUnwrap(asked.form(to: "/tiket"))
    let found = try await visitor.submit(form.filled(["nomor": ticket.reference.printed, "pin": pin]))
    XCTAssertEqual(found.location, "/tiket/\(ticket.code)")
    let other = (pin.first == "9" ? "8" : "9") + pin.dropFirst()
    let wrong = try await visitor.submit(form.filled(["nomor": ticket.reference.printed, "pin": other]))
    let unknown = TicketNumber(from: SystemRandom())
    let nobodys = try await visitor.submit(form.filled(["nomor": unknown.printed, "pin": pin]))
    XCTAssertEqual([wrong.status, nobodys.status], [404, 404])
    XCTAssertEqual(wrong.faults, [])
    XCTAssertEqual(wrong.form(to: "/tiket")?["nomor"], ticket.reference.printed, "what was typed is kept")
    for (number, said) in [
      (TypedNumber.example(.application), "Ini nomor permohonan, bukan nomor tiket."), ("9971011708900001", "Ini NIK"),
      ("", "Isi nomor tiket."), (ticket.number, "12 angka"),
    ] {
      let answer = try await visitor.submit(form.filled(["nomor": number, "pin": pin]))
      XCTAssertEqual(answer.status, 422, number)
      XCTAssertTrue(answer.text.contains(said), number)
    }
    await office.close()
  }

  func testWhereNoNumbersAreGivenThePageOfNumbersSaysWhyAndSendsNobodyToTheMachine() async throws {
    let words = try QueueHall.locales().words(.indonesian)
    for (time, tells) in [("05:30", true), ("07:45", false), ("09:00", false), ("15:50", true), ("17:00", true)] {
      let office = try await open(openings: ShippedDays())
      let moment = OfficeZone.wib.instant(CivilDate(dayNumber: 20_780), try XCTUnwrap(CivilTime(time)))
      office.hall.clock.set(moment)
      try await office.hall.openCounters()
      let state = try await office.hall.queue.availability().office
      XCTAssertEqual(state.takesNumbers, !tells, time)
      let page = try await office.served.visitor().get("/antrean")
      XCTAssertEqual(page.faults, [], time)
      XCTAssertEqual(page.form(to: "/antrean") == nil, tells, time)
      XCTAssertEqual(page.text.contains(words("queue.take.without.text")), !tells, time)
      if tells { XCTAssertTrue(page.text.contains(state.title(words, in: .wib, isOffice: true)), time) }
      await office.close()
    }
  }

  func testAFinishedTicketNamesTheApplicationsNextStep() async throws {
    let office = try await open(applications: AnyApplication(), tracking: MovingTracking())
    let application = ApplicationNumber(from: SystemRandom())
    let ticket = try await office.hall.queue.takeNumber(
      TicketRequest(
        service: nil, application: application.opened, needs: Needs(), channel: .web, submission: "berikutnya"))
    let visitor = office.served.visitor()
    let waiting = try await visitor.get("/tiket/\(ticket.code)")
    XCTAssertFalse(waiting.text.contains(MovingTracking.payment.name[.indonesian]))
    try await office.call()
    try await office.hall.act(.start, on: ticket.id, at: 1)
    try await office.hall.act(.finish, on: ticket.id, at: 1)
    let page = try await visitor.get("/tiket/\(ticket.code)")
    XCTAssertEqual(page.faults, [])
    for said in [MovingTracking.payment.name, MovingTracking.payment.explanation] {
      XCTAssertTrue(page.text.contains(said[.indonesian]), said[.indonesian])
    }
    await office.close()
  }

  func testPhoneGetsItsPlaceAndItsTurn() async throws {
    let office = try await open()
    _ = try await office.take()
    let mine = try await office.take()
    let page = try await office.served.visitor().get("/tiket/\(mine.code)")
    XCTAssertEqual(page.faults, [])
    XCTAssertLessThan(page.body.count, 20_000)
    let port = await office.served.visitor().with { $0.port }
    let events = try Browser(port: port).events("/tiket/\(mine.code)/peristiwa")
    let first = try events.next()
    XCTAssertTrue(first?.data.contains("A-002") ?? false)
    XCTAssertFalse(first?.data.contains("is-next") ?? true)
    try await office.call()
    XCTAssertNotNil(try events.first { $0.data.contains("is-next") }, "the phone never hears that it is next")
    events.close()
    await office.close()
  }

  /// No face goes on with what no longer holds: the open page is told.
  func testPhoneIsToldThatAPromiseWasBrokenAndThatTheDayHasEnded() async throws {
    let office = try await open()
    try await office.hall.openCounters()
    let mine = try await office.take()
    let port = await office.served.visitor().with { $0.port }
    let events = try Browser(port: port).events("/tiket/\(mine.code)/peristiwa")
    func wait(for words: String) throws {
      while let event = try events.next() {
        if event.data.contains(words) { return }
      }
      XCTFail("the stream ended before it said: \(words)")
    }
    let words = try QueueHall.locales().words(.indonesian)
    let time = try XCTUnwrap(mine.promisedTime)
    try wait(for: words("appointment.promise.ticket", ["time": time.spoken]))
    office.hall.clock.advance(by: .minutes(90))
    let broken = try await office.hall.noticeBroken()
    XCTAssertEqual(broken, 1)
    try wait(for: words("queue.promise.broken", ["time": time.spoken]))
    try await DayClose(counters: office.hall.counters)
      .close(OfficeZone.wib.date(of: office.hall.clock.now), by: .system("test"))
    try wait(for: words("queue.ending.day-closed"))
    events.close()
    await office.close()
  }

  func testPhoneIsToldOfAStopAtOnceAndAPageWithoutScriptsWithinTwoMinutes() async throws {
    let office = try await open()
    try await office.hall.openCounters()
    let mine = try await office.take()
    let port = await office.served.visitor().with { $0.port }
    let browser = Browser(port: port)
    let events = try browser.events("/tiket/\(mine.code)/peristiwa")
    let words = try QueueHall.locales().words(.indonesian)
    XCTAssertFalse(try XCTUnwrap(events.next()).data.contains(words("availability.stopped.title")))
    let page = try browser.visit("/tiket/\(mine.code)")
    let refresh = try XCTUnwrap(page.text.firstMatch(of: /http-equiv="refresh" content="(\d+)"/)).output.1
    XCTAssertLessThanOrEqual(try XCTUnwrap(Int(refresh)), 120)

    let now = OfficeZone.wib.time(of: office.hall.clock.now)
    let stop = try await office.hall.stops.stop(
      StopOrder(
        service: QueueHall.passport, span: OpeningSpan(from: now, to: StopPeriod.endOfDay),
        reason: StopReason(cause: .power, notes: [.indonesian: "Gardu diperbaiki."]), submission: "henti-1"),
      by: .officer(OfficerID(8), .supervisor))
    let reason = "listrik padam (Gardu diperbaiki.)"
    let told = try XCTUnwrap(try events.first { $0.data.contains(reason) }, "the phone never hears of the stop")
    XCTAssertTrue(told.data.contains(words("availability.stopped.title")))
    XCTAssertFalse(told.data.contains(words("queue.ticket.estimate")))
    XCTAssertTrue(try browser.visit("/tiket/\(mine.code)").text.contains(reason))
    let promised = words("appointment.promise.ticket", ["time": try XCTUnwrap(mine.promisedTime).spoken])
    XCTAssertTrue(page.text.contains(promised), "nothing was promised before")
    XCTAssertFalse(told.data.contains(promised), "a time is told while the service is stopped")
    let board = try await office.hall.snapshot().board(of: .wholeHall, in: office.hall.office)
    XCTAssertEqual(board.next, [], "somebody is told to get ready whom nobody calls")
    XCTAssertEqual(board.waiting, 1)
    let shown = BoardView(board: board, words: words, zone: .wib).node.plainText
    XCTAssertFalse(shown.contains(words("queue.display.nobody")), shown)
    XCTAssertTrue(shown.contains(words("queue.display.not-yet")), shown)
    try await office.hall.stops.lift(stop.id, by: .officer(OfficerID(8), .supervisor))
    XCTAssertNotNil(try events.first { !$0.data.contains(reason) }, "the phone never hears that it goes on")
    events.close()
    await office.close()
  }
}
