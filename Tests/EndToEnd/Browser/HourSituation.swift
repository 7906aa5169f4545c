import Client
import Core
import Foundation
import XCTest

/// The office as a person finds it: when, whether officers are there, and what happened before.
struct HourSituation {
  let name: String
  /// Office time.
  let moment: String
  private var isAttended = false
  /// How many take a number first.
  private var waiting = 0
  private var stops: String?

  private init(
    name: String, moment: String, isAttended: Bool = false, waiting: Int = 0, stops: String? = nil
  ) {
    self.name = name
    self.moment = moment
    self.isAttended = isAttended
    self.waiting = waiting
    self.stops = stops
  }

  /// The hours at which nobody, or not everybody, is served.
  static let all = [
    HourSituation(name: "sunday", moment: "2026-11-29 10:00"),
    HourSituation(name: "christmas", moment: "2026-12-25 10:00"),
    HourSituation(name: "early", moment: "2026-12-02 05:30"),
    HourSituation(name: "door", moment: "2026-12-02 07:45", waiting: 1),
    HourSituation(name: "nobody", moment: "2026-12-02 09:00", waiting: 2),
    HourSituation(name: "break", moment: "2026-12-02 12:20", isAttended: true, waiting: 2),
    HourSituation(name: "full", moment: "2026-12-02 14:50", isAttended: true, waiting: 12),
    HourSituation(name: "late", moment: "2026-12-02 15:50", isAttended: true),
    HourSituation(name: "evening", moment: "2026-12-02 20:00"),
    HourSituation(name: "stopped", moment: "2026-12-02 09:00", isAttended: true, waiting: 1, stops: "seluruh-kantor"),
    HourSituation(
      name: "service-stopped", moment: "2026-12-02 09:00", isAttended: true, waiting: 1, stops: "paspor-elektronik-10"),
  ]

  /// An office of that hour, not started yet.
  func office() throws -> OfficeProcess {
    let office = try OfficeProcess(at: moment)
    try office.liftRates()
    return office
  }

  /// Starts the office and lets happen what has happened before.
  ///
  /// - Returns: the pages that say how it is.
  func begin(_ office: OfficeProcess) throws -> [(name: String, path: String)] {
    try office.start()
    if isAttended { try office.seatOfficer(at: 1) }
    let visitor = HallVisitor(port: office.port)
    let application = try visitor.apply(person: 1)
    var ticket: String?
    for person in 0..<waiting {
      let other = HallVisitor(port: office.port)
      ticket = try? "/tiket/\(other.applyAndTakeNumber(person: 10 + person).code)"
    }
    let appointment = try book(application, visitor.browser)
    let supervisor = try office.seatOfficer("budi", role: "supervisor", at: nil)
    if let stops { try stop(stops, office, supervisor) }
    return [
      ("home", "/"), ("service", "/layanan/paspor-elektronik-10"), ("number", "/antrean"),
      ("number-mine", "/antrean?nomor=\(application)"), ("receipt", "/permohonan/\(application)"),
      ("appointment", appointment), ("ticket", ticket), ("display", "/display"),
    ].compactMap { name, path in path.map { (name: name, path: $0) } }
  }

  private func book(_ application: String, _ browser: Browser) throws -> String? {
    let page = try browser.visit("/janji/waktu?nomor=\(application)&jalur=web")
    guard let time = page.text.firstMatch(of: /name="jam" value="([^"]+)"/)?.output.1 else { return nil }
    let held = try browser.submit(XCTUnwrap(page.form(to: "/janji/waktu")).filled(["jam": String(time)]))
    guard let path = held.location else { return nil }
    _ = try browser.submit(XCTUnwrap(browser.visit(path).form(to: "\(path)/pesan")))
    return path
  }

  private func stop(_ service: String, _ office: OfficeProcess, _ supervisor: Browser) throws {
    let form = try XCTUnwrap(supervisor.visit("/petugas/ruang/henti").form(to: "/petugas/ruang/henti"))
    let next = office.clock.today.adding(days: 7).description
    let asked = try supervisor.submit(
      form.filled([
        "layanan": service, "sebab": "power", "keterangan": "Gardu sedang diperbaiki.", "hari-terakhir": next,
      ]))
    _ = try supervisor.confirm(asked)
    if service == "seluruh-kantor" { try waitForOpeningTimes(office) }
  }

  /// What pages say of the opening times follows a stop a moment later: the notice, the card and the foot of the first page
  /// have its reason, the latter two twice.
  private func waitForOpeningTimes(_ office: OfficeProcess) throws {
    let onlooker = Browser.$witness.withValue(nil) { Browser(port: office.port, language: "id") }
    for _ in 0..<300 {
      if try onlooker.get("/").text.matches(of: /Gardu sedang diperbaiki/).count == 5 { return }
      Thread.sleep(forTimeInterval: 0.05)
    }
    XCTFail("the opening times do not follow the stop")
  }
}
