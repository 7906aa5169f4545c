import Client
import Core
import Foundation
import XCTest

/// What the public does, from an application to a survey, and the officers who serve it.
struct PublicActs {
  let walk: WriteWalk

  /// Configures an office for them, before it is started.
  ///
  /// - Returns: the password of budi, a supervisor.
  static func prepare(_ office: OfficeProcess) throws -> String {
    try office.liftRates()
    // People may come hours early, so that a place of today can be taken at once.
    let file = office.configuration.appendingPathComponent("appointments.json5")
    try String(contentsOf: file, encoding: .utf8)
      .replacing("earlyMinutes: 30", with: "earlyMinutes: 480").replacing("walkIn: 20", with: "walkIn: 70")
      .write(to: file, atomically: true, encoding: .utf8)
    return try office.addOfficer("budi", role: "supervisor")
  }

  /// Does them all, one after another.
  func take(supervisorPassword password: String) throws {
    let officer = Browser(port: walk.office.port)
    try walk.take(
      "/petugas/masuk", "SELECT count(*) FROM officers_session", officer, on: "/petugas/masuk", to: "/petugas/masuk",
      ["nama": "budi", "sandi": password])
    let desk = "/petugas/loket/1"
    try walk.take(
      "/petugas/loket/:loket/buka", "SELECT coalesce(max(state), '') FROM queue_counter WHERE number = 1", officer,
      on: desk, to: "\(desk)/buka")
    let (person, number) = try apply(1)
    try documents(of: number, person, officer)
    try ownData(of: number, officer)
    try visits(officer)
    try appointments(officer)
    try complaints(officer)
    try walk.take(
      "/bantuan-akses", "SELECT count(*) FROM accessibility_help", person, on: "/bantuan-akses", to: "/bantuan-akses",
      ["tempat": "web-waiting"])
    try PasskeyActs(walk: walk).take(officer, password: password)
    try walk.take(
      "/petugas/keluar", "SELECT count(*) FROM officers_session", officer, on: "/petugas", to: "/petugas/keluar")
  }

  private func apply(_ person: Int) throws -> (Browser, String) {
    let browser = Browser(port: walk.office.port)
    let path = "/ajukan/\(EveryWriteTests.service)"
    let answer = try walk.take(
      "/ajukan/:layanan",
      "SELECT (SELECT count(*) FROM registration_application), (SELECT count(*) FROM tracking_case), "
        + "(SELECT count(*) FROM vault_subjects)",
      browser, on: path, to: path, HallVisitor.answers(person: person))
    return (browser, String(try XCTUnwrap(answer.location?.split(separator: "/").last)))
  }

  private func documents(of number: String, _ person: Browser, _ officer: Browser) throws {
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
    let code = try code(for: number, officer)
    try walk.take(
      "/permohonan/:nomor/dokumen/bukti", "SELECT count(*) FROM registration_code", stranger, on: path,
      to: "\(path)/bukti", ["kode": code])
    try walk.take(
      "/permohonan/:nomor", EveryWriteTests.ledger, Browser(port: walk.office.port), on: "/permohonan/\(number)",
      to: "/permohonan/\(number)", ["lahir--hari": "17", "lahir--bulan": "8", "lahir--tahun": "1990"])
  }

  /// A code that an officer reads out.
  private func code(for number: String, _ officer: Browser) throws -> String {
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

  private func ownData(of number: String, _ officer: Browser) throws {
    let person = Browser(port: walk.office.port)
    let code = try code(for: number, officer)
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
  private func visits(_ officer: Browser) throws {
    let desk = "/petugas/loket/1"
    func draw(_ person: Int) throws -> (Browser, code: String) {
      let (browser, number) = try apply(person)
      let answer = try walk.take(
        "/antrean", "SELECT count(*) FROM queue_ticket", browser, on: "/antrean?nomor=\(Browser.encoded(number))",
        to: "/antrean")
      return (browser, String(try XCTUnwrap(answer.location?.split(separator: "/").last)))
    }
    func state(_ code: String) -> String { "SELECT state FROM queue_ticket WHERE code = '\(code)'" }
    func act(_ action: String, _ code: String, byScript isByScript: Bool = false) throws {
      let isCall = action == "panggil"
      try walk.take(isCall ? "/petugas/loket/:loket/panggil" : "/petugas/loket/:loket/:tindakan", state(code)) {
        let form = try XCTUnwrap(officer.visit(desk).form(to: "\(desk)/\(action)"), action)
        return { try isByScript ? officer.submitForPage(form) : officer.submit(form) }
      }
    }
    let (gone, left) = try draw(2)
    try walk.take(
      "/tiket/:kode/batalkan", state(left), gone, on: "/tiket/\(left)", to: "/tiket/\(left)/batalkan", isAsked: true)
    let (late, missed) = try draw(3)
    for action in ["panggil", "tidak-hadir"] { try act(action, missed) }
    try walk.take(
      "/tiket/:kode/hadir-kembali", state(missed), late, on: "/tiket/\(missed)", to: "/tiket/\(missed)/hadir-kembali")
    // With the answer's page, whose case is opened in the same transaction.
    for action in ["panggil", "mulai", "selesai"] { try act(action, missed, byScript: true) }
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

  private func appointments(_ officer: Browser) throws {
    let states = "SELECT coalesce(group_concat(state || day || moves), '') FROM appointments_appointment"
    func hold(_ person: Int, way: String) throws -> (Browser, path: String) {
      let (browser, number) = try apply(person)
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
      "/petugas/janji/undian", "SELECT count(*) FROM appointments_draw", officer, on: "/petugas/janji",
      to: "/petugas/janji/undian",
      [
        "layanan-undian": EveryWriteTests.service, "hari-pertama": soon.adding(days: 15).description,
        "hari-terakhir": soon.adding(days: 18).description, "tutup": soon.adding(days: 2).description,
        "jam-tutup": "12.00",
      ], isAsked: true)
    let (entrant, number) = try apply(6)
    try walk.take(
      "/undian/:undian", "SELECT count(*) FROM appointments_entry", entrant, on: "/undian/1", to: "/undian/1",
      ["nomor": number])
  }

  private func complaints(_ officer: Browser) throws {
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
}
