import Client
import Contracts
import Core
import Foundation
import HTML
import ModuleHarness
import Store
import XCTest

@testable import Appointments
@testable import Queue
@testable import Stops

/// Booking, moving and cancelling in a browser.
final class BookingPageTests: XCTestCase {
  private func serving(_ body: (BookingOffice, ServedModule) async throws -> Void) async throws {
    try await BookingOffice.serving(body)
  }

  private func assertSound(_ answer: Answer, _ what: String, line: UInt = #line) {
    XCTAssertEqual(answer.faults, [], what, line: line)
  }

  func testAnAppointmentThatAStopHitsSaysWhyAndOffersAnotherTimeAtNoCost() async throws {
    try await serving { office, served in
      let day = office.booking.today.adding(days: 1)
      let booked = try await office.book([try await office.apply()], on: day, at: "09:00")
      _ = try await office.bookings.move(booked.code, to: day, halfHour: try XCTUnwrap(CivilTime("10:00")))
      let visitor = served.visitor()
      let path = "/janji/\(booked.code)"
      let stop = StopOrder(
        service: BookingOffice.passport,
        span: OpeningSpan(from: CivilTime(minuteOfDay: 0), to: StopPeriod.endOfDay), lastDay: day,
        reason: StopReason(cause: .water), submission: "henti-1")
      try await office.stops.stop(stop, by: .officer(OfficerID(8), .supervisor))
      let words = try BookingOffice.locales().words(.indonesian)
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
      XCTAssertEqual(done.location, "\(path)?diubah=ya")
      let moved = try await office.bookings.appointment(booked.code)
      XCTAssertEqual(moved?.day, day.adding(days: 1))
      XCTAssertEqual(moved?.moves, 1)
    }
  }

  func testMovingBeginsOnTheAppointmentsDayAndSaysBeforehandHowOftenItIsPossible() async throws {
    try await serving { office, served in
      let words = try BookingOffice.locales().words(.indonesian)
      let day = office.booking.today.adding(days: 2)
      let booked = try await office.book([try await office.apply()], on: day, at: "09:00")
      let visitor = served.visitor()
      let path = "/janji/\(booked.code)"
      let page = try await visitor.visit(path)
      let left = office.booking.rules.now.movesMax
      XCTAssertTrue(
        page.text.contains(
          words(
            "appointment.receipt.can-move",
            [
              "date": words.longDate(day.adding(days: -office.booking.rules.now.moveDaysBefore)), "count": String(left),
            ])))
      let times = try await visitor.visit("\(path)/ubah")
      XCTAssertEqual(times.form(to: "\(path)/ubah")?["hari"], day.description)
      XCTAssertTrue(times.links.contains(path))
      XCTAssertFalse(times.text.contains("value=\"09:00\""), "its present time is offered")
      let same = try await visitor.submit(try XCTUnwrap(times.form(to: "\(path)/ubah")).filled(["jam": "09:00"]))
      XCTAssertEqual(same.status, 422)
      XCTAssertTrue(same.text.contains(words("appointment.move.same")), same.text)
      assertSound(same, "the present time")
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
      let form = try XCTUnwrap(start.form(to: "/janji")).filled(BookingOffice.born)
      let times = try await visitor.visit(try await visitor.submit(form).location ?? "")
      let booked = try await office.book([number], on: office.booking.today.adding(days: 1), at: "09:00")
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
      let again = try await other.submit(try XCTUnwrap(strangers.form(to: "/janji")).filled(BookingOffice.born))
      XCTAssertEqual(again.status, 422)
      XCTAssertTrue(again.links.contains(path))
    }
  }

  func testNobodyIsOfferedToComeTodayWhereNobodyIsAdmittedAnyMore() async throws {
    try await serving { office, served in
      let today = "value=\"\(SlotKind.walkIn.rawValue)\""
      let open = try await served.visitor().visit("/janji")
      XCTAssertTrue(open.text.contains(today))
      for time in ["15:55", "17:00"] {
        office.clock.set(OfficeZone.wib.instant(office.booking.today, try XCTUnwrap(CivilTime(time))))
        let page = try await served.visitor().visit("/janji")
        XCTAssertFalse(page.text.contains(today), time)
        let state = try await office.queue.availability().office
        XCTAssertTrue(page.text.contains(state.title(try BookingOffice.locales().words(.indonesian), in: .wib)), time)
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
          try await visitor.submit(try XCTUnwrap(start.form(to: "/janji")).filled(BookingOffice.born)).location ?? "")
        assertSound(times, "times")
        let chosen = try XCTUnwrap(times.form(to: "/janji/waktu")).filled(["jam": "14:00"])
        let held = try await visitor.visit(try await visitor.submit(chosen).location ?? "")
        assertSound(held, "held")
        let words = try BookingOffice.locales().words(Language(rawValue: language))
        XCTAssertTrue(held.text.contains(words("appointment.hold.final")), "today's time cannot be changed afterwards")
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
        XCTAssertTrue(move.links.contains("#hari-lain"), "other days stand below all times of this one")
        let asked = try await visitor.submit(
          try XCTUnwrap(move.form(to: "/janji/\(later.code)/ubah")).filled(["jam": "10:00"]))
        assertSound(asked, "the question before moving")
        XCTAssertTrue(
          asked.text.contains("08.30") && asked.text.contains("10.00"), "says what is left and what is taken")
        let moved = try await visitor.visit(try await visitor.confirm(asked).location ?? "")
        XCTAssertTrue(moved.text.contains("10.00–10.30"), moved.text)
        XCTAssertTrue(moved.text.contains(words("appointment.move.done")), moved.text)
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
      let opened = try await visitor.submit(
        form.filled(["nomor": number.description, "jalur": "web"]).filled(BookingOffice.born))
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
          "SELECT count(*) FROM appointments_slot WHERE day = \(fresh) AND kind <> 'walk-in' AND withdrawn = 0")
      }
      XCTAssertGreaterThan(count ?? 0, 10)
      for language in [Language.indonesian, .english] {
        let words = try BookingOffice.locales().words(language)
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
          form.filled(["nomor": number.printed, "jalur": "pregnant", "lagi": "ya"]).filled(BookingOffice.born))
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
      let sent = try await visitor.submit(form.filled(["nomor": last.description]).filled(BookingOffice.born))
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
      _ = try await holder.submit(
        asked.filled(["nomor": number.description, "jalur": "web"]).filled(BookingOffice.born))
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
      let count: Int? = try await office.store.read { try $0.value("SELECT count(*) FROM appointments_appointment") }
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
          form.filled(["nomor": number.description, "jalur": kind]).filled(BookingOffice.born))
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
      let party = try await office.bookings.party([number], kind: .walkIn)
      let days = try await office.bookings.openDays(party, kind: .walkIn)
      XCTAssertEqual(days.map(\.day), [BookingOffice.monday])
      let first = try XCTUnwrap(days.first?.begins.first)
      let promised = try await office.book(
        [number], kind: .walkIn, on: BookingOffice.monday, at: first.description)
      let page = try await visitor.visit("/janji/\(promised.code)")
      XCTAssertTrue(page.text.contains("Datang pukul \(promised.begins.spoken)"))
      assertSound(page, "promise")
    }
  }
}
