import Client
import Contracts
import Core
import Foundation
import XCTest

/// A machine's date goes wrong while people wait and their data lie there.
final class DoubtfulClockTests: XCTestCase {
  /// Another start of the machine than that in which the test runs.
  private static let otherBoot = ["GAPURA_BOOT": String(repeating: "2", count: 32)]

  /// An office with an officer at a counter and a person who waits; it has seen what time it is. What is past its time goes
  /// in the night in which it is announced: nothing but the doubt keeps anybody.
  private func hall() throws -> (office: OfficeProcess, waiting: HallVisitor.Ticket) {
    let office = try closedOffice()
    try office.rewrite("vault.json5") { $0.replacing("graceDays: 7", with: "graceDays: 0") }
    try office.start()
    try office.seatOfficer()
    let ticket = try HallVisitor(port: office.port).applyAndTakeNumber(person: 1)
    return (office, ticket)
  }

  private func words() throws -> Words {
    let directory = OfficeProcess.repository.appendingPathComponent("share/locales").path
    return try Locales.load(directory: directory).words(.indonesian)
  }

  /// What `gapura clock` says in doubt, which is no success.
  private func clock(_ office: OfficeProcess) throws -> String {
    let asked = try office.begin(["clock"])
    XCTAssertEqual(try asked.wait(within: ChildProcess.patience), 69)
    return asked.speech.text
  }

  private func people(_ office: OfficeProcess) throws -> String {
    try office.query("SELECT (SELECT count(*) FROM vault_records), (SELECT count(*) FROM vault_subjects)")
  }

  private func state(of ticket: HallVisitor.Ticket, _ office: OfficeProcess) throws -> String {
    try office.query("SELECT state FROM queue_ticket WHERE code = '\(ticket.code)'")
  }

  func testDateThatJumpsWhileTheHallIsOpenTakesNothingAndTheHallGoesOn() throws {
    for moment in ["2037-01-05 10:00", "2026-12-03 01:30", "2020-01-01 00:00"] {
      let (office, ticket) = try hall()
      let before = try people(office)
      try office.clock.falsify(moment)
      // It does when it starts what it does by the minute.
      XCTAssertEqual(office.stop(), 0)
      try office.start()
      XCTAssertEqual(try people(office), before, moment)
      XCTAssertEqual(try state(of: ticket, office), "waiting", moment)
      let browser = Browser(port: office.port)
      let health = try Browser(port: office.hallPort).visit("/kesehatan")
      XCTAssertEqual(health.status, 200, moment)
      XCTAssertTrue(health.text.contains("clock: degraded"), "\(moment): \(health.text)")
      XCTAssertTrue(health.text.contains("gapura clock trust"), moment)
      let other = try HallVisitor(port: office.port).applyAndTakeNumber(person: 2)
      XCTAssertEqual(try state(of: other, office), "waiting", moment)
      let page = try browser.visit("/tiket/\(ticket.code)").text
      XCTAssertTrue(page.contains(ticket.number), moment)
      XCTAssertFalse(page.contains(try words()("queue.ending.day-closed")), moment)
      XCTAssertThrowsError(try office.command(["vault", "retention"]), moment) {
        XCTAssertTrue("\($0)".contains("gapura clock trust"), "\($0)")
      }
      XCTAssertThrowsError(try office.command(["queue", "close-day"]), moment)

      // Put right, it is believed again by itself.
      try office.clock.falsify("2026-12-02 09:45")
      XCTAssertFalse(try Browser(port: office.hallPort).visit("/kesehatan").text.contains("clock:"), moment)
      office.remove()
    }
  }

  func testMachineThatStartsInAnotherYearErasesNothingUntilAnAdministratorConfirmsTheDate() throws {
    let (office, ticket) = try hall()
    let before = try people(office)
    XCTAssertEqual(office.stop(), 0)
    try office.clock.falsify("2037-01-05 10:00")
    // Asked to stop, it ends what a night does first.
    for _ in 0..<2 {
      try office.start(environment: Self.otherBoot)
      _ = try Browser(port: office.port).visit("/kesehatan")
      XCTAssertEqual(office.stop(), 0)
    }
    try office.start(environment: Self.otherBoot)
    let told = try office.waitForLog("security.event=clock-doubted")
    XCTAssertTrue(told.contains("clock.doubt="), told)
    XCTAssertEqual(try people(office), before)
    XCTAssertEqual(try state(of: ticket, office), "waiting")
    let asked = try clock(office)
    for words in ["3687 days ahead", "the machine's date: 2037-01-05T10:00", "last believed: 2026-12-02T"] {
      XCTAssertTrue(asked.contains(words), asked)
    }
    let supervisor = try office.seatOfficer("budi", role: "supervisor", at: nil)
    XCTAssertTrue(try supervisor.visit("/petugas").text.contains(try words()("layout.clock.title")))

    XCTAssertTrue(try office.command(["clock", "trust"]).contains("the date is believed: 2037-01-05T10:00"))
    try office.waitForLog("security.event=clock-trusted")
    XCTAssertFalse(try supervisor.visit("/kesehatan").text.contains("clock:"))
    XCTAssertFalse(try supervisor.visit("/petugas").text.contains(try words()("layout.clock.title")))
    XCTAssertEqual(office.stop(), 0)
    // What was confirmed is known at the next start, and the day in between is over.
    try office.start(environment: Self.otherBoot)
    XCTAssertFalse(try Browser(port: office.hallPort).visit("/kesehatan").text.contains("clock:"))
    XCTAssertEqual(try state(of: ticket, office), "cancelled")
    // So was everybody's time: the night does what it would have done at once.
    try office.waitForLog("retention done")
    let left = try people(office)
    XCTAssertTrue(left.hasPrefix("0|"), left)
  }

