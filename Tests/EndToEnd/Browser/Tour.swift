import Client
import Core
import Foundation
import WebDriver
import XCTest

/// An office in the middle of its day, and the way to each of its pages.
struct Tour {
  /// One page to look at.
  struct Stop {
    let name: String
    let path: String
    /// What is done there before looking, such as sending a form.
    var before: ((BrowserSession) throws -> Void)?
  }

  let office: OfficeProcess
  let password: String
  let application: String
  let ticket: String
  let finishedTicket: String
  /// The path of a booked appointment, and the way to one's times.
  let appointment: String
  let times: String

  /// Starts the office and lets some people come.
  init(_ office: OfficeProcess) throws {
    self.office = office
    password = try office.addOfficer("budi", role: "supervisor")
    _ = try office.addOfficer("sari", role: "clerk")
    try office.start()
    let needs: [KeyValuePairs<String, String>] = [
      [:], ["prioritas": "elderly"], ["prioritas": "pregnant", "bantuan": "wheelchair"], [:], [:],
      ["prioritas": "small-child"], [:], [:], [:],
    ]
    var visits: [HallVisitor.Ticket] = []
    for (person, needs) in needs.enumerated() {
      visits.append(try HallVisitor(port: office.port).applyAndTakeNumber(person: person, needs: needs))
    }
    application = visits[6].application
    ticket = visits[6].code
    // The first call takes the first of the priority line.
    finishedTicket = visits[1].code
    let budi = Browser(port: office.port)
    _ = try budi.visit("/petugas/masuk")
    _ = try budi.post("/petugas/masuk", ["nama": "budi", "sandi": password])
    _ = try budi.visit("/petugas/permintaan-data")
    _ = try budi.post("/petugas/permintaan-data", ["nomor": visits[7].application, "jenis": "access"])
    for (counter, steps) in [(1, 3), (2, 3), (4, 2), (2, 2), (1, 1)] {
      try Self.serve(budi, counter: counter, steps: steps)
    }
    times = "/janji/waktu?nomor=\(Browser.encoded(visits[7].application))&jalur=web"
    appointment = try Self.book(visits[8].application, at: office)
    try Self.announceDraw(budi)
  }

  /// - Returns: the appointment's path.
  private static func book(_ application: String, at office: OfficeProcess) throws -> String {
    let browser = Browser(port: office.port)
    let page = try browser.visit("/janji/waktu?nomor=\(Browser.encoded(application))&jalur=web")
    let time = try XCTUnwrap(page.text.firstMatch(of: /name="jam" value="([^"]+)"/)).output.1
    let held = try browser.submit(XCTUnwrap(page.form(to: "/janji/waktu")).filled(["jam": String(time)]))
    let path = try XCTUnwrap(held.location)
    _ = try browser.follow(browser.submit(XCTUnwrap(browser.visit(path).form(to: "\(path)/pesan"))))
    return path
  }

  private static func announceDraw(_ supervisor: Browser) throws {
    let today = OfficeZone.wib.date(of: SystemClock().now)
    let (first, last, closes) = (today.adding(days: 15), today.adding(days: 20), today.adding(days: 2))
    let form = try XCTUnwrap(supervisor.visit("/petugas/janji").form(to: "/petugas/janji/undian"))
    let answer = try supervisor.submit(
      form.filled([
        "layanan-undian": OfficeWalk.serviceCode, "hari-pertama": first.description, "hari-terakhir": last.description,
        "tutup": closes.description, "jam-tutup": "12.00",
      ]))
    XCTAssertEqual(answer.location, "/undian/1")
  }

  /// Calls the next number, begins, and finishes: as many of these as `steps` says.
  private static func serve(_ officer: Browser, counter: Int, steps: Int) throws {
    let desk = "/petugas/loket/\(counter)"
    _ = try officer.follow(officer.submit(XCTUnwrap(officer.visit(desk).form(to: "\(desk)/panggil"))))
    for action in ["mulai", "selesai"].prefix(steps - 1) {
      _ = try officer.follow(officer.submit(XCTUnwrap(officer.visit(desk).form(to: "\(desk)/\(action)"))))
    }
  }

  var origin: String { "http://127.0.0.1:\(office.port)" }

  func open(_ stop: Stop, in session: BrowserSession) throws {
    try session.open(origin + stop.path)
    try stop.before?(session)
  }

  func signIn(_ session: BrowserSession) throws {
    try session.open(origin + "/petugas/masuk")
    try session.element("#f-nama").type("budi")
    try session.element("#f-sandi").type(password)
    try session.element("main form.form button[type=submit]").click()
    try session.wait(for: "the console") { try session.has(".face-console") }
  }

  /// Shows that one is the applicant.
  private func prove(_ session: BrowserSession) throws {
    for (part, text) in [("hari", "17"), ("bulan", "8"), ("tahun", "1990")] {
      try session.element("#f-lahir-\(part)").type(text)
    }
    try session.element("main form.form button[type=submit]").click()
    try session.wait(for: "one's own data") { try session.has("main .card .summary") }
  }

  private func send(_ session: BrowserSession) throws {
    try session.element("main form.form button[type=submit]").click()
    try session.wait(for: "the answer") { try session.has(".error-summary, main .notice") }
  }

