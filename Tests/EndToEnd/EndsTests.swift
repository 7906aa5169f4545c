import Client
import Core
import Foundation
import XCTest

/// What ends in one module ends in all: a person is erased in every state that their number, or their appointment, can
/// be in, and every face says so and offers nothing that no longer works.
final class EndsTests: XCTestCase {
  /// How a number comes into a state at counter 1, and how the counter is cleared afterwards.
  private struct Situation {
    let name: String
    let path: [String]
    let clearing: [String]
    /// Whether its holder stands at the counter.
    var isAtCounter = false
    /// Whether its end follows from the erasure.
    var isWithdrawn = false
  }

  private static let situations = [
    Situation(name: "waiting", path: [], clearing: [], isWithdrawn: true),
    Situation(name: "called", path: ["panggil"], clearing: ["mulai", "selesai"], isAtCounter: true),
    Situation(name: "serving", path: ["panggil", "mulai"], clearing: ["selesai"], isAtCounter: true),
    Situation(name: "hold", path: ["panggil", "tunda"], clearing: [], isWithdrawn: true),
    Situation(name: "no-show", path: ["panggil", "tidak-hadir"], clearing: [], isWithdrawn: true),
    Situation(name: "finished", path: ["panggil", "mulai", "selesai"], clearing: []),
  ]

  private func words() throws -> Words {
    try Locales.load(directory: OfficeProcess.repository.appendingPathComponent("share/locales").path)
      .words(.indonesian)
  }

  private func openHall(
    configure: (OfficeProcess) throws -> Void = { _ in }
  ) throws -> (OfficeProcess, Browser) {
    let office = try closedOffice()
    try configure(office)
    try office.liftRates()
    let password = try office.addOfficer("budi", role: "supervisor")
    try office.start()
    let supervisor = Browser(port: office.port)
    let form = try XCTUnwrap(try supervisor.visit("/petugas/masuk").form(to: "/petugas/masuk"))
    XCTAssertEqual(try supervisor.submit(form.filled(["nama": "budi", "sandi": password])).status, 303)
    _ = try supervisor.visit("/petugas/loket/1")
    _ = try supervisor.post("/petugas/loket/1/buka", [:])
    return (office, supervisor)
  }

  func testEveryFaceTellsTheEndOfAnErasedPersonInEveryStateOfTheirNumber() throws {
    let (office, supervisor) = try openHall()
    let words = try words()
    var erased: [String] = []
    for (index, situation) in Self.situations.enumerated() {
      let visitor = HallVisitor(port: office.port)
      let number = try visitor.apply(person: 100 + index)
      let ticket = try visitor.takeNumber(application: number)
      let id = try office.query("SELECT id FROM queue_ticket WHERE code = '\(ticket.code)'")
      func act(_ action: String) throws {
        let answer = try supervisor.post(
          "/petugas/loket/1/\(action)", ["tiket": id, "alasan-tunda": "copy", "menit": "5"])
        XCTAssertEqual(answer.status, 303, "\(situation.name): \(action)")
      }
      for action in situation.path { try act(action) }
      let before = try office.query("SELECT state FROM queue_ticket WHERE id = \(id)")
      XCTAssertEqual(before, situation.name)

      try erase(number, supervisor)
      erased.append(number)
      try assertReceiptEnded(number, visitor.browser, words, situation.name)
      try assertNothingNewIsGiven(number, visitor.browser, words, situation.name)
      let page = try visitor.browser.visit("/tiket/\(ticket.code)")
      if situation.isWithdrawn {
        XCTAssertTrue(page.text.contains(words("queue.ending.erased")), "\(situation.name): \(page.text)")
        for action in ["batalkan", "hadir-kembali"] {
          XCTAssertNil(page.form(to: "/tiket/\(ticket.code)/\(action)"), "\(situation.name): a dead button")
        }
        // A call that was made stays among the earlier ones.
        if situation.path.isEmpty {
          XCTAssertFalse(try visitor.browser.visit("/display").text.contains(ticket.number), situation.name)
        }
      } else {
        XCTAssertFalse(page.text.contains(words("queue.ticket.next.title")), situation.name)
      }
      if situation.isAtCounter {
        let counter = try supervisor.visit("/petugas/loket/1").text
        XCTAssertTrue(counter.contains(words("queue.console.ended.erased")), situation.name)
        XCTAssertFalse(counter.contains(words("queue.console.walk-in-text")), situation.name)
      }
      for action in situation.clearing { try act(action) }
      let called = try supervisor.post("/petugas/loket/1/panggil", [:])
      XCTAssertTrue(called.location?.contains("kosong") ?? false, "\(situation.name): somebody erased was called")
    }
    let workList = try supervisor.visit("/petugas/berkas").text
    XCTAssertEqual(erased.filter(workList.contains), [], "officers are to work on what was erased")
  }