  func testACopyThatIsPutBackOnAWrongDateLosesNobodyAndTheDateIsDoubtedAfterIt() throws {
    let (office, ticket) = try hall()
    XCTAssertEqual(office.stop(), 0)
    let before = try people(office)
    let copies = office.directory.appendingPathComponent("copies").path
    try office.command(["backup", copies])
    let copy = try XCTUnwrap(FileManager.default.contentsOfDirectory(atPath: copies).first)
    try office.clock.falsify("2037-01-05 10:00")
    let said = try office.command(["restore", "\(copies)/\(copy)"], environment: Self.otherBoot)
    for words in ["restored: the data is from 2026-12-02T", "days ahead of", "gapura clock trust, after the start"] {
      XCTAssertTrue(said.contains(words), "\(words) in: \(said)")
    }
    XCTAssertEqual(try people(office), before)

    // Asked to stop, it ends what a night does first.
    try office.start(environment: Self.otherBoot)
    XCTAssertTrue(try Browser(port: office.hallPort).visit("/kesehatan").text.contains("clock: degraded"))
    XCTAssertEqual(office.stop(), 0)
    try office.start(environment: Self.otherBoot)
    XCTAssertEqual(try people(office), before)
    XCTAssertEqual(try state(of: ticket, office), "waiting")

    // Nothing but the doubt kept them.
    try office.command(["clock", "trust"])
    XCTAssertEqual(office.stop(), 0)
    try office.start(environment: Self.otherBoot)
    try office.waitForLog("retention done")
    let left = try people(office)
    XCTAssertTrue(left.hasPrefix("0|"), left)
  }

  func testDatesOfBirthThatAreTriedInAWrongYearKeepNobodyOutOnceTheDateIsRight() throws {
    let (office, _) = try hall()
    let number = try HallVisitor(port: office.port).apply(person: 2)
    XCTAssertEqual(office.stop(), 0)
    try office.clock.falsify("2037-01-05 10:00")
    try office.start(environment: Self.otherBoot)
    let person = Browser(port: office.port)
    let path = "/permohonan/\(number)"
    let answers = try (0..<5).map { _ in
      let form = try XCTUnwrap(person.get(path).form(to: path))
      return try person.submit(form.filled(["lahir--hari": "1", "lahir--bulan": "1", "lahir--tahun": "1999"])).status
    }
    XCTAssertEqual(answers, [404, 404, 404, 404, 429], "the first miss that has to wait")
    // Put right, and as long ago as the wait.
    try office.clock.falsify("2026-12-02 10:00")
    try office.clock.set(office.clock.now + .seconds(30))
    XCTAssertEqual(try person.open(application: number).status, 303)
  }

  func testMachineThatWakesYearsAgoOffersItsServices() throws {
    let (office, ticket) = try hall()
    office.kill()
    try office.clock.falsify("2020-01-01 00:00")
    let manager = try NotifySocket(in: office.directory)
    try office.start(environment: Self.otherBoot.merging(["NOTIFY_SOCKET": manager.path]) { $1 })
    let ready = try XCTUnwrap(manager.next())
    XCTAssertTrue(
      ready.contains { $0.hasPrefix("STATUS=Serving") && $0.contains("behind") && $0.contains("gapura clock trust") },
      "\(ready)")
    let browser = Browser(port: office.port)
    XCTAssertTrue(try browser.visit("/layanan").links.contains("/layanan/paspor-elektronik-10"))
    XCTAssertTrue(try Browser(port: office.hallPort).visit("/kesehatan").text.contains("behind"))
    XCTAssertEqual(try browser.visit("/kesehatan").text, "degraded\n", "the public learns no more")
    XCTAssertEqual(try state(of: ticket, office), "waiting")
    XCTAssertNoThrow(try HallVisitor(port: office.port).applyAndTakeNumber(person: 2))
    try office.clock.falsify("2026-12-02 10:30")
    XCTAssertTrue(manager.hears("STATUS=Serving http://127.0.0.1:\(office.port)"), "nor does the status go on about it")
  }

