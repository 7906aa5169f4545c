import Client
import Core
import Foundation
import XCTest

/// An office in the middle of its day, and the way to each of its pages.
struct Tour {
  /// One page to look at.
  struct Stop {
    let name: String
    let path: String
    /// What is done there before looking, such as sending a form.
    var before: ((any PageVisitor) throws -> Void)?
  }

  let office: OfficeProcess
  let password: String
  let clerkPassword: String
  let application: String
  let ticket: String
  let finishedTicket: String
  /// The path of a booked appointment, and the way to one's times.
  let appointment: String
  let times: String
  /// The path of an entry in the open draw, and of one in the draw that is finished.
  let drawEntry: String
  let drawnEntry: String
  /// The application whose document has been handed over.
  let handedOver: String
  /// A complaint that is new, and one that has been answered.
  let complaint: TourDay.Report
  let answeredComplaint: TourDay.Report
  /// A receipt's text in short symbols, as its QR code holds it; one that no signed head holds yet, and one that is
  /// proven.
  let receipt: String
  let provenReceipt: String

  /// Starts the office and lets some people come.
  init(_ office: OfficeProcess) throws {
    self.office = office
    password = try office.addOfficer("budi", role: "supervisor")
    clerkPassword = try office.addOfficer("sari", role: "clerk")
    let third = try office.addOfficer("dewi", role: "clerk")
    try Self.addZone(office)
    try office.start()
    let day = try TourDay(office, budi: password, sari: clerkPassword, dewi: third)
    application = day.visits[6].application
    ticket = day.visits[6].code
    // The first call takes the first of the priority line.
    finishedTicket = day.visits[1].code
    times = day.times
    appointment = day.appointment
    drawEntry = day.drawEntry
    drawnEntry = day.drawnEntry
    handedOver = day.visits[1].application
    complaint = day.complaint
    answeredComplaint = day.answeredComplaint
    provenReceipt = try Self.receipt(of: day.visits[0].application, office)
    try Self.letTimePass(office)
    receipt = try Self.receipt(of: HallVisitor(port: office.port).apply(person: 90), office)
  }

  private static func receipt(of application: String, _ office: OfficeProcess) throws -> String {
    let browser = Browser(port: office.port)
    let page = try browser.follow(browser.open(application: application))
    return try XCTUnwrap(page.form(to: "/verifikasi")?["r"])
  }

  /// Moves what has happened over the hours of the day, and the first draw's end into the past; signs the ledger.
  private static func letTimePass(_ office: OfficeProcess) throws {
    office.stop()
    try office.command(["ledger", "head"])
    let hour = 3_600_000
    try DatabaseShell.run(
      """
      UPDATE queue_transition SET at = at - (at + 7 * \(hour)) % (24 * \(hour)) + (8 + ticket % 9) * \(hour),
        spent = CASE WHEN from_state IS NULL THEN 0 ELSE (7 + id * 13 % 40) * 60000 END;
      UPDATE appointments_draw SET closes_at = opens_at WHERE id = 1;
      """, on: "\(office.state)/gapura.db")
    try office.start()
    let isDrawn = try (0..<300).contains { _ in
      if try office.query("SELECT drawn_at FROM appointments_draw WHERE id = 1") != "" { return true }
      Thread.sleep(forTimeInterval: 0.1)
      return false
    }
    XCTAssertTrue(isDrawn, "the draw was not drawn")
  }

  /// A part of the hall with a display of its own.
  private static func addZone(_ office: OfficeProcess) throws {
    let file = office.configuration.appendingPathComponent("displays.json5")
    let zone = #"{ code: "lantai-2", name: { id: "Lantai 2", en: "Second floor" }, counters: [3, 4] }"#
    let text = try String(contentsOf: file, encoding: .utf8).replacingOccurrences(
      of: "zones: []", with: "zones: [\(zone)]")
    try text.write(to: file, atomically: true, encoding: .utf8)
  }

