import Client
import Core
import Foundation
import XCTest

/// For each act that writes, each call of the disk fails once: the answer says truly whether the act has happened, and the
/// next one goes on. `GAPURA_TEST_EVERY_CALL=1` fails all calls (`make soak`), else some.
final class EveryWriteTests: XCTestCase {
  static let service = "paspor-elektronik-10"
  static let ledger = "SELECT count(*) FROM vault_ledger"

  /// What the public does, in `testEveryActOfThePublic`.
  private static let publicActs: Set<String> = [
    "/ajukan/:layanan", "/permohonan/:nomor", "/permohonan/:nomor/dokumen/bukti", "/permohonan/:nomor/dokumen/:syarat",
    "/permohonan/:nomor/dokumen/:syarat/hapus", "/antrean", "/tiket/:kode/batalkan", "/tiket/:kode/hadir-kembali",
    "/janji/waktu", "/janji/:kode/pesan", "/janji/:kode/ubah", "/janji/:kode/batal", "/janji/:kode/datang",
    "/pengaduan",
    "/pengaduan/selesai", "/pengaduan/buka-kembali", "/survei", "/bantuan-akses", "/data-saya",
    "/data-saya/:nomor/persetujuan", "/data-saya/:nomor/minta/:jenis", "/undian/:undian", "/petugas/masuk",
    "/petugas/keluar",
  ]

  /// What officers do beside what the console's own test presses, in `ConsoleWriteTests`.
  static let consoleActs: Set<String> = ["/petugas/hak-data/darurat"]

  /// What no act of these tests is: it writes nothing, or is the same write as another one.
  private static let elsewhere: [String: String] = [
    "/cari": "reads", "/lacak": "reads", "/tiket": "reads", "/verifikasi": "reads", "/permintaan-data": "reads",
    "/pengaduan/status": "reads", "/janji": "reads", "/janji/lihat": "reads", "/data-saya/keluar": "a cookie",
    "/petugas/permohonan": "an entry of the ledger, as with the break-glass",
    "/petugas/hak-data/kasus/:kode/buka": "an entry of the ledger, as with the break-glass",
    "/petugas/survei/komentar": "an entry of the ledger, as with the break-glass",
    "/data-saya/:nomor/salinan": "an entry of the ledger, as with the break-glass",
    "/petugas/ruang/sisa-hari": "transitions of tickets, as with the day that is closed",
    "/petugas/ruang/lepas": "a transition of a ticket, as with each action of a counter",
    "/petugas/permohonan/:nomor/dokumen": "the entry comes with the document, which the page fetches",
    "/ruang-tunggu": "a row for a place, only while a release is on",
  ]

  /// What administrators do, in `CommandWriteTests`.
  static let commandActs: Set<String> = [
    "backup", "vault backup-ring", "vault rotate", "ledger head", "officer add", "officer disable", "officer enable",
    "officer reset", "clock", "loss", "restore", "vault retention", "vault undo-retention",
    "queue close-day",
  ]

  private static let commandsElsewhere: [String: String] = [
    "serve": "all other tests", "kiosk": "a terminal", "display": "a terminal", "verify-receipt": "reads",
    "vault check": "reads", "ledger verify": "reads", "ledger key": "reads", "officer list": "reads",
    "catalogue check": "reads", "vault shares": "shows what it makes",
    "vault init": "CommandWriteTests/testTheFirstCommandLeavesAllOrNothing",
    "vault recover": "writes the root key's file, as init does", "vault replay-erasures": "as each start does",
    "migrate": "as each start does",
  ]

  // MARK: Nothing is forgotten

  func testEveryRouteThatTakesAFormIsTriedOrSaysWhyNot() throws {
    let console = try ConsoleHand.steps { $0 }.filter { $0.changes != nil && $0.control.hasPrefix("post ") }
      .map { ConsoleStep.pattern(of: $0.control) }
    func isTried(_ route: String) -> Bool {
      if Self.publicActs.contains(route) || Self.consoleActs.contains(route) || Self.elsewhere[route] != nil {
        return true
      }
      return console.contains { ConsoleStep.matches($0, route) }
    }
    let routes = try WritePaths.routes()
    XCTAssertGreaterThan(routes.count, 60)
    XCTAssertEqual(
      routes.filter { !isTried($0) }.sorted(), [], "nobody tries what becomes of these on a disk that fails")
    XCTAssertEqual(
      Self.publicActs.union(Self.consoleActs).union(Self.elsewhere.keys).subtracting(routes).sorted(), [],
      "there are no such routes any more")
  }

