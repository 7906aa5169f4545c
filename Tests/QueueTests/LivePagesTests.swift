import Client
import Contracts
import Core
import Foundation
import HTML
import ModuleHarness
import Web
import XCTest

@testable import Queue

/// Displays, phones and reports over a real server.
final class LivePagesTests: XCTestCase {
  private struct Office {
    let house: ModuleHouse
    let hall: QueueHall
    let feed: BoardFeed
    let served: ServedModule
    let cache: String

    func close() async {
      await served.stop()
      feed.stop()
      await hall.close()
      try? FileManager.default.removeItem(atPath: cache)
    }

    func take() async throws -> Ticket { try await hall.take() }

    func call() async throws { _ = try await hall.next(1) }

    /// The events of a display, from the first board on.
    func display() async throws -> EventReader {
      let port = await served.visitor().with { $0.port }
      return try Browser(port: port).events("/display/peristiwa")
    }
  }

  private func open(
    applications: (any ApplicationService)? = nil, tracking: (any TrackingService)? = nil,
    openings: (any OpeningTimesService)? = nil
  ) async throws -> Office {
    let house = try ModuleHouse()
    let hall = try await QueueHall(
      at: ModuleHouse.start, applications: applications, tracking: tracking, openings: openings)
    let cache = FileManager.default.temporaryDirectory.appending(path: "cache-\(UUID().uuidString)").path
    let rules = DisplayRules(directory: nil, office: hall.office)
    let live = try hall.live()
    let shown = try hall.displays(live, rules: rules)
    let feed = try hall.feed(live)
    try await feed.start()
    let displays = DisplayPages(
      snapshots: live, displays: shown, rules: rules, locales: try QueueHall.locales(),
      speaker: Speaker(directory: cache, clock: hall.clock, log: SilentLog()))
    let portal = QueuePortal(
      desk: hall.desk, live: live, random: SeededRandom(seed: 1),
      lookUps: LookUpGuard(clock: hall.clock, log: SilentLog(), missTime: .zero), holder: HolderQuestions(access: nil),
      publicAddress: nil)
    let reports = ReportPages(
      desk: ReportDesk(
        store: hall.store, office: hall.office, history: HallHistory(), appointments: UsedPlaces(),
        catalogue: TwoServices(), officers: nil),
      zone: .wib)
    let served = try ServedModule(
      displays.routes() + portal.routes() + reports.routes(), gatekeeper: StandingOfficers(), in: house)
    return Office(house: house, hall: hall, feed: feed, served: served, cache: cache)
  }

