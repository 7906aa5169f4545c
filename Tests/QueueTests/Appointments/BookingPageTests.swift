import Client
import Contracts
import Core
import Foundation
import HTML
import ModuleHarness
import XCTest

@testable import Queue

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

  func testSomebodyBooksMovesAndCancelsWithoutAScriptInBothLanguages() async throws {
    try await serving { office, served in
      for language in ["id", "en"] {
        let visitor = served.visitor(language)
        let number = try await office.apply()
        let start = try await visitor.visit("/janji?nomor=\(number)")
        assertSound(start, "start")
        let times = try await visitor.visit(
          try await visitor.submit(try XCTUnwrap(start.form(to: "/janji"))).location ?? "")
        assertSound(times, "times")
        let chosen = try XCTUnwrap(times.form(to: "/janji/waktu")).filled(["jam": "14:00"])
        let held = try await visitor.visit(try await visitor.submit(chosen).location ?? "")
        assertSound(held, "held")
        let confirm = try XCTUnwrap(held.forms.first { $0.action.hasSuffix("/pesan") })
        let path = String(confirm.action.dropLast("/pesan".count))
        XCTAssertTrue(held.text.contains(number.description))
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
        let moved = try await visitor.visit(
          try await visitor.submit(
            try XCTUnwrap(move.form(to: "/janji/\(later.code)/ubah")).filled(["jam": "10:00"])
          ).location ?? "")
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
        "", "salah", "7K3M-9QXD-2 7K3M-9QXD-2", String(describing: ApplicationNumber(from: SystemRandom())),
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

  func testEachKindLeadsToItsOwnPlaces() async throws {
    try await serving { office, served in
      let visitor = served.visitor()
      let start = try await visitor.visit("/janji")
      let form = try XCTUnwrap(start.form(to: "/janji"))
      for (kind, expected) in [
        ("pregnant", "jalur=priority"), ("express", "jalur=express"), ("walk-in", "jalur=walk-in"),
      ] {
        let number = try await office.apply()
        let sent = try await visitor.submit(form.filled(["nomor": number.description, "jalur": kind]))
        XCTAssertTrue(sent.location?.contains(expected) ?? false, "\(kind): \(sent.location ?? "-")")
        assertSound(try await visitor.visit(sent.location ?? ""), kind)
      }
      // A walk-in is promised a minute of today.
      let number = try await office.apply()
      let party = try await office.desk.party([number], kind: .walkIn)
      let begins = try await office.desk.begins(party, kind: .walkIn, on: BookingOffice.monday)
      let first = try XCTUnwrap(begins.first)
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