  func testEveryFaceTellsTheEndOfAnErasedPersonsAppointment() throws {
    let (office, supervisor) = try openHall()
    let words = try words()
    for (index, isConfirmed) in [true, false].enumerated() {
      let visitor = HallVisitor(port: office.port)
      let browser = visitor.browser
      let number = try visitor.apply(person: 200 + index)
      let day = office.clock.today.adding(days: 5).description
      let times = try browser.visit("/janji/waktu?nomor=\(Browser.encoded(number))&jalur=web&hari=\(day)")
      let time = try XCTUnwrap(times.text.firstMatch(of: /name="jam" value="([^"]+)"/), times.text).output.1
      let held = try browser.submit(XCTUnwrap(times.form(to: "/janji/waktu")).filled(["jam": String(time)]))
      let path = try XCTUnwrap(held.location)
      if isConfirmed { _ = try browser.submit(XCTUnwrap(browser.visit(path).form(to: "\(path)/pesan"))) }
      try erase(number, supervisor)
      let page = try browser.visit(path)
      let state = isConfirmed ? "cancelled" : "lapsed"
      XCTAssertTrue(page.text.contains(words(MessageKey("appointment.state", named: state))), page.text)
      for action in ["pesan", "ubah", "batal", "datang"] {
        XCTAssertNil(page.form(to: "\(path)/\(action)"), "a dead button: \(action)")
        XCTAssertFalse(page.links.contains("\(path)/\(action)"), "a dead link: \(action)")
      }
      let file = try browser.visit("\(path)/kalender")
      XCTAssertEqual(file.text.contains("METHOD:CANCEL"), isConfirmed)
    }
  }

  func testWhatAnErasedPersonHadAskedForAndReportedEndsToo() throws {
    let (office, supervisor) = try openHall()
    let words = try words()
    let visitor = HallVisitor(port: office.port)
    let number = try visitor.apply(person: 300)
    let report = try XCTUnwrap(try visitor.browser.get("/pengaduan").form(to: "/pengaduan"))
    let sent = try visitor.browser.submit(
      report.filled(["jenis": "complaint", "tentang": "conduct", "isi": "Contoh pengaduan", "kontak": "08000000301"]))
    let complaint = try XCTUnwrap(sent.location, sent.text)
    let copy = try ask(for: "access", number, supervisor)
    let before = try visitor.browser.visit("/permintaan-data/\(copy)")
    XCTAssertFalse(before.text.contains(words("privacy.status.overtaken")))

    try erase(number, supervisor, alsoErasing: try office.query("SELECT subject FROM feedback_complaint"))
    let request = try visitor.browser.visit("/permintaan-data/\(copy)")
    XCTAssertTrue(request.text.contains(words("privacy.status.overtaken")), request.text)
    XCTAssertFalse(request.text.contains(words("privacy.done.access")), "a copy is promised that nobody can fetch")
    XCTAssertFalse(request.links.contains { $0.contains("/data-saya?nomor=") }, "a dead link")
    let status = try visitor.browser.visit(complaint)
    for action in ["/pengaduan/selesai", "/pengaduan/buka-kembali"] {
      XCTAssertNil(status.form(to: action), "a dead button: \(action)")
    }
    XCTAssertFalse(status.text.contains("Contoh pengaduan"))
  }

  func testAnErasedPersonWhoHasComeWithAnAppointmentIsNotCalled() throws {
    // People may come hours early, so that a place of today can be taken at once.
    let (office, supervisor) = try openHall { office in
      let file = office.configuration.appendingPathComponent("appointments.json5")
      try String(contentsOf: file, encoding: .utf8).replacing("earlyMinutes: 30", with: "earlyMinutes: 480")
        .replacing("walkIn: 20", with: "walkIn: 70").write(to: file, atomically: true, encoding: .utf8)
    }
    let words = try words()
    let visitor = HallVisitor(port: office.port)
    let browser = visitor.browser
    let number = try visitor.apply(person: 400)
    let start = try XCTUnwrap(browser.visit("/janji").form(to: "/janji"))
    let times = try browser.follow(browser.submit(start.filled(["nomor": number, "jalur": "walk-in"])))
    let time = try XCTUnwrap(times.text.firstMatch(of: /name="jam" value="([^"]+)"/), times.text).output.1
    let held = try browser.submit(XCTUnwrap(times.form(to: "/janji/waktu")).filled(["jam": String(time)]))
    let path = try XCTUnwrap(held.location)
    _ = try browser.submit(XCTUnwrap(browser.visit(path).form(to: "\(path)/pesan")))
    let arrived = try browser.submit(XCTUnwrap(browser.visit(path).form(to: "\(path)/datang")))
    let ticket = try XCTUnwrap(arrived.location, arrived.text)
    try erase(number, supervisor)
    XCTAssertTrue(try browser.visit(ticket).text.contains(words("queue.ending.erased")))
    let page = try browser.visit(path)
    XCTAssertFalse(page.text.contains(words("appointment.state-text.checked-in")), "a turn is promised")
    XCTAssertTrue(page.text.contains(words("appointment.visit-end.over")), page.text)
    XCTAssertTrue(
      try supervisor.post("/petugas/loket/1/panggil", [:]).location?.contains("kosong") ?? false,
      "somebody erased was called")
  }