  var origin: String { "http://127.0.0.1:\(office.port)" }

  func open(_ stop: Stop, in visitor: some PageVisitor) throws {
    try visitor.open(origin + stop.path)
    try stop.before?(visitor)
  }

  /// Signs the supervisor in.
  func signIn(_ visitor: some PageVisitor) throws { try signIn("budi", password, visitor) }

  func signInAsClerk(_ visitor: some PageVisitor) throws { try signIn("sari", clerkPassword, visitor) }

  private func signIn(_ name: String, _ password: String, _ visitor: some PageVisitor) throws {
    try visitor.open(origin + "/petugas/masuk")
    try visitor.fill("nama", with: name)
    try visitor.fill("sandi", with: password)
    try visitor.press(until: ".face-console")
  }

  /// Has the supervisor and the first clerk signed in in two browsers more.
  func openFurtherSessions() throws {
    for (name, password) in [("budi", password), ("sari", clerkPassword)] {
      for _ in 0..<2 {
        let browser = Browser(port: office.port)
        _ = try browser.visit("/petugas/masuk")
        XCTAssertEqual(try browser.post("/petugas/masuk", ["nama": name, "sandi": password]).status, 303)
      }
    }
  }

  var displayStops: [Stop] {
    [Stop(name: "display", path: "/display"), Stop(name: "display-zone", path: "/display/lantai-2")]
  }
}

// MARK: What is done on a page before it is looked at

extension Tour {
  /// Sends the page's form as it is.
  static func send(_ visitor: any PageVisitor) throws {
    try visitor.press(until: ".error-summary, main .notice, main .problem")
  }

  /// Shows that one is the applicant, by a code that an officer hands out at this moment; who has just shown it is not
  /// asked again.
  func proveWithCode(until expected: String) -> (any PageVisitor) throws -> Void {
    { visitor in
      guard try visitor.has("#f-kode") else { return }
      let officer = Browser(port: office.port)
      _ = try officer.visit("/petugas/masuk")
      _ = try officer.post("/petugas/masuk", ["nama": "sari", "sandi": clerkPassword])
      _ = try officer.visit("/petugas/permohonan")
      let file = try officer.post("/petugas/permohonan", ["nomor": application])
      let form = try XCTUnwrap(file.form(to: "/petugas/permohonan/\(application)/kode"))
      let given = try officer.submit(form.filled(["identitas": "ya"]))
      let code = try XCTUnwrap(given.text.firstMatch(of: />(\d{6})</)).output.1
      try visitor.fill("kode", with: String(code))
      try visitor.press(until: expected)
    }
  }

  /// Shows that one has a report's PIN.
  static func prove(_ report: TourDay.Report, until expected: String) -> (any PageVisitor) throws -> Void {
    { visitor in
      guard try visitor.has("#f-pin") else { return }
      try visitor.fill("pin", with: report.pin)
      try visitor.press(until: expected)
    }
  }

  /// Shows that one knows the applicant's date of birth.
  static func prove(until expected: String) -> (any PageVisitor) throws -> Void {
    { visitor in
      guard try visitor.has("#f-lahir--hari") else { return }
      for (part, text) in [("hari", "17"), ("bulan", "8"), ("tahun", "1990")] {
        try visitor.fill("lahir--\(part)", with: text)
      }
      try visitor.press(until: expected)
    }
  }

  /// Goes to one's times, once it is shown that one may.
  func openTimes(_ visitor: any PageVisitor) throws {
    let number = try XCTUnwrap(times.firstMatch(of: /nomor=([0-9]+)/)).output.1
    try visitor.open("\(origin)/permohonan/\(number)")
    try Self.prove(until: ".receipt")(visitor)
    try visitor.open(origin + times)
  }

  /// Sends the page's first form as a person whose session has ended.
  static func sendWithoutToken(_ visitor: any PageVisitor) throws {
    try visitor.pressWithoutToken(until: "main .problem")
  }
}