  var publicStops: [Stop] {
    [
      Stop(name: "home", path: "/"), Stop(name: "services", path: "/layanan"),
      Stop(name: "service", path: "/layanan/paspor-elektronik-10"),
      Stop(name: "walk-in-service", path: "/layanan/paspor-hilang"),
      Stop(name: "form", path: "/ajukan/paspor-elektronik-10"),
      Stop(name: "form-errors", path: "/ajukan/izin-tinggal-terbatas", before: send),
      Stop(name: "receipt", path: "/permohonan/\(application)"),
      Stop(name: "take-number", path: "/antrean?nomor=\(application)"),
      Stop(name: "find-ticket", path: "/tiket"), Stop(name: "ticket", path: "/tiket/\(ticket)"),
      Stop(name: "ticket-finished", path: "/tiket/\(finishedTicket)"),
      Stop(name: "follow", path: "/lacak?nomor=\(application)"),
      Stop(
        name: "timeline", path: "/lacak?nomor=\(application)",
        before: { session in
          for (part, text) in [("hari", "17"), ("bulan", "8"), ("tahun", "1990")] {
            try session.element("#f-lahir-\(part)").type(text)
          }
          try session.element("main form.form button[type=submit]").click()
          try session.wait(for: "the timeline") { try session.has(".timeline") }
        }),
      Stop(name: "survey", path: "/survei?tiket=\(finishedTicket)"), Stop(name: "thanks", path: "/survei/terima-kasih"),
      Stop(name: "complaint", path: "/pengaduan"), Stop(name: "complaint-status", path: "/pengaduan/status"),
      Stop(name: "help", path: "/bantuan-akses"), Stop(name: "not-found", path: "/tidak-ada"),
      Stop(name: "sign-in", path: "/petugas/masuk"), Stop(name: "appointments", path: "/janji"),
      Stop(name: "appointment-times", path: times), Stop(name: "appointment", path: appointment),
      Stop(name: "appointment-move", path: "\(appointment)/ubah"),
      Stop(name: "appointment-cancel", path: "\(appointment)/batal"), Stop(name: "waiting-room", path: "/ruang-tunggu"),
      Stop(name: "draws", path: "/undian"), Stop(name: "draw", path: "/undian/1"),
      Stop(name: "own-data-look-up", path: "/data-saya?nomor=\(application)"),
      Stop(name: "own-data", path: "/data-saya?nomor=\(application)", before: prove),
      Stop(name: "ask-for-copy", path: "/data-saya/\(application)/minta/access"),
      Stop(name: "ask-for-correction", path: "/data-saya/\(application)/minta/rectification"),
      Stop(name: "ask-for-correction-errors", path: "/data-saya/\(application)/minta/rectification", before: send),
      Stop(name: "ask-for-erasure", path: "/data-saya/\(application)/minta/erasure"),
      Stop(
        name: "request", path: "/data-saya/\(application)/minta/restriction",
        before: { session in
          try session.element("main form.form button[type=submit]").click()
          try session.wait(for: "the request") { try session.has(".keep-code, main .notice.error") }
        }),
      Stop(name: "verify", path: "/verifikasi"),
    ]
  }

  /// The pages of officers; a supervisor sees them all.
  var officeStops: [Stop] {
    [
      Stop(name: "console-home", path: "/petugas"), Stop(name: "counters", path: "/petugas/loket"),
      Stop(name: "counter", path: "/petugas/loket/1"), Stop(name: "counter-free", path: "/petugas/loket/3"),
      Stop(name: "work-list", path: "/petugas/berkas"),
      Stop(name: "case-look-up", path: "/petugas/permohonan?nomor=\(application)"),
      Stop(
        name: "case", path: "/petugas/permohonan?nomor=\(application)",
        before: { session in
          try session.element("main form.form button[type=submit]").click()
          try session.wait(for: "the case") { try session.has(".summary") }
        }),
      Stop(name: "hall", path: "/petugas/ruang"),
      Stop(name: "report", path: "/petugas/laporan?jangka=minggu&menurut=hari"),
      Stop(name: "calls-for-help", path: "/petugas/bantuan"), Stop(name: "accounts", path: "/petugas/akun"),
      Stop(name: "password", path: "/petugas/sandi"), Stop(name: "survey-results", path: "/petugas/survei"),
      Stop(name: "complaints", path: "/petugas/pengaduan"), Stop(name: "appointments-desk", path: "/petugas/janji"),
      Stop(name: "request-at-counter", path: "/petugas/permintaan-data"),
      Stop(name: "break-glass", path: "/petugas/hak-data/darurat"),
      Stop(name: "break-glass-errors", path: "/petugas/hak-data/darurat", before: send),
      Stop(name: "data-protection", path: "/petugas/hak-data"),
      Stop(name: "openings", path: "/petugas/hak-data/pembukaan"),
      Stop(
        name: "request-case", path: "/petugas/hak-data",
        before: { session in
          try session.element("main a[href^=\"/petugas/hak-data/kasus/\"]").click()
          try session.wait(for: "the case") { try session.has("main form.form") }
        }),
    ]
  }

  var displayStop: Stop { Stop(name: "display", path: "/display") }
}