  func testAPersonAtTheKioskWhoIsErasedMeanwhileGetsNoNumberAndIsToldWhy() throws {
    let (office, supervisor) = try openHall()
    let words = try words()
    let number = try HallVisitor(port: office.port).apply(person: 401)
    let window = try KioskWalk.openWindow(office, columns: 80, rows: 24)
    defer { window.close() }
    let kiosk = KioskWalk(window: window)
    try kiosk.chooseLanguage(.indonesian, words)
    try kiosk.choose(words("kiosk.menu.number"))
    try window.wait(for: words("kiosk.application.question"))
    try kiosk.choose(words("kiosk.yes"))
    try window.wait(for: words("kiosk.application.enter"))
    try window.enter(number)
    try window.wait(for: words("kiosk.birth.enter"))
    try window.enter("17081990")
    try window.wait(for: words("kiosk.priority.question"))
    try erase(number, supervisor)
    try kiosk.choose(words("kiosk.priority.none"))
    try window.wait(for: words("kiosk.assistance.question"))
    try window.press("Enter")
    try window.wait(for: words("kiosk.confirm.title"))
    try window.press("Enter")
    try window.wait(for: words("problem.queue.application-ended.title"))
    XCTAssertEqual(try office.query("SELECT count(*) FROM queue_ticket"), "0")
  }

  func testWhatItsHolderGivesUpIsGivenUpOnEveryFace() throws {
    let (office, supervisor) = try openHall()
    let words = try words()
    let visitor = HallVisitor(port: office.port)
    let browser = visitor.browser
    let ticket = try visitor.applyAndTakeNumber(person: 402)
    let page = try browser.visit("/tiket/\(ticket.code)")
    _ = try browser.confirm(browser.submit(XCTUnwrap(page.form(to: "/tiket/\(ticket.code)/batalkan"))))
    let board = try browser.events("/display/peristiwa")
    XCTAssertNotNil(try board.first { $0.name == "isi" && !$0.data.contains(ticket.number) }, "it stays on the display")
    board.close()
    XCTAssertTrue(try supervisor.post("/petugas/loket/1/panggil", [:]).location?.contains("kosong") ?? false)
    // The visit is over, the application is not: it may come again, and no survey asks how it was served.
    XCTAssertNotEqual(try browser.visit("/survei?tiket=\(ticket.code)").status, 200)
    let receipt = try browser.visit("/permohonan/\(ticket.application)")
    XCTAssertTrue(receipt.links.contains("/antrean?nomor=\(ticket.application)"))
    XCTAssertFalse(receipt.text.contains(words("registration.ended-text.erased")))
    XCTAssertNotEqual(try visitor.takeNumber(application: ticket.application).code, ticket.code)
  }

  func testAnOfficerWhoIsGoneKeepsNoCounterOpen() throws {
    let (office, supervisor) = try openHall()
    let words = try words()
    XCTAssertEqual(try supervisor.post("/petugas/loket/1/tutup", [:]).status, 303)
    let clerk = try office.seatOfficer("sari", at: 2)
    let visitor = HallVisitor(port: office.port)
    let ticket = try visitor.applyAndTakeNumber(person: 403)
    let path = "/tiket/\(ticket.code)"
    XCTAssertTrue(try visitor.browser.visit(path).text.contains(words("queue.ticket.next.title")))
    XCTAssertEqual(try clerk.post("/petugas/keluar", [:]).status, 303)
    XCTAssertTrue(try visitor.browser.visit(path).text.contains(words("availability.unattended.title")))
    XCTAssertTrue(try supervisor.visit("/petugas/ruang").text.contains(words("queue.hall.unattended")))
  }

