import Client
import Core
import Foundation
import XCTest

/// What has happened in the office of a tour: visits, calls, an appointment, a draw, complaints, requests.
struct TourDay {
  let visits: [HallVisitor.Ticket]
  let times: String
  let appointment: String
  let drawEntry: String
  let drawnEntry: String
  let complaint: Report
  let answeredComplaint: Report

  /// What a person who has complained keeps.
  struct Report {
    let number: String
    let pin: String
  }

  private static let needs: [KeyValuePairs<String, String>] = [
    [:], ["prioritas": "elderly"], ["prioritas": "pregnant", "bantuan": "wheelchair"], [:], [:],
    ["prioritas": "small-child"], [:], [:], [:],
  ]

  /// - Parameters: the passwords of a supervisor and two clerks.
  init(_ office: OfficeProcess, budi password: String, sari: String, dewi: String) throws {
    visits = try Self.needs.enumerated().map { person, needs in
      try HallVisitor(port: office.port).applyAndTakeNumber(person: person, needs: needs)
    }
    let budi = try Self.signedIn("budi", password, office)
    let clerks = [try Self.signedIn("sari", sari, office), try Self.signedIn("dewi", dewi, office)]
    _ = try budi.visit("/petugas/permintaan-data")
    _ = try budi.post("/petugas/permintaan-data", ["nomor": visits[7].application, "jenis": "access"])
    for (officer, counter, steps) in [
      (budi, 1, 3), (clerks[0], 2, 3), (clerks[1], 4, 2), (clerks[0], 2, 2), (budi, 1, 1),
    ] { try Self.serve(officer, counter: counter, steps: steps) }
    let person = Browser(port: office.port)
    times = "/janji/waktu?nomor=\(Browser.encoded(visits[7].application))&jalur=web"
    appointment = try Self.book(visits[8].application, person)
    try Self.handOver(visits[1].application, clerks[0], budi)
    try Self.announceDraw(1, in: 15...18, from: office.clock.today, budi)
    try Self.announceDraw(2, in: 19...22, from: office.clock.today, budi)
    drawnEntry = try Self.enterDraw(1, with: visits[3].application, person)
    drawEntry = try Self.enterDraw(2, with: visits[4].application, person)
    complaint = try Self.complain("Nomor saya terlewat dan tidak ada yang memberi tahu.", person)
    answeredComplaint = try Self.complain("Toilet di dekat loket 2 perlu pegangan.", person)
    try Self.answerComplaint(budi)
    _ = try person.visit("/bantuan-akses")
    _ = try person.post("/bantuan-akses", ["tempat": "web-waiting"])
  }

  private static func signedIn(_ name: String, _ password: String, _ office: OfficeProcess) throws -> Browser {
    let browser = Browser(port: office.port)
    _ = try browser.visit("/petugas/masuk")
    _ = try browser.post("/petugas/masuk", ["nama": name, "sandi": password])
    return browser
  }

  /// - Returns: the appointment's path.
  private static func book(_ application: String, _ person: Browser) throws -> String {
    XCTAssertEqual(try person.open(application: application).status, 303)
    let page = try person.visit("/janji/waktu?nomor=\(Browser.encoded(application))&jalur=web")
    let time = try XCTUnwrap(page.text.firstMatch(of: /name="jam" value="([^"]+)"/)).output.1
    let held = try person.submit(XCTUnwrap(page.form(to: "/janji/waktu")).filled(["jam": String(time)]))
    let path = try XCTUnwrap(held.location)
    _ = try person.follow(person.submit(XCTUnwrap(person.visit(path).form(to: "\(path)/pesan"))))
    return path
  }

  /// - Parameter days: counted from `today`.
  private static func announceDraw(
    _ id: Int, in days: ClosedRange<Int>, from today: CivilDate, _ supervisor: Browser
  ) throws {
    let (first, last) = (today.adding(days: days.lowerBound), today.adding(days: days.upperBound))
    let closes = today.adding(days: 2)
    let form = try XCTUnwrap(supervisor.visit("/petugas/janji").form(to: "/petugas/janji/undian"))
    let asked = try supervisor.submit(
      form.filled([
        "layanan-undian": OfficeWalk.serviceCode, "hari-pertama": first.description, "hari-terakhir": last.description,
        "tutup": closes.description, "jam-tutup": "12.00",
      ]))
    let answer = try supervisor.confirm(asked)
    XCTAssertEqual(answer.location, "/petugas/janji?diumumkan=\(id)")
  }

  /// From the finished visit through every stage: what the one has examined the other approves.
  private static func handOver(_ application: String, _ officer: Browser, _ approver: Browser) throws {
    let step = "/petugas/berkas/\(Browser.encoded(application))"
    var isPressed = true
    while isPressed {
      isPressed = false
      for hand in [officer, approver] {
        guard let form = try hand.visit("/petugas/berkas").form(to: step) else { continue }
        XCTAssertEqual(try hand.submit(form).status, 303)
        isPressed = true
      }
    }
  }

  /// - Returns: the entry's path.
  private static func enterDraw(_ id: Int, with application: String, _ person: Browser) throws -> String {
    XCTAssertEqual(try person.open(application: application).status, 303)
    let form = try XCTUnwrap(person.visit("/undian/\(id)").form(to: "/undian/\(id)"))
    return try XCTUnwrap(person.submit(form.filled(["nomor": application])).location)
  }

  /// - Returns: the report's number and its PIN.
  private static func complain(_ text: String, _ person: Browser) throws -> Report {
    let form = try XCTUnwrap(person.visit("/pengaduan").form(to: "/pengaduan"))
    let answer = try person.submit(
      form.filled(["jenis": "complaint", "tentang": "facilities", "isi": text, "kontak": "0800 000 0001"]))
    let number = try XCTUnwrap(answer.location?.firstMatch(of: /nomor=([^&]+)/)).output.1.description
    let page = try person.follow(answer)
    return Report(number: number, pin: String(try XCTUnwrap(page.text.firstMatch(of: />(\d{6})</)).output.1))
  }

  /// The second report, from its verification to its answer.
  private static func answerComplaint(_ supervisor: Browser) throws {
    let path = "/petugas/pengaduan/2"
    for (step, field, value) in [
      ("verifikasi", "jenis", "complaint"), ("proses", "", ""),
      ("jawab", "jawaban", "Pegangan dipasang pada hari Senin. Terima kasih atas laporan Anda."),
    ] {
      let form = try XCTUnwrap(supervisor.visit(path).form(to: "\(path)/\(step)"), step)
      _ = try supervisor.submit(field.isEmpty ? form : form.filled([field: value]))
    }
  }

  /// Opens the counter, calls the next number, begins, and finishes: as many of these as `steps` says.
  private static func serve(_ officer: Browser, counter: Int, steps: Int) throws {
    let desk = "/petugas/loket/\(counter)"
    _ = try officer.follow(officer.submit(XCTUnwrap(officer.visit(desk).form(to: "\(desk)/buka"))))
    _ = try officer.follow(officer.submit(XCTUnwrap(officer.visit(desk).form(to: "\(desk)/panggil"))))
    for action in ["mulai", "selesai"].prefix(steps - 1) {
      _ = try officer.follow(officer.submit(XCTUnwrap(officer.visit(desk).form(to: "\(desk)/\(action)"))))
    }
  }
}