  func testEveryCommandIsTriedOrSaysWhyNot() throws {
    let commands = try WritePaths.commands()
    XCTAssertGreaterThan(commands.count, 20)
    let known = Self.commandActs.union(Self.commandsElsewhere.keys)
    XCTAssertEqual(
      commands.subtracting(known).sorted(), [], "nobody tries what becomes of these on a disk that fails")
    XCTAssertEqual(known.subtracting(commands).sorted(), [], "there are no such commands any more")
  }

  // MARK: The public

  func testEveryActOfThePublic() throws {
    let office = try closedOffice()
    try office.liftRates()
    // People may come hours early, so that a place of today can be taken at once.
    try rewrite("appointments.json5", office) {
      $0.replacing("earlyMinutes: 30", with: "earlyMinutes: 480").replacing("walkIn: 20", with: "walkIn: 70")
    }
    let password = try office.addOfficer("budi", role: "supervisor")
    let disk = try OfficeDisk(of: office)
    try office.start(environment: disk.environment(office.clock))
    let walk = WriteWalk(office, disk)
    let officer = Browser(port: office.port)
    try walk.take(
      "/petugas/masuk", "SELECT count(*) FROM officers_session", officer, on: "/petugas/masuk", to: "/petugas/masuk",
      ["nama": "budi", "sandi": password])
    let desk = "/petugas/loket/1"
    try walk.take(
      "/petugas/loket/:loket/buka", "SELECT coalesce(max(state), '') FROM queue_counter WHERE number = 1", officer,
      on: desk, to: "\(desk)/buka")
    let (person, number) = try apply(1, walk)
    try documents(of: number, person, officer, walk)
    try ownData(of: number, officer, walk)
    try visits(officer, walk)
    try appointments(officer, walk)
    try complaints(officer, walk)
    try walk.take(
      "/bantuan-akses", "SELECT count(*) FROM accessibility_help", person, on: "/bantuan-akses", to: "/bantuan-akses",
      ["tempat": "web-waiting"])
    try walk.take(
      "/petugas/keluar", "SELECT count(*) FROM officers_session", officer, on: "/petugas", to: "/petugas/keluar")
    XCTAssertEqual(Self.publicActs.subtracting(walk.tried).sorted(), [], "not tried")
    XCTAssertGreaterThan(walk.refusalCount, 2 * Self.publicActs.count, "hardly anything has failed")
    try walk.restart()
  }

  private func apply(_ person: Int, _ walk: WriteWalk) throws -> (Browser, String) {
    let browser = Browser(port: walk.office.port)
    let path = "/ajukan/\(Self.service)"
    let answer = try walk.take(
      "/ajukan/:layanan",
      "SELECT (SELECT count(*) FROM registration_application), (SELECT count(*) FROM tracking_case), "
        + "(SELECT count(*) FROM vault_subjects)",
      browser, on: path, to: path, HallVisitor.answers(person: person))
    return (browser, String(try XCTUnwrap(answer.location?.split(separator: "/").last)))
  }

  private func documents(of number: String, _ person: Browser, _ officer: Browser, _ walk: WriteWalk) throws {
    let path = "/permohonan/\(number)/dokumen"
    let slot = try XCTUnwrap(person.visit(path).forms.map(\.action).first { $0.hasPrefix("\(path)/") })
    let count = "SELECT count(*) FROM documents_document"
    try walk.take("/permohonan/:nomor/dokumen/:syarat", count) {
      _ = try person.visit(path)
      let content = Array("%PDF-1.7\nsurat\nstartxref\n0\n%%EOF\n".utf8)
      return {
        try person.postMultipart(
          slot, [MultipartPart("berkas", fileName: "ktp.pdf", mediaType: "application/pdf", content)])
      }
    }
    try walk.take(
      "/permohonan/:nomor/dokumen/:syarat/hapus", count, person, on: path, to: "\(slot)/hapus", isAsked: true)
    let stranger = Browser(port: walk.office.port)
    let code = try code(for: number, officer, walk)
    try walk.take(
      "/permohonan/:nomor/dokumen/bukti", "SELECT count(*) FROM registration_code", stranger, on: path,
      to: "\(path)/bukti", ["kode": code])
    try walk.take(
      "/permohonan/:nomor", Self.ledger, Browser(port: walk.office.port), on: "/permohonan/\(number)",
      to: "/permohonan/\(number)", ["lahir--hari": "17", "lahir--bulan": "8", "lahir--tahun": "1990"])
  }