  func testDisplayIsSoundInBothLanguagesAndNamesNobody() async throws {
    let office = try await open()
    _ = try await office.take()
    try await office.call()
    for language in ["id", "en"] {
      let page = try await office.served.visitor(language).get("/display")
      XCTAssertEqual(page.status, 200)
      XCTAssertEqual(page.faults, [], language)
    }
    let unknown = try await office.served.visitor().get("/display/lantai-9")
    XCTAssertEqual(unknown.status, 404)
    await office.close()
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
      let state = try await office.hall.desk.availability().office
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
    let ticket = try await office.hall.desk.takeNumber(
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

  func testDisplayGetsItsBoardAtOnceAndEachCallWithItsSentences() async throws {
    let office = try await open()
    _ = try await office.take()
    let events = try await office.display()
    let first = try events.next()
    XCTAssertEqual(first?.name, "isi")
    try await office.call()
    let call = try events.first { $0.name == "call" }
    XCTAssertTrue(call?.data.contains("Nomor A, nol nol satu, silakan ke loket satu.") ?? false, call?.data ?? "")
    XCTAssertNotNil(try events.first { $0.name == "isi" && $0.data.contains("A-001") }, "no board with the call")
    events.close()
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

    let stops = StopDesk(desk: office.hall.desk, ledger: nil)
    let now = OfficeZone.wib.time(of: office.hall.clock.now)
    let stop = try await stops.stop(
      StopOrder(
        service: QueueHall.passport, span: OpeningSpan(from: now, to: StopPeriod.endOfDay),
        reason: StopReason(cause: .power, notes: [.indonesian: "Gardu diperbaiki."]), submission: "henti-1"),
      by: OfficerID(8))
    let reason = "listrik padam (Gardu diperbaiki.)"
    let told = try XCTUnwrap(try events.first { $0.data.contains(reason) }, "the phone never hears of the stop")
    XCTAssertTrue(told.data.contains(words("availability.stopped.title")))
    XCTAssertFalse(told.data.contains(words("queue.ticket.estimate")))
    XCTAssertTrue(try browser.visit("/tiket/\(mine.code)").text.contains(reason))
    let promised = words("appointment.promise.ticket", ["time": try XCTUnwrap(mine.promisedTime).spoken])
    XCTAssertTrue(page.text.contains(promised), "nothing was promised before")
    XCTAssertFalse(told.data.contains(promised), "a time is told while the service is stopped")
    let board = try await office.hall.survey().board(of: .wholeHall, in: office.hall.office)
    XCTAssertEqual(board.next, [], "somebody is told to get ready whom nobody calls")
    XCTAssertEqual(board.waiting, 1)
    let shown = BoardView(board: board, words: words, zone: .wib).node.plainText
    XCTAssertFalse(shown.contains(words("queue.display.nobody")), shown)
    XCTAssertTrue(shown.contains(words("queue.display.not-yet")), shown)
    try await stops.lift(stop.id, by: OfficerID(8))
    XCTAssertNotNil(try events.first { !$0.data.contains(reason) }, "the phone never hears that it goes on")
    events.close()
    await office.close()
  }

  func testOnlyTodaysCallsAreSpoken() async throws {
    let office = try await open()
    _ = try await office.take()
    let before = try await office.served.visitor().get("/suara/id-A-001-1.wav")
    XCTAssertEqual(before.status, 404, "it has not been called")
    let events = try await office.display()
    try await office.call()
    XCTAssertNotNil(try events.first { $0.name == "call" })
    events.close()
    let sound = try await office.served.visitor().get("/suara/id-A-001-1.wav")
    XCTAssertEqual(sound.status, 200, "espeak-ng is installed by scripts/dependencies")
    XCTAssertEqual(sound.header("content-type"), "audio/wav")
    for other in ["id-A-002-1.wav", "id-A-001-2.wav", "jv-A-001-1.wav", "..%2F..%2Fetc%2Fpasswd"] {
      let answer = try await office.served.visitor().get("/suara/\(other)")
      XCTAssertEqual(answer.status, 404, other)
    }
    await office.close()
  }

  func testReportsAreForSupervisorsAndSound() async throws {
    let office = try await open()
    for _ in 0..<5 { _ = try await office.take() }
    office.hall.clock.advance(by: .minutes(4))
    try await office.call()
    let chosen = try await office.take()
    _ = try await office.hall.counters.callChosen(
      chosen.id, to: office.hall.office.counters[1], by: OfficerID(2), reason: "Sakit, perlu duduk")
    let stranger = try await office.served.visitor().get("/petugas/laporan")
    XCTAssertEqual(stranger.status, 303)
    for language in ["id", "en"] {
      let visitor = office.served.visitor(language)
      await visitor.with { $0.setCookie("petugas", "SUPERVISOR") }
      for grouping in ReportQuestion.Grouping.allCases {
        let page = try await visitor.get("/petugas/laporan?jangka=minggu&menurut=\(grouping.rawValue)")
        XCTAssertEqual(page.status, 200)
        XCTAssertEqual(page.faults, [], "\(language) \(grouping)")
      }
      let nowhere = try await visitor.get("/petugas/laporan?tanggal=2026-02-30")
      XCTAssertTrue(
        nowhere.text.contains(language == "id" ? "Tanggal yang diminta tidak ada." : "There is no such date"))
      let file = try await visitor.get("/petugas/laporan.csv?menurut=layanan&tabel=ringkasan")
      XCTAssertEqual(file.header("content-type"), "text/csv; charset=utf-8; header=present")
      let workbook = try await visitor.get("/petugas/laporan.xlsx?menurut=layanan&tabel=ringkasan")
      XCTAssertEqual(
        workbook.header("content-type"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
      XCTAssertTrue(workbook.body.starts(with: Array("PK\u{3}\u{4}".utf8)), "a workbook is a ZIP archive")
      XCTAssertTrue(workbook.header("content-disposition")?.hasSuffix(".xlsx\"") == true)
      let unknown = try await visitor.get("/petugas/laporan.xlsx?tabel=tidak-ada")
      XCTAssertEqual(unknown.status, 404)
      let whole = try await visitor.get("/petugas/laporan?jangka=minggu")
      XCTAssertTrue(whole.text.contains("Sakit, perlu duduk"), "supervisors do not see who was called out of order")
      let others = try await visitor.get("/petugas/laporan?jangka=minggu&petugas=1")
      XCTAssertFalse(others.text.contains("Sakit, perlu duduk"))
      let favours = try await visitor.get("/petugas/laporan.csv?tabel=luar-urutan")
      XCTAssertTrue(favours.text.contains(",A-006,2,"), favours.text)
      XCTAssertTrue(String(decoding: file.body, as: UTF8.self).contains("\r\npaspor,6,0,0.0,4.0,"))
    }
    let clerk = office.served.visitor()
    await clerk.with { $0.setCookie("petugas", "CLERK") }
    let refused = try await clerk.get("/petugas/laporan")
    XCTAssertEqual(refused.status, 403)
    await office.close()
  }
}
