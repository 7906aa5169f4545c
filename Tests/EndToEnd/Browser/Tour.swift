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
  /// The path of an entry in the draw.
  let drawEntry: String
  /// Numbers of a complaint that is new, and of one that has been answered.
  let complaint: String
  let answeredComplaint: String
  /// A receipt's text in short symbols, as its QR code holds it.
  let receipt: String

  /// Starts the office and lets some people come.
  init(_ office: OfficeProcess) throws {
    self.office = office
    password = try office.addOfficer("budi", role: "supervisor")
    _ = try office.addOfficer("sari", role: "clerk")
    try Self.addZone(office)
    try office.start()
    let day = try TourDay(office, password: password)
    application = day.visits[6].application
    ticket = day.visits[6].code
    // The first call takes the first of the priority line.
    finishedTicket = day.visits[1].code
    times = day.times
    appointment = day.appointment
    drawEntry = day.drawEntry
    complaint = day.complaint
    answeredComplaint = day.answeredComplaint
    receipt = day.receipt
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

  var displayStops: [Stop] {
    [Stop(name: "display", path: "/display"), Stop(name: "display-zone", path: "/display/lantai-2")]
  }
}

// MARK: What is done on a page before it is looked at

extension Tour {
  /// Sends the page's form as it is.
  static func send(_ session: BrowserSession) throws {
    try press(session, until: ".error-summary, main .notice, main .problem")
  }

  /// Sends the page's form and waits for what the CSS selector names.
  static func press(_ session: BrowserSession, until expected: String) throws {
    try session.element("main form.form button[type=submit]").click()
    try session.wait(for: expected) { try session.has(expected) }
  }

  /// Shows that one is the applicant.
  static func prove(until expected: String) -> (BrowserSession) throws -> Void {
    { session in
      for (part, text) in [("hari", "17"), ("bulan", "8"), ("tahun", "1990")] {
        try session.element("#f-lahir-\(part)").type(text)
      }
      try press(session, until: expected)
    }
  }

  /// Sends the page's first form as somebody whose session has ended.
  static func sendWithoutToken(_ session: BrowserSession) throws {
    try session.run("document.querySelectorAll('main [name=_csrf]').forEach(field => { field.value = 'x' })")
    try press(session, until: "main .problem")
  }
}