  /// A code that an officer reads out.
  private func code(for number: String, _ officer: Browser, _ walk: WriteWalk) throws -> String {
    let given = try walk.take(
      "/petugas/permohonan/:nomor/kode", "SELECT coalesce(group_concat(hex(mark)), '') FROM registration_code"
    ) {
      _ = try officer.visit("/petugas/permohonan")
      let file = try officer.post("/petugas/permohonan", ["nomor": number])
      let form = try XCTUnwrap(file.form(to: "/petugas/permohonan/\(number)/kode"), file.heading ?? "")
      return { try officer.submit(form.filled(["identitas": "ya"])) }
    }
    return String(try XCTUnwrap(given.text.firstMatch(of: />(\d{6})</)).output.1)
  }

  private func ownData(of number: String, _ officer: Browser, _ walk: WriteWalk) throws {
    let person = Browser(port: walk.office.port)
    let code = try code(for: number, officer, walk)
    try walk.take(
      "/data-saya", "SELECT count(*) FROM registration_code", person, on: "/data-saya", to: "/data-saya",
      ["nomor": number, "kode": code])
    let own = "/data-saya/\(number)"
    try walk.take("/data-saya/:nomor/persetujuan", "SELECT count(*), count(withdrawn_at) FROM vault_consents") {
      let page = try person.visit(own)
      let form = try XCTUnwrap(page.form(to: "\(own)/persetujuan"), page.heading ?? "")
      return { try person.submit(form) }
    }
    try walk.take(
      "/data-saya/:nomor/minta/:jenis", "SELECT count(*) FROM privacy_request", person, on: "\(own)/minta/access",
      to: "\(own)/minta/access")
  }

  /// Numbers, from the first to the survey.
  private func visits(_ officer: Browser, _ walk: WriteWalk) throws {
    let desk = "/petugas/loket/1"
    func draw(_ person: Int) throws -> (Browser, code: String) {
      let (browser, number) = try apply(person, walk)
      let answer = try walk.take(
        "/antrean", "SELECT count(*) FROM queue_ticket", browser, on: "/antrean?nomor=\(Browser.encoded(number))",
        to: "/antrean")
      return (browser, String(try XCTUnwrap(answer.location?.split(separator: "/").last)))
    }
    func state(_ code: String) -> String { "SELECT state FROM queue_ticket WHERE code = '\(code)'" }
    func act(_ action: String, _ code: String) throws {
      let isCall = action == "panggil"
      try walk.take(
        isCall ? "/petugas/loket/:loket/panggil" : "/petugas/loket/:loket/:tindakan", state(code), officer, on: desk,
        to: "\(desk)/\(action)")
    }
    let (gone, left) = try draw(2)
    try walk.take(
      "/tiket/:kode/batalkan", state(left), gone, on: "/tiket/\(left)", to: "/tiket/\(left)/batalkan", isAsked: true)
    let (late, missed) = try draw(3)
    for action in ["panggil", "tidak-hadir"] { try act(action, missed) }
    try walk.take(
      "/tiket/:kode/hadir-kembali", state(missed), late, on: "/tiket/\(missed)", to: "/tiket/\(missed)/hadir-kembali")
    for action in ["panggil", "mulai", "selesai"] { try act(action, missed) }
    try walk.take("/survei", "SELECT count(*) FROM feedback_survey") {
      let page = try late.visit("/survei?tiket=\(missed)")
      var form = try XCTUnwrap(page.form(to: "/survei"), page.heading ?? "")
      for tag in Markup(page.body).tags where tag.attributes["type"] == "radio" {
        guard let name = tag.attributes["name"], let value = tag.attributes["value"], form[name] == nil else {
          continue
        }
        form = form.adding(name, value)
      }
      return { try late.submit(form) }
    }
  }