  func testAWeekendWithThePowerOffIsNoDoubtAndALongHolidayIsOneUnlessTheOfficeSaysOtherwise() throws {
    for (moment, hours, isDoubted) in [
      ("2026-12-05 09:00", 72, false), ("2026-12-05 09:00", 71, true), ("2026-12-14 08:00", 72, true),
      ("2026-12-14 08:00", 300, false),
    ] {
      let office = try closedOffice()
      try office.rewrite("gapura.json5") { $0.replacing("aheadHours: 72", with: "aheadHours: \(hours)") }
      try office.start()
      XCTAssertEqual(office.stop(), 0)
      try office.clock.falsify(moment)
      try office.start(environment: Self.otherBoot)
      let health = try Browser(port: office.hallPort).visit("/kesehatan").text
      XCTAssertEqual(health.contains("clock: degraded"), isDoubted, "\(moment) with \(hours): \(health)")
      office.remove()
    }
  }

  func testADateIsConfirmedAlsoWhileNothingRuns() throws {
    let (office, _) = try hall()
    XCTAssertEqual(office.stop(), 0)
    try office.clock.falsify("2027-06-01 10:00")
    XCTAssertTrue(try clock(office).contains("ahead"))
    XCTAssertTrue(try office.command(["clock", "trust"]).contains("the date is believed"))
    try office.start()
    XCTAssertFalse(try Browser(port: office.hallPort).visit("/kesehatan").text.contains("clock:"))
  }

  func testCopiesAreNotDeletedOnADoubtfulDateAndOnesFromTheFutureDisplaceNone() throws {
    let (office, _) = try hall()
    let copies = office.state + "-copies"
    defer { try? FileManager.default.removeItem(atPath: copies) }
    for _ in 0..<2 { try office.command(["backup", copies, "--keep", "2"]) }
    let ring = office.directory.appendingPathComponent("ring").path
    for _ in 0..<2 { try office.command(["vault", "backup-ring", ring]) }
    XCTAssertEqual(office.stop(), 0)
    // Another start of the machine, in a year in which the time of every copy is over.
    try office.clock.falsify("2037-06-01 00:00")
    for words in [["vault", "backup-ring", ring], ["backup", copies, "--keep", "2"]] {
      let said = try office.command(words, environment: Self.otherBoot)
      XCTAssertTrue(said.contains("nothing was deleted"), said)
    }
    XCTAssertEqual(try FileManager.default.contentsOfDirectory(atPath: ring).count, 3)
    XCTAssertEqual(try FileManager.default.contentsOfDirectory(atPath: copies).count, 3)
    try office.clock.falsify("2026-12-02 09:50")
    // Of the data named anew, from when it is; of the keys its name has the day from which it counts as well.
    try office.command(["backup", copies, "--keep", "9"])
    try office.command(["vault", "backup-ring", ring])
    for directory in [ring, copies] {
      let names = try FileManager.default.contentsOfDirectory(atPath: directory)
      XCTAssertEqual(names.count, 4, "\(names)")
      let others = names.filter { !$0.contains("-2026-") }
      XCTAssertEqual(others.map { $0.contains("+") }, directory == ring ? [true] : [], "\(names)")
    }
    try office.command(["backup", copies, "--keep", "2"])
    try office.clock.falsify("2037-01-05 10:00")
    XCTAssertTrue(try office.command(["backup", copies, "--keep", "2"]).contains("nothing was deleted"))
    XCTAssertEqual(try FileManager.default.contentsOfDirectory(atPath: copies).count, 3)
    try FileManager.default.createDirectory(
      atPath: copies + "/gapura-2037-01-05T030000.000Z", withIntermediateDirectories: true)
    try office.clock.falsify("2026-12-02 10:00")
    for _ in 0..<3 { try office.command(["backup", copies, "--keep", "2"]) }
    let names = try FileManager.default.contentsOfDirectory(atPath: copies).sorted()
    XCTAssertEqual(names.filter { $0.contains("-2026-") }.count, 2, "\(names)")
    XCTAssertEqual(names.filter { $0.contains("-2037-") }.count, 1, "\(names)")
  }

  func testTheControlSocketIsForItsOwnerAndRefusesWhatItDoesNotKnow() throws {
    let (office, _) = try hall()
    let path = "\(office.runtime)/control"
    XCTAssertEqual(try office.run("/usr/bin/stat", ["-c", "%a %F", path]), "600 socket\n")
    XCTAssertThrowsError(try office.command(["clock", "forget"])) { XCTAssertTrue("\($0)".contains("usage")) }
    for request in ["", "vault open", String(repeating: "x", count: 5000), "clock trust now\nclock"] {
      XCTAssertEqual(try ask(request, at: path), ["problem", "control.refused"], String(request.prefix(20)))
    }
    XCTAssertEqual(try ask("clock", at: path).first, "ok")
  }

  private func ask(_ request: String, at path: String) throws -> [String] {
    let connection = try Connection(unixSocket: path)
    try connection.send(request)
    connection.finishSending()
    return String(decoding: try connection.readToEnd(), as: UTF8.self).split(separator: "\n").map(String.init)
  }
}
