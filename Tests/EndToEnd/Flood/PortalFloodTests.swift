import Client
import Core
import Foundation
import XCTest

/// The portal is flooded, and the hall goes on.
final class PortalFloodTests: XCTestCase {
  private static let flooder = "198.51.100.7"

  private func visitor(_ port: UInt16) -> Browser {
    let browser = Browser(port: port, timeout: .seconds(30))
    browser.headers.append(("X-Forwarded-For", "198.51.100.8"))
    return browser
  }

  func testTheHallAndAVisitorGoOnWhileOneSenderHoldsThousandsOfConnectionsAndStreams() throws {
    // A machine that lets nobody have so many open sees a smaller flood.
    let room = Flood.makeRoom(for: 32_768)
    let (streamCount, idleCount) = (min(4200, room * 2 / 5), min(4300, room * 2 / 5))
    print("a flood of \(streamCount) streams and \(idleCount) idle connections")
    let (office, _) = try openOffice()
    let password = try office.addOfficer("sari", role: "clerk")
    var tickets: [HallVisitor.Ticket] = []
    for person in 1...4 { tickets.append(try HallVisitor(port: office.port).applyAndTakeNumber(person: person)) }

    let flood = Flood()
    defer { flood.end() }
    flood.open(
      streamCount, to: office.port,
      saying: "GET /display/peristiwa HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: \(Self.flooder)\r\n\r\n")
    flood.open(idleCount, to: office.port)
    XCTAssertEqual(flood.count, streamCount + idleCount)

    let officer = Browser(port: office.hallPort)
    let form = try XCTUnwrap(officer.visit("/petugas/masuk").form(to: "/petugas/masuk"))
    _ = try officer.submit(form.filled(["nama": "sari", "sandi": password]))
    _ = try officer.visit("/petugas/loket/1")
    XCTAssertEqual(try officer.post("/petugas/loket/1/buka", [:]).status, 303)
    let display = try Browser(port: office.hallPort, timeout: .seconds(30)).events("/display/peristiwa")
    defer { display.close() }
    let call = try XCTUnwrap(officer.visit("/petugas/loket/1").form(to: "/petugas/loket/1/panggil"))
    XCTAssertEqual(try officer.submit(call).status, 303)
    let code = try office.query("SELECT code FROM queue_ticket WHERE state = 'called'")
    let called = try XCTUnwrap(tickets.first { $0.code == code }?.number)
    let announced = try XCTUnwrap(display.first { $0.name == "call" })
    XCTAssertTrue(announced.data.contains(called), announced.data)
    try takeNumberAtKiosk(of: office)
    XCTAssertEqual(try office.query("SELECT count(*) FROM queue_ticket"), String(tickets.count + 1))

    XCTAssertEqual(try visitor(office.port).get("/").status, 200)
    XCTAssertTrue(try visitor(office.port).get("/tiket/\(tickets[0].code)").text.contains(tickets[0].number))
    let metrics = try Browser(port: office.hallPort).get("/metrics").text
    let streams = try XCTUnwrap(metrics.firstMatch(of: /gapura_web_streams\{listener="portal"\} (\d+)/)?.output.1)
    XCTAssertLessThanOrEqual(try XCTUnwrap(Int(streams)), 1000, "the share of one client")
  }

  private func takeNumberAtKiosk(of office: OfficeProcess) throws {
    let window = try KioskWalk.openWindow(office, columns: 80, rows: 24)
    defer { window.close() }
    let words = try Locales.load(directory: OfficeProcess.repository.appendingPathComponent("share/locales").path)
      .words(.indonesian)
    let kiosk = KioskWalk(window: window)
    try kiosk.chooseLanguage(.indonesian, words)
    try kiosk.askForNumber(words)
  }

  func testOfficeWithoutDescriptorsSaysSoAndGoesOn() throws {
    let office = try closedOffice()
    // As many as it has at rest and keeps for itself, and a few more than nothing for visitors.
    try office.start(descriptorCountMax: 96)
    let flood = Flood()
    defer { flood.end() }
    flood.open(200, to: office.port)
    let line = try office.waitForLog("no file descriptors are left")
    XCTAssertTrue(line.contains("LimitNOFILE"), line)
    let deadline = ContinuousClock.now + Duration.seconds(60).withPatience
    var status = 0
    while status != 200, ContinuousClock.now < deadline {
      status = (try? Browser(port: office.port, timeout: .seconds(3)).get("/").status) ?? 0
    }
    XCTAssertEqual(status, 200, office.log)
    flood.end()
    try office.waitForLog("there are file descriptors again")
    XCTAssertEqual(try Browser(port: office.hallPort).get("/kesehatan").status, 200)
  }
}
