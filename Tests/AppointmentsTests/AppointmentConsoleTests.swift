import Client
import Contracts
import Core
import Foundation
import HTML
import ModuleHarness
import Store
import XCTest

@testable import Appointments

/// The supervisors' page, draws and the waiting room in a browser, and appointments that are looked up.
final class AppointmentConsoleTests: XCTestCase {
  private func serving(
    room: AppointmentRules.WaitingRoom? = nil, _ body: (BookingOffice, ServedModule) async throws -> Void
  ) async throws {
    let house = try ModuleOffice()
    var rules = BookingOffice.sharedRules
    rules.waitingRoom = room
    rules.release.at = CivilTime(minuteOfDay: 9 * 60 + 30)
    let office = try await BookingOffice(rules: rules, counterCount: 4, at: ModuleOffice.start)
    let served = try ServedModule(office.routes(), gatekeeper: StandingOfficers(), in: house)
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
    let office = try await BookingOffice(at: BookingOffice.morning)
    let booked = try await office.book(
      [try await office.apply()], on: BookingOffice.monday.adding(days: 1), at: "08:30")
    let born = try XCTUnwrap(CivilDate(year: 1990, month: 1, day: 1))
    let code: String? = await {
      do {
        _ = try await office.checkIns.checkIn(
          number: booked.number, bornOn: Personal(born.adding(days: 1)), at: "kios-1", language: .indonesian)
        return nil
      } catch { return (error as? Problem)?.code }
    }()
    XCTAssertEqual(code, "appointment.not-found")
    office.clock.set(office.booking.zone.instant(booked.day, booked.begins))
    let tickets = try await office.checkIns.checkIn(
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
        let told = language == "id" ? "08.30–09.00" : "09.30–10.00"
        XCTAssertTrue(page.text.contains(told), "officers and holders speak of the same time")

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
        let admitted = try await office.bookings.appointment(booked.code)
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
        let console = try await visitor.visit(announced.location ?? "")
        XCTAssertEqual(console.faults, [])
        let words = try BookingOffice.locales().words(Language(rawValue: language))
        XCTAssertTrue(console.text.contains(words("appointment.draw.announced")), console.text)
        let id = try XCTUnwrap(announced.location?.split(separator: "=").last)
        XCTAssertTrue(console.links.contains("/undian/\(id)"), "the way to the public's page")
        try await assertAllWasSaid(of: day, on: asked.text, office)
        try await visitTheDraw("/undian/\(id)", office, served, language)
      }
      let clerk = served.visitor()
      await clerk.with { $0.setCookie("petugas", "CLERK") }
      let refused = try await clerk.visit("/petugas/janji")
      XCTAssertEqual(refused.status, 403)
      let exceptions = try await office.store.read { try SupervisionTable.exceptions(limit: 9, in: $0) }
      XCTAssertEqual(exceptions.count, 2)
    }
  }

  /// What cannot be changed afterwards was on the page that asked.
  private func assertAllWasSaid(of day: String, on question: String, _ office: BookingOffice) async throws {
    let latest = try await office.store.read { try DrawTable.latest(limit: 1, in: $0) }
    let draw = try XCTUnwrap(latest.first)
    XCTAssertGreaterThan(draw.slots, 0)
    let name = office.booking.serviceName(draw.service)
    XCTAssertTrue(name.all.contains { question.contains($0) }, "the service")
    for fact in [" \(day) ", ", 24 November 2026", "12.00 WIB", "<dd>\(draw.slots)</dd>"] {
      XCTAssertTrue(question.contains(fact), "\(fact) is not said: \(question)")
    }
  }

  func testADrawThatWouldBeRefusedIsNotAskedAbout() async throws {
    try await serving { office, served in
      let visitor = await supervisor(served, "id")
      let page = try await visitor.visit("/petugas/janji")
      let form = try XCTUnwrap(page.form(to: "/petugas/janji/undian"))
      // In the past, after the first day, at no time of day, and for days that are far beyond the plan.
      for (first, closes, time) in [
        ("2026-12-09", "2026-11-01", "12.00"), ("2026-12-09", "2026-12-09", "12.00"),
        ("2026-12-09", "2026-11-24", "siang"), ("2028-12-09", "2026-11-24", "12.00"),
      ] {
        let refused = try await visitor.submit(
          form.filled([
            "layanan-undian": "paspor", "hari-pertama": first, "hari-terakhir": first, "tutup": closes,
            "jam-tutup": time,
          ]))
        XCTAssertEqual(refused.status, 422, "\(first), \(closes), \(time)")
        XCTAssertEqual(refused.faults, [])
      }
      let announced = try await office.store.read { try DrawTable.latest(limit: 9, in: $0) }
      XCTAssertEqual(announced.count, 0)
    }
  }

  func testAnExceptionForAnAppointmentThatHasEndedIsRefusedInWordsForASupervisor() async throws {
    try await serving { office, served in
      let booked = try await office.book([try await office.apply()], at: "08:30")
      try await office.bookings.cancel(booked.code)
      let visitor = await supervisor(served, "id")
      let page = try await visitor.visit("/petugas/janji")
      let form = try XCTUnwrap(page.form(to: "/petugas/janji/kecualikan"))
      let refused = try await visitor.submit(
        form.filled(["kode": booked.number.printed, "izin": "move", "alasan": "Sakit, surat dokter ada"]))
      XCTAssertEqual(refused.status, 422)
      XCTAssertTrue(refused.text.contains("Tidak ada lagi yang dapat diizinkan untuknya."), refused.text)
      XCTAssertFalse(refused.text.contains("ambil nomor antrean biasa"), "the words for its holder")
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
      try await visitor.submit(form.filled(["nomor": number.description, "hari": ""]).filled(BookingOffice.born))
        .location ?? "")
    XCTAssertEqual(entry.faults, [])
    let words = try BookingOffice.locales().words(Language(rawValue: language))
    XCTAssertTrue(entry.text.contains(words("appointment.entry.any-day")), entry.text)
    let booking = try await visitor.visit("/janji")
    XCTAssertTrue(booking.links.contains("/undian"), "there is a draw, and no way to it")
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
      let first = office.booking.today.adding(days: 16)
      let draw = try await office.draws.announce(
        DrawTable.Plan(
          service: BookingOffice.passport, first: first, last: first.adding(days: 1),
          closes: office.clock.now + .hours(2), submission: "undian"),
        by: .officer(OfficerID(3), .supervisor))
      let path = "/undian/\(draw.id)"
      func enter(_ number: ApplicationNumber, _ visitor: Visitor) async throws -> Answer {
        let page = try await visitor.visit(path)
        let form = try XCTUnwrap(page.form(to: path))
        return try await visitor.submit(
          form.filled(["nomor": number.description, "hari": ""]).filled(BookingOffice.born))
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
      let booked = try await office.book([third], on: office.booking.today.adding(days: 1), at: "09:00")
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
          try XCTUnwrap(start.form(to: "/janji")).filled(["nomor": number.description, "jalur": "web"]).filled(
            BookingOffice.born))
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
