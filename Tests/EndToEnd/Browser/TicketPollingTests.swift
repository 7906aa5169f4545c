import Client
import Core
import WebDriver
import XCTest

/// A ticket's page on a phone whose network lets no event streams through, as some proxies do.
final class TicketPollingTests: BrowserTestCase {
  private static let streams = "*/peristiwa*"

  func testWhereEventsAreRefusedThePageAsksByItselfAndSaysThatItIsLate() throws {
    let hall = try openHall()
    try hall.phone.developer("Network.enable")
    try hall.phone.developer("Network.setBlockedURLs", ["urls": [.text(Self.streams)]])
    try hall.showTicket()
    try hall.phone.wait(for: "the page says that the line is down", within: .seconds(30)) {
      try hall.phone.element(".stale").isDisplayed
    }
    try hall.callAndExpectItOnThePage()
    XCTAssertTrue(try hall.phone.element(".stale").isDisplayed, "events came through after all")
  }

  /// The stream is asked for and nothing ever comes: no error tells the page.
  func testWhereEventsAreHeldBackThePageAsksFromTimeToTime() throws {
    let hall = try openHall()
    try hall.phone.developer("Fetch.enable", ["patterns": [["urlPattern": .text(Self.streams)]]])
    try hall.showTicket()
    try hall.callAndExpectItOnThePage()
  }

  private func openHall() throws -> PolledHall {
    let office = try makeOffice()
    let password = try office.addOfficer("petugas", role: "clerk")
    try office.start()
    return PolledHall(
      office: office, password: password, ticket: try HallVisitor(port: office.port).applyAndTakeNumber(person: 1),
      phone: try openBrowser(), words: try Self.words(.indonesian))
  }
}

/// One person with a phone, and an officer.
private struct PolledHall {
  let office: OfficeProcess
  let password: String
  let ticket: HallVisitor.Ticket
  let phone: BrowserSession
  let words: Words

  func showTicket() throws {
    try phone.open("http://127.0.0.1:\(office.port)/tiket/\(ticket.code)")
    XCTAssertEqual(try phone.text(".ticket-number strong"), ticket.number)
    XCTAssertFalse(try phone.has(".called"))
    try phone.run("window.sameDocument = true")
  }

  func callAndExpectItOnThePage() throws {
    let officer = Browser(port: office.port)
    let door = try officer.visit("/petugas/masuk")
    _ = try officer.submit(XCTUnwrap(door.form(to: "/petugas/masuk")).filled(["nama": "petugas", "sandi": password]))
    let closed = try officer.visit("/petugas/loket/1")
    let counter = try officer.follow(officer.submit(XCTUnwrap(closed.form(to: "/petugas/loket/1/buka"))))
    _ = try officer.submit(XCTUnwrap(counter.form(to: "/petugas/loket/1/panggil")))

    try phone.wait(for: "the page shows the call", within: .seconds(60)) { try phone.has(".called") }
    let shown = try phone.text(".called").lowercased()
    XCTAssertTrue(shown.contains(words("queue.counter", ["counter": "1"]).lowercased()), shown)
    XCTAssertEqual(try phone.run("return window.sameDocument === true"), true, "the page was loaded again")
  }
}