  func testWhoClosesAnAccountIsToldWhoseNumberGoesBackIntoTheQueue() throws {
    let (office, _) = try openHall()
    let words = try words()
    let clerk = try office.seatOfficer("sari", at: 2)
    let ticket = try HallVisitor(port: office.port).applyAndTakeNumber(person: 404)
    XCTAssertEqual(try clerk.post("/petugas/loket/2/panggil", [:]).status, 303)
    let password = try office.addOfficer("rina", role: "supervisor")
    let supervisor = Browser(port: office.port)
    _ = try supervisor.visit("/petugas/masuk")
    XCTAssertEqual(try supervisor.post("/petugas/masuk", ["nama": "rina", "sandi": password]).status, 303)
    _ = try supervisor.visit("/petugas/akun")
    let path = try "/petugas/akun/\(office.query("SELECT id FROM officers_account WHERE username = 'sari'"))/tutup"
    let asked = try supervisor.post(path, [:])
    for sentence in [
      words("officers.seat.in-hand", ["counter": "2", "number": ticket.number]),
      words("officers.closing.number", ["number": ticket.number]),
    ] { XCTAssertTrue(asked.text.contains(sentence), sentence) }
    let closed = try supervisor.submit(XCTUnwrap(asked.form(to: path)))
    XCTAssertEqual(closed.status, 303)
    XCTAssertEqual(
      try office.query("SELECT state FROM queue_ticket WHERE code = '\(ticket.code)'"), "waiting")
  }

  // MARK: the faces

  private func assertReceiptEnded(
    _ number: String, _ browser: Browser, _ words: Words, _ situation: String
  ) throws {
    let path = "/permohonan/\(Browser.encoded(number))"
    let receipt = try browser.visit(path)
    XCTAssertEqual(receipt.status, 200)
    XCTAssertTrue(receipt.text.contains(words("registration.ended-text.erased")), situation)
    XCTAssertFalse(receipt.text.contains(words("registration.receipt.title")), situation)
    let dead = receipt.links.filter { $0.contains("nomor=") || $0.contains("/dokumen") }
    XCTAssertEqual(dead, [], "\(situation): dead buttons on the receipt")
    XCTAssertEqual(try browser.visit("\(path)/dokumen").status, 409, situation)
  }

  private func assertNothingNewIsGiven(
    _ number: String, _ browser: Browser, _ words: Words, _ situation: String
  ) throws {
    let page = try browser.visit("/antrean?nomor=\(Browser.encoded(number))")
    let refused = try browser.submit(try XCTUnwrap(page.form(to: "/antrean")))
    if refused.status == 303 {
      // Who stands at a counter gets the same number again.
      XCTAssertTrue(["called", "serving"].contains(situation), situation)
    } else {
      XCTAssertEqual(refused.status, 422, situation)
      XCTAssertTrue(refused.text.contains(words("problem.queue.application-ended.title")), refused.text)
    }
    let booking = try browser.visit("/janji/waktu?nomor=\(Browser.encoded(number))&jalur=web")
    XCTAssertEqual(booking.status, 409, "\(situation): times are offered")
    let look = try browser.visit("/lacak?nomor=\(Browser.encoded(number))")
    let found = try browser.submit(
      try XCTUnwrap(look.form(to: "/lacak")).filled([
        "lahir--hari": "17", "lahir--bulan": "08", "lahir--tahun": "1990",
      ]))
    // The same for an unknown number; who asks for many is slowed down.
    XCTAssertTrue([404, 429].contains(found.status), "\(situation): \(found.status)")
  }

  /// - Returns: the case's code.
  private func ask(for kind: String, _ number: String, _ supervisor: Browser) throws -> String {
    let counter = "/petugas/permintaan-data"
    let asked = try supervisor.submit(
      try XCTUnwrap(try supervisor.get(counter).form(to: counter)).filled(["nomor": number, "jenis": kind]))
    return String(try XCTUnwrap(asked.location?.split(separator: "/").last, asked.text))
  }

  private func erase(_ number: String, _ supervisor: Browser, alsoErasing other: String? = nil) throws {
    let path = "/petugas/hak-data/kasus/\(try ask(for: "erasure", number, supervisor))"
    let form = try XCTUnwrap(try supervisor.get(path).form(to: path))
    let decided = try supervisor.confirm(
      supervisor.submit(
        other.map { form.filled(["putusan": "in-person", "ikut": $0]) } ?? form.filled(["putusan": "in-person"])))
    XCTAssertEqual(decided.status, 303, decided.text)
  }
}
