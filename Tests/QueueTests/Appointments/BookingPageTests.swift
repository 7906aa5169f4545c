import Client
import Contracts
import Core
import Foundation
import HTML
import ModuleHarness
import Store
import XCTest

@testable import Queue

/// When everybody of the sample office was born.
private let born: KeyValuePairs<String, String> = ["lahir--hari": "1", "lahir--bulan": "1", "lahir--tahun": "1990"]

final class BookingPageTests: XCTestCase {
  private func serving(
    _ rules: AppointmentRules = BookingPageTests.rules, _ body: (BookingOffice, ServedModule) async throws -> Void
  ) async throws {
    let house = try ModuleHouse()
    let office = try await BookingOffice(rules: rules, counterCount: 4, at: ModuleHouse.start)
    office.hours.set("08:00", "16:00")
    try await office.keeper.tidy()
    let appointments = Appointments(house: office.house, publicAddress: PublicAddress("https://antre.example.go.id"))
    let served = try ServedModule(appointments.routes(office.queue), gatekeeper: StandingOfficers(), in: house)
    try await body(office, served)
    await served.stop()
    await office.close()
  }

  static var rules: AppointmentRules {
    var rules = BookingOffice.plainRules
    rules.shares = AppointmentRules.Shares(walkIn: 20, priority: 15, express: 10)
    return rules
  }

  private func assertSound(_ answer: Answer, _ what: String, line: UInt = #line) {
    XCTAssertEqual(answer.faults, [], what, line: line)
  }

  func testAnAppointmentThatAStopHitsSaysWhyAndOffersAnotherTimeAtNoCost() async throws {
    try await serving { office, served in
      let day = office.house.today.adding(days: 1)
      let booked = try await office.book([try await office.apply()], on: day, at: "09:00")
      _ = try await office.desk.move(booked.code, to: day, slot: try XCTUnwrap(CivilTime("10:00")))
      let visitor = served.visitor()
      let path = "/janji/\(booked.code)"
      let stop = StopOrder(
        service: BookingOffice.passport,
        span: OpeningSpan(from: CivilTime(minuteOfDay: 0), to: StopPeriod.endOfDay), lastDay: day,
        reason: StopReason(cause: .water), submission: "henti-1")
      try await StopDesk(desk: office.queue, ledger: nil).stop(stop, by: OfficerID(8))
      let words = try QueueHall.locales().words(.indonesian)
      let page = try await visitor.visit(path)
      assertSound(page, "stopped")
      for said in [words("appointment.stopped.title"), stop.reason.text(words), words("appointment.called-off.move")] {
        XCTAssertTrue(page.text.contains(said), said)
      }
      XCTAssertTrue(page.links.contains("\(path)/ubah"))
      XCTAssertFalse(page.forms.contains { $0.action.hasSuffix("/datang") })
      let times = try await visitor.visit("\(path)/ubah?hari=\(day.adding(days: 1))")
      let chosen = try XCTUnwrap(times.form(to: "\(path)/ubah")).filled(["jam": "11:00"])
      let asked = try await visitor.submit(chosen)
      XCTAssertTrue(asked.text.contains(words("appointment.move.none-left")), "what is left stays as it was")
      XCTAssertFalse(asked.text.contains("orang lain"), "nobody is given an hour at which the office is closed")
      XCTAssertFalse(times.text.contains("orang lain"))
      XCTAssertTrue(times.links.contains(path), "back to the appointment")
      let done = try await visitor.submit(try XCTUnwrap(asked.form(to: "\(path)/ubah")))
      XCTAssertEqual(done.location, path)
      let moved = try await office.desk.appointment(booked.code)
      XCTAssertEqual(moved?.day, day.adding(days: 1))
      XCTAssertEqual(moved?.moves, 1)
    }
  }

