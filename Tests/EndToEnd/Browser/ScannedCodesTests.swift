import Client
import Contracts
import Core
import Foundation
import WebDriver
import XCTest

/// Every QR code that people get, read back by a scanner's library (zbar) from what is really drawn, and taken where
/// people hold it to a scanner.
final class ScannedCodesTests: BrowserTestCase {
  private var window: TerminalWindow?

  override func tearDown() {
    window?.close()
    super.tearDown()
  }

  /// The address that the shipped configuration prints.
  private static let printedOrigin = "http://127.0.0.1:8080"

  private func startOffice() throws -> OfficeProcess {
    let office = try makeOffice()
    let file = office.configuration.appendingPathComponent("appointments.json5")
    let text = try String(contentsOf: file, encoding: .utf8)
      .replacingOccurrences(of: "earlyMinutes: 30", with: "earlyMinutes: 480")
      .replacingOccurrences(of: "walkIn: 20", with: "walkIn: 70")
    try text.write(to: file, atomically: true, encoding: .utf8)
    try office.start()
    return office
  }

  /// What zbar reads in a picture.
  private func scan(_ picture: [UInt8]) throws -> [String] {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).png")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(picture).write(to: file)
    let read = try ChildProcess.run(
      "/usr/bin/zbarimg", ["--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", file.path])
    return read.text.split(separator: "\n").map(String.init)
  }

  private func local(_ scanned: String, _ office: OfficeProcess) -> String {
    scanned.replacingOccurrences(of: Self.printedOrigin, with: "http://127.0.0.1:\(office.port)")
  }

  func testTheReceiptsCodesAreReadFromThePageAndTakenAtKioskPhoneAndConsole() throws {
    let office = try startOffice()
    let number = try HallVisitor(port: office.port).apply(person: 1)
    let phone = try openBrowser(BrowserOptions(size: (800, 1200)))
    try phone.open("http://127.0.0.1:\(office.port)/permohonan/\(number)")
    try Tour.prove(until: ".receipt")(phone)
    let codes = try scan(phone.fullPagePicture())
    XCTAssertEqual(codes.count, 2, "\(codes)")
    let follow = try XCTUnwrap(codes.first { PaperCode(scanned: $0) != nil })
    XCTAssertTrue(follow.hasPrefix("\(Self.printedOrigin)/k/"), follow)
    let proof = try XCTUnwrap(codes.first { $0.contains("/verifikasi") })

    // On another phone: what the paper shows, and the proof.
    let words = try Self.words(.indonesian)
    let other = try openBrowser(BrowserOptions(size: (390, 844)))
    try other.open(local(follow, office))
    try other.wait(forHeading: words("registration.receipt.title"))
    XCTAssertFalse(try other.address.contains(number), "the number stands in the address")
    XCTAssertFalse(try other.address.contains("/k/"), "the bits stay in the address")
    XCTAssertTrue(try other.text("main").contains(TypedNumber.grouped(number)))
    XCTAssertTrue(proof.contains("/verifikasi#"), "what is sent to a server names nothing: \(proof.prefix(60))")
    try phone.open(local(proof, office))
    try phone.wait(for: "the finding") { try phone.has("main .notice") }
    XCTAssertTrue(try phone.text("main").contains(number))
    XCTAssertEqual(try phone.address, "http://127.0.0.1:\(office.port)/verifikasi", "nothing stays in the history")

    // In the console: a scanner types the address into the field and presses Enter.
    let password = try office.addOfficer("sari", role: "clerk")
    let officer = try openBrowser(BrowserOptions(size: (1280, 800)))
    try officer.open("http://127.0.0.1:\(office.port)/petugas/masuk")
    try officer.element("#f-nama").type("sari")
    try officer.element("#f-sandi").type(password)
    try officer.element("main form.form button[type=submit]").click()
    try officer.wait(for: "the console") { try officer.has(".face-console") }
    try officer.open("http://127.0.0.1:\(office.port)/petugas/permohonan")
    try officer.element("#f-nomor").type(follow)
    try officer.element("main form.form button[type=submit]").click()
    let printed = TypedNumber.grouped(number)
    try officer.wait(forHeading: words("registration.case.title", ["number": printed]))

    // At the kiosk: likewise.
    let window = try KioskWalk.openWindow(office, columns: 80, rows: 24)
    self.window = window
    let kiosk = KioskWalk(window: window)
    try kiosk.chooseLanguage(.indonesian, words)
    try kiosk.choose(words("kiosk.menu.status"))
    try window.wait(for: words("kiosk.application.enter"))
    try window.scan(follow)
    try window.wait(for: words("kiosk.birth.enter"))
  }

  func testATicketsCodesAreReadFromPhoneAndKioskScreenAndOpenTheTicket() throws {
    let office = try startOffice()
    let ticket = try HallVisitor(port: office.port).applyAndTakeNumber(person: 1)
    let phone = try openBrowser(BrowserOptions(size: (390, 844)))
    try phone.open("http://127.0.0.1:\(office.port)/tiket/\(ticket.code)")
    let printed = try scan(phone.fullPagePicture())
    XCTAssertEqual(printed.map { PaperCode(scanned: $0) != nil }, [true], "\(printed)")
    XCTAssertFalse(try phone.address.contains(ticket.code))

    let window = try KioskWalk.openWindow(office, columns: 80, rows: 24)
    self.window = window
    let kiosk = KioskWalk(window: window)
    let words = try Self.words(.indonesian)
    try kiosk.chooseLanguage(.indonesian, words)
    try kiosk.askForNumber(words)
    let shown = try window.settledText
    let frame = TerminalPicture.page(try window.coloured)
    try phone.resize(width: 1000, height: 700)
    try phone.open("data:text/html;base64," + Data(frame.utf8).base64EncodedString())
    let scanned = try XCTUnwrap(try scan(phone.element("pre").picture()).first, shown)
    try phone.open(local(scanned, office))
    try phone.wait(forHeading: words("queue.ticket.heading"))
  }

  func testAnAppointmentsCodeIsReadFromItsPageAndChecksInAtTheKiosk() throws {
    let office = try startOffice()
    let visitor = HallVisitor(port: office.port)
    let browser = visitor.browser
    let application = try visitor.apply(person: 1)
    let start = try XCTUnwrap(browser.visit("/janji").form(to: "/janji"))
    let times = try browser.follow(browser.submit(start.filled(["nomor": application, "jalur": "walk-in"])))
    let time = try XCTUnwrap(times.text.firstMatch(of: /name="jam" value="([^"]+)"/), times.text).output.1
    let form = try XCTUnwrap(times.form(to: "/janji/waktu"))
    let path = try XCTUnwrap(browser.submit(form.filled(["jam": String(time)])).location)
    let confirm = try XCTUnwrap(browser.visit(path).form(to: "\(path)/pesan"))
    XCTAssertEqual(try browser.follow(browser.submit(confirm)).status, 200)

    let phone = try openBrowser(BrowserOptions(size: (390, 844)))
    try phone.open("http://127.0.0.1:\(office.port)\(path)")
    let codes = try scan(phone.fullPagePicture())
    XCTAssertEqual(codes.map { PaperCode(scanned: $0) != nil }, [true], "\(codes)")
    let words = try Self.words(.indonesian)
    try phone.open(local(try XCTUnwrap(codes.first), office))
    try phone.wait(forHeading: words("appointment.receipt.title"))

    let window = try KioskWalk.openWindow(office, columns: 80, rows: 24)
    self.window = window
    let kiosk = KioskWalk(window: window)
    try kiosk.chooseLanguage(.indonesian, words)
    try kiosk.choose(words("appointment.kiosk.menu"))
    try window.wait(for: words("appointment.kiosk.enter"))
    try window.scan(try XCTUnwrap(codes.first))
    try window.wait(for: words("kiosk.ticket.title"))
  }
}