  private func appointments(_ officer: Browser, _ walk: WriteWalk) throws {
    let states = "SELECT coalesce(group_concat(state || day || moves), '') FROM queue_appointment"
    func hold(_ person: Int, way: String) throws -> (Browser, path: String) {
      let (browser, number) = try apply(person, walk)
      var times = "/janji/waktu?nomor=\(Browser.encoded(number))&jalur=\(way)"
      if way == "web" { times += "&hari=\(walk.office.clock.today.adding(days: 5))" }
      let held = try walk.take("/janji/waktu", states) {
        let page = try browser.visit(times)
        let time = try XCTUnwrap(page.text.firstMatch(of: /name="jam" value="([^"]+)"/), page.text).output.1
        let form = try XCTUnwrap(page.form(to: "/janji/waktu")).filled(["jam": String(time)])
        return { try browser.submit(form) }
      }
      let path = try XCTUnwrap(held.location)
      try walk.take("/janji/:kode/pesan", states, browser, on: path, to: "\(path)/pesan")
      return (browser, path)
    }
    let (browser, path) = try hold(4, way: "web")
    try walk.take("/janji/:kode/ubah", states) {
      let page = try browser.visit("\(path)/ubah?hari=\(walk.office.clock.today.adding(days: 6))")
      let time = try XCTUnwrap(page.text.firstMatch(of: /name="jam" value="([^"]+)"/), page.text).output.1
      let asked = try browser.submit(XCTUnwrap(page.form(to: "\(path)/ubah")).filled(["jam": String(time)]))
      let form = try XCTUnwrap(asked.forms.first { $0["_yakin"] != nil }, asked.heading ?? "")
      return { try browser.submit(form) }
    }
    try walk.take("/janji/:kode/batal", states) {
      let asked = try browser.visit("\(path)/batal")
      let form = try XCTUnwrap(asked.forms.first { $0["_yakin"] != nil }, asked.heading ?? "")
      return { try browser.submit(form) }
    }
    let (today, now) = try hold(5, way: "walk-in")
    try walk.take("/janji/:kode/datang", "SELECT count(*) FROM queue_ticket", today, on: now, to: "\(now)/datang")
    let soon = walk.office.clock.today
    try walk.take(
      "/petugas/janji/undian", "SELECT count(*) FROM queue_appointment_draw", officer, on: "/petugas/janji",
      to: "/petugas/janji/undian",
      [
        "layanan-undian": Self.service, "hari-pertama": soon.adding(days: 15).description,
        "hari-terakhir": soon.adding(days: 18).description, "tutup": soon.adding(days: 2).description,
        "jam-tutup": "12.00",
      ], isAsked: true)
    let (entrant, number) = try apply(6, walk)
    try walk.take(
      "/undian/:undian", "SELECT count(*) FROM queue_appointment_entry", entrant, on: "/undian/1", to: "/undian/1",
      ["nomor": number])
  }

  private func complaints(_ officer: Browser, _ walk: WriteWalk) throws {
    let steps = "SELECT (SELECT count(*) FROM feedback_complaint), (SELECT count(*) FROM feedback_step)"
    for (id, end, fields) in [
      (1, "/pengaduan/buka-kembali", ["tanggapan": "Belum ada yang berubah."] as KeyValuePairs<String, String>),
      (2, "/pengaduan/selesai", [:]),
    ] {
      let person = Browser(port: walk.office.port)
      let sent = try walk.take(
        "/pengaduan", steps, person, on: "/pengaduan", to: "/pengaduan",
        ["jenis": "complaint", "tentang": "facilities", "isi": "Contoh pengaduan", "kontak": "08000000301"])
      let status = try XCTUnwrap(sent.location)
      let path = "/petugas/pengaduan/\(id)"
      for (step, answers) in [
        ("verifikasi", ["jenis": "complaint"]), ("proses", [:]), ("jawab", ["jawaban": "Sudah diperbaiki."]),
      ] as [(String, KeyValuePairs<String, String>)] {
        try walk.take("/petugas/pengaduan/:id/\(step)", steps, officer, on: path, to: "\(path)/\(step)", answers)
      }
      try walk.take(end, steps, person, on: status, to: end, fields, isAsked: end == "/pengaduan/selesai")
    }
  }

  private func rewrite(_ name: String, _ office: OfficeProcess, _ change: (String) -> String) throws {
    let file = office.configuration.appendingPathComponent(name)
    try change(String(contentsOf: file, encoding: .utf8)).write(to: file, atomically: true, encoding: .utf8)
  }
}