  func testATicketLeadsToItsAppointmentWhereTheBrowserHasOpenedTheApplication() async throws {
    try await serving { office, _ in
      let number = try await office.apply()
      let day = office.house.today.adding(days: 1)
      let booked = try await office.book([number], on: day, at: "09:00")
      office.clock.set(OfficeZone.wib.instant(day, try XCTUnwrap(CivilTime("08:05"))))
      let ticket = try await office.queue.takeNumber(
        TicketRequest(service: nil, application: number.opened, needs: Needs(), channel: .web, submission: "sebelum"))
      let live = LiveHall(
        desk: office.queue, office: office.house.office, locales: try QueueHall.locales(), clock: office.clock)
      let portal = QueuePortal(
        desk: office.queue, live: live, random: SeededRandom(seed: 1), lookUps: office.house.lookUps,
        holder: HolderQuestions(access: office.house.access), publicAddress: nil)
      let served = try ServedModule(portal.routes(), gatekeeper: StandingOfficers(), in: try ModuleHouse())
      let stranger = try await served.visitor().visit("/tiket/\(ticket.code)")
      XCTAssertTrue(stranger.text.contains("janji temu hari ini pukul 09.00 WIB"), stranger.text)
      XCTAssertFalse(stranger.text.contains(booked.code.description), "a ticket opens no appointment")
      let visitor = served.visitor()
      let pass = try office.pass(number)
      await visitor.with { $0.setCookie("berkas", pass) }
      let own = try await visitor.visit("/tiket/\(ticket.code)")
      assertSound(own, "the ticket")
      XCTAssertTrue(own.links.contains("/janji/\(booked.code)"))
      let told = try await visitor.visit("/tiket/\(ticket.code)?kebutuhan-baru=ya")
      assertSound(told, "the ticket of who asked for more")
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

  func testMovingBeginsOnTheAppointmentsDayAndSaysBeforehandHowOftenItIsPossible() async throws {
    try await serving { office, served in
      let words = try QueueHall.locales().words(.indonesian)
      let day = office.house.today.adding(days: 2)
      let booked = try await office.book([try await office.apply()], on: day, at: "09:00")
      let visitor = served.visitor()
      let path = "/janji/\(booked.code)"
      let page = try await visitor.visit(path)
      let left = office.house.rules.now.movesMax
      XCTAssertTrue(
        page.text.contains(
          words(
            "appointment.receipt.can-move",
            [
              "date": words.longDate(day.adding(days: -office.house.rules.now.moveDaysBefore)), "count": String(left),
            ])))
      let times = try await visitor.visit("\(path)/ubah")
      XCTAssertEqual(times.form(to: "\(path)/ubah")?["hari"], day.description)
      XCTAssertTrue(times.links.contains(path))
      let asked = try await visitor.submit(try XCTUnwrap(times.form(to: "\(path)/ubah")).filled(["jam": "11:00"]))
      XCTAssertTrue(
        asked.text.contains(
          words(
            "appointment.move.released",
            [
              "moment": words(
                "appointment.move.moment", ["date": words.longDate(day), "time": "09.00"])
            ])))
    }
  }

  func testWhoHasAnAppointmentIsLedToItInsteadOfASecondOne() async throws {
    try await serving { office, served in
      let number = try await office.apply()
      let visitor = served.visitor()
      let start = try await visitor.visit("/janji?nomor=\(number)")
      let form = try XCTUnwrap(start.form(to: "/janji")).filled(born)
      let times = try await visitor.visit(try await visitor.submit(form).location ?? "")
      let booked = try await office.book([number], on: office.house.today.adding(days: 1), at: "09:00")
      let path = "/janji/\(booked.code)"
      let chosen = try XCTUnwrap(times.form(to: "/janji/waktu")).filled(["jam": "14:00"])
      let late = try await visitor.submit(chosen)
      XCTAssertEqual(late.status, 409)
      assertSound(late, "booked meanwhile")
      XCTAssertTrue(late.links.contains(path), "the way to the appointment there is")
      let back = try await visitor.visit("/janji")
      XCTAssertTrue(back.links.contains(path), "the browser that has it open")
      let other = served.visitor()
      let strangers = try await other.visit("/janji?nomor=\(number)")
      XCTAssertFalse(strangers.links.contains(path), "a number opens nothing")
      let again = try await other.submit(try XCTUnwrap(strangers.form(to: "/janji")).filled(born))
      XCTAssertEqual(again.status, 422)
      XCTAssertTrue(again.links.contains(path))
    }
  }

  func testNobodyIsOfferedToComeTodayWhereNobodyIsAdmittedAnyMore() async throws {
    try await serving { office, served in
      let today = "value=\"\(PlaceKind.walkIn.rawValue)\""
      let open = try await served.visitor().visit("/janji")
      XCTAssertTrue(open.text.contains(today))
      for time in ["15:55", "17:00"] {
        office.clock.set(OfficeZone.wib.instant(office.house.today, try XCTUnwrap(CivilTime(time))))
        let page = try await served.visitor().visit("/janji")
        XCTAssertFalse(page.text.contains(today), time)
        let state = try await office.queue.availability().office
        XCTAssertTrue(page.text.contains(state.title(try QueueHall.locales().words(.indonesian), in: .wib)), time)
      }
    }
  }

  func testSomebodyBooksMovesAndCancelsWithoutAScriptInBothLanguages() async throws {
    try await serving { office, served in
      for language in ["id", "en"] {
        let visitor = served.visitor(language)
        let number = try await office.apply()
        let start = try await visitor.visit("/janji?nomor=\(number)")
        assertSound(start, "start")
        let times = try await visitor.visit(
          try await visitor.submit(try XCTUnwrap(start.form(to: "/janji")).filled(born)).location ?? "")
        assertSound(times, "times")
        let chosen = try XCTUnwrap(times.form(to: "/janji/waktu")).filled(["jam": "14:00"])
        let held = try await visitor.visit(try await visitor.submit(chosen).location ?? "")
        assertSound(held, "held")
        let confirm = try XCTUnwrap(held.forms.first { $0.action.hasSuffix("/pesan") })
        let path = String(confirm.action.dropLast("/pesan".count))
        XCTAssertTrue(held.text.contains(number.printed))
        let receipt = try await visitor.visit(try await visitor.submit(confirm).location ?? "")
        assertSound(receipt, "receipt")
        XCTAssertTrue(receipt.text.contains("14.00–14.30"))
        XCTAssertTrue(receipt.links.contains("\(path)/kalender"))

        // Today's appointment is not moved any more.
        let late = try await visitor.visit("\(path)/ubah")
        XCTAssertEqual(late.status, 409)
        assertSound(late, "too late to move")
        let ask = try await visitor.visit("\(path)/batal")
        assertSound(ask, "cancel")
        let cancelled = try await visitor.visit(
          try await visitor.submit(try XCTUnwrap(ask.form(to: "\(path)/batal"))).location ?? "")
        assertSound(cancelled, "cancelled")

        let later = try await office.book([number], at: "08:30")
        let move = try await visitor.visit("/janji/\(later.code)/ubah?hari=2026-11-25")
        assertSound(move, "move")
        let asked = try await visitor.submit(
          try XCTUnwrap(move.form(to: "/janji/\(later.code)/ubah")).filled(["jam": "10:00"]))
        assertSound(asked, "the question before moving")
        XCTAssertTrue(
          asked.text.contains("08.30") && asked.text.contains("10.00"), "says what is left and what is taken")
        let moved = try await visitor.visit(try await visitor.confirm(asked).location ?? "")
        XCTAssertTrue(moved.text.contains("10.00–10.30"), moved.text)
        assertSound(moved, "moved")
      }
    }
  }

  func testWrongNumbersAreAnsweredBesideTheFieldAndNothingTypedIsLost() async throws {
    try await serving { office, served in
      let visitor = served.visitor()
      let start = try await visitor.visit("/janji")
      let form = try XCTUnwrap(start.form(to: "/janji"))
      for typed in [
        "", "salah", "1234 5678 9092 1234 5678 9092", String(describing: ApplicationNumber(from: SystemRandom())),
      ] {
        let answer = try await visitor.submit(form.filled(["nomor": typed, "jalur": "web"]))
        XCTAssertEqual(answer.status, 422, typed)
        assertSound(answer, typed)
        XCTAssertTrue(typed.isEmpty || answer.text.contains(typed), typed)
      }
      let number = try await office.apply()
      let noKind = try await visitor.submit(form.filled(["nomor": number.description, "jalur": "orang-dalam"]))
      XCTAssertEqual(noKind.status, 422)
      let party = PartyLink(numbers: [number], kind: .web, priority: nil).link("/janji/waktu").description
      let opened = try await visitor.submit(form.filled(["nomor": number.description, "jalur": "web"]).filled(born))
      XCTAssertEqual(opened.location, party)
      let times = try await visitor.visit(party)
      let none = try await visitor.submit(try XCTUnwrap(times.form(to: "/janji/waktu")))
      XCTAssertEqual(none.status, 422)
      assertSound(none, "no time chosen")
      let gone = try await visitor.submit(
        try XCTUnwrap(times.form(to: "/janji/waktu")).filled(["jam": "03:00"]))
      XCTAssertEqual(gone.status, 409)
      assertSound(gone, "gone")
      let unknown = try await visitor.visit("/janji/0000000000000")
      XCTAssertEqual(unknown.status, 404)
    }
  }

  func testEverybodySeesWhenPlacesComeNextAndHowMany() async throws {
    try await serving { office, served in
      let fresh = BookingOffice.monday.adding(days: 15)
      let count: Int? = try await office.store.read { snapshot in
        try snapshot.value(
          "SELECT count(*) FROM queue_appointment_place WHERE day = \(fresh) AND kind <> 'walk-in' AND withdrawn = 0")
      }
      XCTAssertGreaterThan(count ?? 0, 10)
      for language in [Language.indonesian, .english] {
        let words = try QueueHall.locales().words(language)
        let page = try await served.visitor(language.rawValue).visit("/janji")
        let said = words(
          "appointment.release.next",
          [
            "count": String(count ?? 0), "date": words.longDate(BookingOffice.monday.adding(days: 1)),
            "time": words.time(
              OfficeZone.wib.instant(BookingOffice.monday.adding(days: 1), CivilTime(minuteOfDay: 480)), in: .wib),
          ])
        XCTAssertTrue(page.text.contains(said), "\(said) is missing")
      }
    }
  }

  func testAFamilyIsOpenedOneByOneAndBookedTogether() async throws {
    try await serving { office, served in
      let numbers = [try await office.apply(), try await office.apply(), try await office.apply()]
      let visitor = served.visitor()
      let start = try await visitor.visit("/janji")
      var form = try XCTUnwrap(start.form(to: "/janji"))
      for number in numbers.dropLast() {
        let grown = try await visitor.submit(
          form.filled(["nomor": number.printed, "jalur": "pregnant", "lagi": "ya"]).filled(born))
        let page = try await visitor.visit(grown.location ?? "")
        assertSound(page, "one more")
        XCTAssertTrue(page.text.contains(number.printed))
        form = try XCTUnwrap(page.form(to: "/janji"))
        XCTAssertEqual(form.fields.first { $0.name == "jalur" }?.value, "pregnant")
      }
      XCTAssertEqual(
        Set(form.fields.filter { $0.name == "buka" }.map(\.value)), Set(numbers.dropLast().map(\.description)),
        "whoever was named is ticked")
      let last = try XCTUnwrap(numbers.last)
      let sent = try await visitor.submit(form.filled(["nomor": last.description]).filled(born))
      let times = try await visitor.visit(sent.location ?? "")
      assertSound(times, "times of a family")
      let named = try XCTUnwrap(times.form(to: "/janji/waktu")).fields.first { $0.name == "nomor" }?.value ?? ""
      XCTAssertEqual(Set(named.split(separator: ",").map(String.init)), Set(numbers.map(\.description)))
    }
  }

  func testNumbersInAnAddressOrAFormBookNothing() async throws {
    try await serving { office, served in
      let number = try await office.apply()
      let link = PartyLink(numbers: [number], kind: .web, priority: nil)
      let (party, question) = (link.link("/janji/waktu").description, link.link("/janji").description)
      let holder = served.visitor()
      let start = try await holder.visit("/janji")
      let asked = try XCTUnwrap(start.form(to: "/janji"))
      _ = try await holder.submit(asked.filled(["nomor": number.description, "jalur": "web"]).filled(born))
      let shown = try await holder.visit(party)
      let times = try XCTUnwrap(shown.form(to: "/janji/waktu"))

      let stranger = served.visitor()
      let turned = try await stranger.get(party)
      XCTAssertEqual(turned.location, question)
      let page = try await stranger.visit(turned.location ?? "")
      assertSound(page, "asked for the date of birth")
      let form = try XCTUnwrap(page.form(to: "/janji"))
      let token = form.fields.filter { $0.name == "_csrf" }
      let fields = times.filled(["jam": "14:00"]).fields.filter { $0.name != "_csrf" } + token
      let held = try await stranger.post("/janji/waktu", fields)
      XCTAssertEqual(held.location, question)
      for year in ["", "1991"] {
        let refused = try await stranger.submit(
          form.filled(["lahir--hari": "1", "lahir--bulan": "1", "lahir--tahun": year]))
        XCTAssertEqual(refused.status, year.isEmpty ? 422 : 404)
        XCTAssertNil(refused.header("set-cookie").flatMap { $0.contains("berkas") ? $0 : nil })
        assertSound(refused, "refused")
      }
      let count: Int? = try await office.store.read { try $0.value("SELECT count(*) FROM queue_appointment") }
      XCTAssertEqual(count, 0)
      // The holder goes on.
      let own = try await holder.submit(times.filled(["jam": "14:00"]))
      XCTAssertTrue(own.location?.hasPrefix("/janji/") ?? false, own.location ?? own.text)
      XCTAssertFalse(own.location?.contains("nomor=") ?? true)
    }
  }

  func testEachKindLeadsToItsOwnPlaces() async throws {
    try await serving { office, served in
      let visitor = served.visitor()
      let start = try await visitor.visit("/janji")
      let form = try XCTUnwrap(start.form(to: "/janji"))
      var lengths: Set<Int> = []
      for (kind, expected) in [
        ("pregnant", "jalur=pregnant"), ("express", "jalur=express"), ("walk-in", "jalur=walk-in"),
      ] {
        let number = try await office.apply()
        let sent = try await visitor.submit(
          form.filled(["nomor": number.description, "jalur": kind]).filled(born))
        XCTAssertTrue(sent.location?.contains(expected) ?? false, "\(kind): \(sent.location ?? "-")")
        assertSound(try await visitor.visit(sent.location ?? ""), kind)
        // On the line nobody sees which, not even by its length.
        let covered = try XCTUnwrap(sent.sent?.location).split(separator: "=").last.map(String.init) ?? ""
        XCTAssertTrue(covered.hasPrefix("~"), covered)
        lengths.insert(covered.count)
      }
      XCTAssertEqual(lengths.count, 1, "\(lengths)")
      // A walk-in is promised a minute of today.
      let number = try await office.apply()
      let party = try await office.desk.party([number], kind: .walkIn)
      let days = try await office.desk.openDays(party, kind: .walkIn)
      XCTAssertEqual(days.map(\.day), [BookingOffice.monday])
      let first = try XCTUnwrap(days.first?.begins.first)
      let promised = try await office.book(
        [number], kind: .walkIn, on: BookingOffice.monday, at: first.description)
      let page = try await visitor.visit("/janji/\(promised.code)")
      XCTAssertTrue(page.text.contains("Datang pukul \(promised.begins.spoken)"))
      assertSound(page, "promise")
    }
  }

  func testTheCalendarFileFollowsItsStandardAndHoldsNothingPersonal() async throws {
    try await serving { office, served in
      let number = try await office.apply()
      let booked = try await office.book([number], at: "08:30")
      let file = try await served.visitor().get("/janji/\(booked.code)/kalender")
      XCTAssertEqual(file.status, 200)
      XCTAssertTrue(file.header("content-type")?.hasPrefix("text/calendar") ?? false)
      let lines = file.text.components(separatedBy: "\r\n")
      XCTAssertEqual(lines.first, "BEGIN:VCALENDAR")
      XCTAssertTrue(lines.contains("DTSTART:20261124T013000Z"), file.text)
      XCTAssertTrue(lines.contains("DTEND:20261124T020000Z"))
      XCTAssertTrue(lines.allSatisfy { $0.utf8.count <= 75 })
      XCTAssertFalse(file.text.replacingOccurrences(of: "\r\n", with: "").contains("\n"))
      XCTAssertFalse(file.text.contains(number.description))
    }
  }

  func testTheCalendarEntryOfAMovedAppointmentIsTheSameOneWithANewTime() async throws {
    try await serving { office, served in
      let booked = try await office.book([try await office.apply()], at: "08:30")
      func lines() async throws -> [String] {
        try await served.visitor().get("/janji/\(booked.code)/kalender").text.components(separatedBy: "\r\n")
      }
      let before = try await lines()
      office.clock.advance(by: .minutes(5))
      _ = try await office.desk.move(
        booked.code, to: BookingOffice.monday.adding(days: 2), slot: CivilTime(minuteOfDay: 600))
      let after = try await lines()
      let uid = before.filter { $0.hasPrefix("UID:") }
      XCTAssertEqual(uid.count, 1)
      XCTAssertEqual(after.filter { $0.hasPrefix("UID:") }, uid, "a calendar would keep the old time as well")
      XCTAssertTrue(before.contains("SEQUENCE:0"))
      XCTAssertTrue(after.contains("SEQUENCE:1"))
      XCTAssertTrue(after.contains("DTSTART:20261125T030000Z"))
      let other = try await office.book([try await office.apply()], at: "09:00")
      let another = try await served.visitor().get("/janji/\(other.code)/kalender").text
      XCTAssertFalse(another.contains(try XCTUnwrap(uid.first)))
    }
  }

  func testLongLinesAreFoldedBetweenCharactersAndTextIsEscaped() {
    let folded = CalendarFile.folded("SUMMARY:" + String(repeating: "é", count: 60))
    let pieces = String(decoding: folded, as: UTF8.self).components(separatedBy: "\r\n")
    XCTAssertTrue(pieces.allSatisfy { $0.utf8.count <= 75 })
    XCTAssertEqual(
      pieces.dropLast().enumerated().map { $0.offset == 0 ? $0.element : String($0.element.dropFirst()) }.joined(),
      "SUMMARY:" + String(repeating: "é", count: 60))
    XCTAssertEqual(CalendarFile.escaped("a,b;c\\d\ne"), "a\\,b\\;c\\\\d\\ne")
  }
}

final class AppointmentConsoleTests: XCTestCase {
  private func serving(
    room: AppointmentRules.WaitingRoom? = nil, _ body: (BookingOffice, ServedModule) async throws -> Void
  ) async throws {
    let house = try ModuleHouse()
    var rules = BookingPageTests.rules
    rules.waitingRoom = room
    rules.release.at = CivilTime(minuteOfDay: 9 * 60 + 30)
    let office = try await BookingOffice(rules: rules, counterCount: 4, at: ModuleHouse.start)
    let appointments = Appointments(house: office.house, publicAddress: nil)
    let served = try ServedModule(appointments.routes(office.queue), gatekeeper: StandingOfficers(), in: house)
    try await body(office, served)
    await served.stop()
    await office.close()
  }

  func testAnAppointmentIsFoundByItsNumberAndABirthDateOfItsPeople() async throws {
    try await serving { office, served in
      let booked = try await office.book([try await office.apply(), try await office.apply()])
      let visitor = served.visitor()
      let receipt = try await visitor.visit("/janji/\(booked.code)")
      XCTAssertTrue(receipt.text.contains(booked.number.printed))
      let asked = try await visitor.visit("/janji/lihat")
      let form = try XCTUnwrap(asked.form(to: "/janji/lihat"))
      func answer(_ number: String, year: String) async throws -> Answer {
        try await visitor.submit(
          form.filled(["nomor": number, "lahir--hari": "1", "lahir--bulan": "1", "lahir--tahun": year]))
      }
      let found = try await answer(booked.number.printed, year: "1990")
      XCTAssertEqual(found.location, "/janji/\(booked.code)")
      let wrong = try await answer(booked.number.printed, year: "1991")
      let unknown = try await answer(AppointmentNumber(from: SystemRandom()).printed, year: "1990")
      XCTAssertEqual([wrong.status, unknown.status], [404, 404])
      XCTAssertEqual(wrong.faults, [])
      let other = try await answer(TypedNumber.example(.ticket), year: "1990")
      XCTAssertEqual(other.status, 422)
      XCTAssertTrue(other.text.contains("Ini nomor tiket, bukan nomor janji temu."))
    }
  }

  func testANumberAndABirthDateCheckInAtTheKiosk() async throws {
    let office = try await BookingOffice(at: QueueHall.morning)
    let booked = try await office.book(
      [try await office.apply()], on: BookingOffice.monday.adding(days: 1), at: "08:30")
    let born = try XCTUnwrap(CivilDate(year: 1990, month: 1, day: 1))
    let code: String? = await {
      do {
        _ = try await office.queue.checkIn(
          number: booked.number, bornOn: Personal(born.adding(days: 1)), at: "kios-1", language: .indonesian)
        return nil
      } catch { return (error as? Problem)?.code }
    }()
    XCTAssertEqual(code, "appointment.not-found")
    office.clock.set(office.house.zone.instant(booked.day, booked.begins))
    let tickets = try await office.queue.checkIn(
      number: booked.number, bornOn: Personal(born), at: "kios-1", language: .indonesian)
    XCTAssertEqual(tickets.count, 1)
    await office.close()
  }

  private func supervisor(_ served: ServedModule, _ language: String) async -> Visitor {
    let visitor = served.visitor(language)
    await visitor.with { $0.setCookie("petugas", "SUPERVISOR") }
    return visitor
  }

  func testSupervisorsSeeAppointmentsChangePlacesAllowExceptionsAndAnnounceDraws() async throws {
    try await serving { office, served in
      for language in ["id", "en"] {
        let visitor = await supervisor(served, language)
        let booked = try await office.book([try await office.apply()], at: language == "id" ? "08:30" : "09:30")
        let path = "/petugas/janji?hari=2026-11-24"
        let page = try await visitor.visit(path)
        XCTAssertEqual(page.faults, [])
        XCTAssertTrue(page.text.contains(booked.number.printed))

        let capacity = try XCTUnwrap(page.form(to: "/petugas/janji/kapasitas"))
        let empty = try await visitor.submit(capacity)
        XCTAssertEqual(empty.status, 422)
        XCTAssertEqual(empty.faults, [])
        let changed = try await visitor.submit(
          capacity.filled([
            "hari--hari": "24", "hari--bulan": "11", "hari--tahun": "2026", "dari": "08.30", "sampai": "09:00",
            "tempat": "0", "alasan-kapasitas": "Listrik padam di loket",
          ]))
        XCTAssertEqual(changed.location, path)
        let surplus = try await visitor.visit(path)
        XCTAssertTrue(surplus.text.contains("Listrik padam di loket"))
        XCTAssertEqual(surplus.faults, [])

        let exception = try XCTUnwrap(surplus.form(to: "/petugas/janji/kecualikan"))
        let silent = try await visitor.submit(
          exception.filled(["kode": booked.number.description, "izin": "move", "alasan": "ya"]))
        XCTAssertEqual(silent.status, 422)
        XCTAssertEqual(silent.faults, [])
        let allowed = try await visitor.submit(
          exception.filled(["kode": booked.number.printed, "izin": "admission", "alasan": "Sakit, surat dokter ada"]))
        XCTAssertEqual(allowed.location, "/petugas/janji")
        let twice = try await visitor.submit(
          exception.filled([
            "kode": booked.number.description, "izin": "admission", "alasan": "Sakit, surat dokter ada",
          ]))
        XCTAssertEqual(twice.location, "/petugas/janji")
        let decided = try await visitor.visit(path)
        XCTAssertEqual(
          decided.text.components(separatedBy: "Budi Contoh").count - 1, language == "id" ? 2 : 4,
          "each change and exception tells who decided it")
        let admitted = try await office.desk.appointment(booked.code)
        XCTAssertEqual(admitted?.isAdmitted, true)

        let draw = try XCTUnwrap(surplus.form(to: "/petugas/janji/undian"))
        let day = language == "id" ? "9" : "10"
        let asked = try await visitor.submit(
          draw.filled([
            "layanan-undian": "paspor", "hari-pertama--hari": day, "hari-pertama--bulan": "12",
            "hari-pertama--tahun": "2026", "hari-terakhir--hari": day, "hari-terakhir--bulan": "12",
            "hari-terakhir--tahun": "2026", "tutup--hari": "24", "tutup--bulan": "11", "tutup--tahun": "2026",
            "jam-tutup": "12.00",
          ]))
        XCTAssertEqual(asked.faults, [], "the question before announcing")
        let announced = try await visitor.confirm(asked)
        XCTAssertTrue(announced.location?.hasPrefix("/undian/") ?? false, announced.text)
        try await visitTheDraw(announced.location ?? "", office, served, language)
      }
      let clerk = served.visitor()
      await clerk.with { $0.setCookie("petugas", "CLERK") }
      let refused = try await clerk.visit("/petugas/janji")
      XCTAssertEqual(refused.status, 403)
      let exceptions = try await office.store.read { try SupervisionTable.exceptions(limit: 9, in: $0) }
      XCTAssertEqual(exceptions.count, 2)
    }
  }

  private func visitTheDraw(
    _ path: String, _ office: BookingOffice, _ served: ServedModule, _ language: String
  ) async throws {
    let visitor = served.visitor(language)
    let page = try await visitor.visit(path)
    XCTAssertEqual(page.faults, [])
    let form = try XCTUnwrap(page.form(to: path))
    let wrong = try await visitor.submit(form.filled(["nomor": "salah"]))
    XCTAssertEqual(wrong.status, 422)
    XCTAssertEqual(wrong.faults, [])
    let number = try await office.apply()
    let entry = try await visitor.visit(
      try await visitor.submit(form.filled(["nomor": number.description, "hari": ""]).filled(born)).location ?? "")
    XCTAssertEqual(entry.faults, [])
    let list = try await visitor.visit("/undian")
    XCTAssertEqual(list.faults, [])
    let file = try await visitor.visit("\(path)/daftar")
    XCTAssertTrue(file.text.contains("commitment "))
    XCTAssertFalse(file.text.contains(number.description))
  }

  func testWhoIsRefusedInADrawIsLedToWhatTheyHaveWhereTheyHaveOpenedIt() async throws {
    try await serving { office, served in
      let nik = "1371014101900001"
      let (one, two) = (try await office.apply(nik: nik), try await office.apply(nik: nik))
      let first = office.house.today.adding(days: 16)
      let draw = try await DrawDesk(house: office.house).announce(
        DrawTable.Plan(
          service: BookingOffice.passport, first: first, last: first.adding(days: 1),
          closes: office.clock.now + .hours(2), submission: "undian"),
        by: SignedInPrincipal(id: OfficerID(3), principal: .officer(OfficerID(3), .supervisor)))
      let path = "/undian/\(draw.id)"
      func enter(_ number: ApplicationNumber, _ visitor: Visitor) async throws -> Answer {
        let page = try await visitor.visit(path)
        let form = try XCTUnwrap(page.form(to: path))
        return try await visitor.submit(form.filled(["nomor": number.description, "hari": ""]).filled(born))
      }
      let (holder, other) = (served.visitor(), served.visitor())
      let entered = try await enter(one, holder)
      let entry = try XCTUnwrap(entered.location)
      let again = try await enter(two, holder)
      XCTAssertEqual(again.status, 422)
      XCTAssertEqual(again.faults, [])
      XCTAssertTrue(again.links.contains(entry), "the way to the entry there is")
      let stranger = try await enter(two, other)
      XCTAssertEqual(stranger.status, 422)
      XCTAssertFalse(stranger.links.contains(entry), "one application does not open another one's entry")

      let third = try await office.apply()
      let booked = try await office.book([third], on: office.house.today.adding(days: 1), at: "09:00")
      let has = try await enter(third, other)
      XCTAssertEqual(has.status, 422)
      XCTAssertTrue(has.links.contains("/janji/\(booked.code)"), "the way to the appointment there is")
    }
  }

  func testTheWaitingRoomWorksWithoutAScriptInBothLanguages() async throws {
    try await serving(room: AppointmentRules.WaitingRoom()) { office, served in
      // 09.00: the room in front of the release at 09.30 has just opened.
      for language in ["id", "en"] {
        let visitor = served.visitor(language)
        let number = try await office.apply()
        let party = PartyLink(numbers: [number], kind: .web, priority: nil).link("/janji/waktu").description
        let start = try await visitor.visit("/janji")
        let opened = try await visitor.submit(
          try XCTUnwrap(start.form(to: "/janji")).filled(["nomor": number.description, "jalur": "web"]).filled(born))
        XCTAssertEqual(opened.location, party)
        let turnedAway = try await visitor.get(party)
        XCTAssertEqual(turnedAway.location, "/ruang-tunggu")
        let door = try await visitor.visit("/ruang-tunggu")
        XCTAssertEqual(door.faults, [])
        let place = try await visitor.visit(
          try await visitor.submit(try XCTUnwrap(door.form(to: "/ruang-tunggu"))).location ?? "")
        XCTAssertEqual(place.faults, [])
        XCTAssertNotNil(place.header("refresh").flatMap { Int($0) })
        let back = try await visitor.get("/ruang-tunggu")
        XCTAssertTrue(back.location?.hasPrefix("/ruang-tunggu/") ?? false, "the browser's place was forgotten")

        office.clock.advance(by: .minutes(31))
        let turn = try await visitor.visit(back.location ?? "")
        XCTAssertEqual(turn.faults, [])
        XCTAssertNil(turn.header("refresh"))
        let times = try await visitor.visit(party)
        XCTAssertEqual(times.status, 200)
        XCTAssertEqual(times.faults, [])
        office.clock.advance(by: .minutes(-31))
        let unknown = try await visitor.visit("/ruang-tunggu/0000000000000")
        XCTAssertEqual(unknown.status, 404)
      }
    }
  }
}
