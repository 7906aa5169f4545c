import Client
import Core
import Foundation
import XCTest

/// A disk that fills up, fails or is slow takes nothing that was acknowledged, and the hall is the last to feel it.
final class FailingDiskTests: XCTestCase {
  private static let megabyte: Int64 = 1 << 20

  /// An office whose state lies on a disk of its own.
  private func openHall() throws -> (office: OfficeProcess, disk: OfficeDisk) {
    let office = try closedOffice()
    try office.liftRates()
    try office.setFloors(uploadsMegabytes: 60, applicationsMegabytes: 40)
    let disk = try OfficeDisk(of: office)
    disk.room = 200 * Self.megabyte
    try office.start(environment: disk.environment(office.clock))
    try office.seatOfficer()
    return (office, disk)
  }

  private func health(_ office: OfficeProcess) throws -> Answer { try Browser(port: office.hallPort).get("/kesehatan") }

  private func count(_ table: String, _ office: OfficeProcess) throws -> Int {
    Int(try office.query("SELECT count(*) FROM \(table)")) ?? -1
  }

  func testFilesGiveWayFirstThenApplicationsAndNumbersNever() throws {
    let (office, disk) = try openHall()
    let visitor = HallVisitor(port: office.port)
    let application = try visitor.apply(person: 1)
    let other = try visitor.apply(person: 2)
    let officer = try office.seatOfficer("budi", at: 2)
    func isSaidToOfficers() throws -> Bool {
      try officer.visit("/petugas/loket").text.contains("Penyimpanan server hampir penuh")
    }
    XCTAssertFalse(try isSaidToOfficers())

    disk.room = 100 * Self.megabyte
    XCTAssertTrue(try health(office).text.contains("space: degraded"), "said early")
    XCTAssertTrue(try isSaidToOfficers(), "said early")
    XCTAssertEqual(try health(office).status, 200)

    disk.room = 50 * Self.megabyte
    _ = try visitor.apply(person: 3)
    XCTAssertTrue(try health(office).text.contains("no files are taken"))

    disk.room = 30 * Self.megabyte
    let browser = Browser(port: office.port)
    let page = try browser.get("/ajukan/paspor-elektronik-10")
    let form = try XCTUnwrap(page.form(to: "/ajukan/paspor-elektronik-10"))
    let refused = try browser.submit(form.filled(HallVisitor.answers(person: 4, name: "Contoh Penuh")))
    XCTAssertEqual(refused.status, 503)
    XCTAssertTrue(refused.text.contains("Contoh Penuh"), "what was typed is lost")
    XCTAssertEqual(try count("registration_application", office), 3)
    XCTAssertEqual(try health(office).status, 503)
    _ = try visitor.takeNumber(application: application)
    XCTAssertEqual(try count("queue_ticket", office), 1)

    // Nothing at all is left but the reserve.
    disk.room = 0
    _ = try visitor.takeNumber(application: other)
    XCTAssertEqual(try count("queue_ticket", office), 2)
    let said = try health(office).text
    XCTAssertTrue(said.contains("live on the reserve"), said)
    try office.waitForLog("live on the reserve")

    disk.room = 200 * Self.megabyte
    try waitFor("room again") { try self.health(office).status == 200 }
    try office.waitForLog("there is ample room on the disk again")
    let again = try XCTUnwrap(refused.forms.first { $0.action == "/ajukan/paspor-elektronik-10" })
    XCTAssertEqual(try browser.submit(again).status, 303)
  }

  func testOfficeStartsOnAFullDiskShowsItsPagesAndGoesOnWhenThereIsRoom() throws {
    let (office, disk) = try openHall()
    let visitor = HallVisitor(port: office.port)
    let application = try visitor.apply(person: 1)
    let port = office.port
    XCTAssertEqual(office.stop(), 0)
    disk.room = 0
    try office.start(port: port, environment: disk.environment(office.clock))
    let browser = Browser(port: office.port)
    for path in ["/", "/layanan", "/lacak", "/display", "/petugas/masuk"] {
      XCTAssertEqual(try browser.get(path).status, 200, path)
    }
    XCTAssertEqual(try health(office).status, 503)
    disk.room = 200 * Self.megabyte
    try office.seatOfficer("budi", at: 2)
    _ = try visitor.takeNumber(application: application)
    XCTAssertEqual(try count("queue_ticket", office), 1)
  }

  func testStartWithNeitherRoomNorReserveShowsItsPagesAndSaysSo() throws {
    let (office, disk) = try openHall()
    let visitor = HallVisitor(port: office.port)
    let application = try visitor.apply(person: 1)
    try startAgain(office, disk) {
      try FileManager.default.removeItem(atPath: "\(office.state)/reserve")
      disk.room = 0
    } look: { isKilled, said in
      XCTAssertTrue(said.contains("the disk is full (0 MB free) and the reserve used up"), said)
      XCTAssertTrue(said.contains("make room at once"), said)
      // After a kill there is room in the log that nobody had carried over.
      if !isKilled {
        XCTAssertThrowsError(try visitor.takeNumber(application: application)) {
          XCTAssertTrue("\($0)".contains("503"), "\($0)")
        }
      }
      disk.room = 200 * Self.megabyte
      try waitFor("room again") { try self.health(office).status == 200 }
      _ = try visitor.apply(person: isKilled ? 3 : 2)
    }
    try office.seatOfficer("budi", at: 2)
    _ = try visitor.takeNumber(application: application)
    XCTAssertEqual(try count("registration_application", office), 3)
  }

  func testStartWhereNobodyCanWriteShowsItsPagesAndIsStartedAnewWhenThatIsMended() throws {
    let (office, disk) = try openHall()
    let visitor = HallVisitor(port: office.port)
    let port = office.port
    var applications = [try visitor.apply(person: 1)]
    try startAgain(office, disk) {
      disk.failure = EROFS
    } look: { isKilled, said in
      XCTAssertTrue(said.contains("lets nobody write"), said)
      XCTAssertTrue(said.contains("mount -o remount,rw"), said)
      XCTAssertTrue(said.contains(", then systemctl restart gapura"), said)
      let browser = Browser(port: port)
      let page = try browser.get("/ajukan/paspor-elektronik-10")
      let form = try XCTUnwrap(page.form(to: "/ajukan/paspor-elektronik-10"))
      let refused = try browser.submit(form.filled(HallVisitor.answers(person: 4, name: "Contoh Penuh")))
      XCTAssertEqual(refused.status, 503)
      XCTAssertTrue(refused.text.contains("hanya dapat dibaca"), refused.text)
      XCTAssertTrue(refused.text.contains("Contoh Penuh"), "what was typed is lost")
      for application in applications {
        XCTAssertEqual(try visitor.browser.visit("/permohonan/\(application)").status, 200)
      }
      disk.mend()
      XCTAssertEqual(try office.server?.wait(within: .seconds(30)), 75, "not to be started anew")
      try office.start(port: port, environment: disk.environment(office.clock))
      XCTAssertEqual(try count("registration_application", office), applications.count)
      applications.append(try visitor.apply(person: isKilled ? 5 : 2))
    }
  }

  /// Stops the office, and another time kills it; each time something happens to the disk, and it starts and shows its pages.
  ///
  /// - Parameter look: what is seen then; gets what health says.
  private func startAgain(
    _ office: OfficeProcess, _ disk: OfficeDisk, after happening: () throws -> Void,
    look: (_ isKilled: Bool, _ said: String) throws -> Void
  ) throws {
    let port = office.port
    for isKilled in [false, true] {
      if isKilled { office.kill() } else { XCTAssertEqual(office.stop(), 0) }
      try happening()
      try office.start(port: port, environment: disk.environment(office.clock))
      for path in Self.readPages { XCTAssertEqual(try Browser(port: port).get(path).status, 200, path) }
      let said = try health(office)
      XCTAssertEqual(said.status, 503)
      try look(isKilled, said.text)
    }
  }

  private static let readPages = ["/", "/layanan", "/lacak", "/display", "/petugas/masuk", "/pengaduan"]

  func testDiskThatTakesNoWritesAnyMoreRefusesInWordsAndIsReadOn() throws {
    let (office, disk) = try openHall()
    let visitor = HallVisitor(port: office.port)
    let application = try visitor.apply(person: 1)
    for code in [EROFS, EIO] {
      disk.failure = code
      let browser = Browser(port: office.port)
      let page = try browser.get("/ajukan/paspor-elektronik-10")
      let form = try XCTUnwrap(page.form(to: "/ajukan/paspor-elektronik-10"))
      XCTAssertEqual(try browser.submit(form.filled(HallVisitor.answers(person: 2))).status, 503, "\(code)")
      XCTAssertEqual(try browser.get("/layanan").status, 200, "\(code)")
      disk.mend()
    }
    _ = try visitor.takeNumber(application: application)
    XCTAssertEqual(try count("registration_application", office), 1)
  }

  /// Waiting a little and trying again, as for a service that is away, helps against neither.
  func testWhoAsksForANumberIsToldWhatIsWrongWithTheDiskOnTheWebAndAtTheKiosk() throws {
    let (office, disk) = try openHall()
    let visitor = HallVisitor(port: office.port)
    let application = try visitor.apply(person: 1)
    let port = office.port
    // Its log is short then: there is no room in it that could be used again.
    XCTAssertEqual(office.stop(), 0)
    try office.start(port: port, environment: disk.environment(office.clock))
    try office.seatOfficer("budi", at: 2)
    let words = try Locales.load(directory: OfficeProcess.repository.appendingPathComponent("share/locales").path)
      .words(.indonesian)
    let page = try visitor.browser.get("/antrean?nomor=\(Browser.encoded(application))")
    let form = try XCTUnwrap(page.form(to: "/antrean"))
    let window = try KioskWalk.openWindow(office, columns: 80, rows: 24)
    defer { window.close() }
    let kiosk = KioskWalk(window: window)
    try kiosk.chooseLanguage(.indonesian, words)
    try kiosk.goToConfirmation(words)

    func assertTold(_ problem: Problem) throws -> Answer {
      let refused = try visitor.browser.submit(form)
      XCTAssertEqual(refused.status, 503, problem.code)
      XCTAssertEqual(refused.heading, problem.title(words))
      XCTAssertTrue(refused.text.contains(problem.mend(words)), refused.text)
      try window.press("Enter")
      try window.wait(for: words("kiosk.problem.title"))
      let shown = try kiosk.readAllPages()
      for said in [problem.title(words), problem.mend(words, of: "kiosk.mend")] {
        XCTAssertTrue(shown.contains(TerminalWindow.squeezed(said)), shown)
      }
      try window.press("Enter")
      try window.wait(for: words("kiosk.confirm.title"))
      return refused
    }
    for said in ["live on the reserve", "reserve used up"] {
      disk.room = 0
      try waitFor(said) { try self.health(office).text.contains(said) }
    }
    let refused = try assertTold(Problem(.unavailable, "space.full"))
    disk.room = 200 * Self.megabyte
    try waitFor("room again") { try self.health(office).status == 200 }
    disk.failure = EROFS
    _ = try assertTold(Problem(.unavailable, "space.read-only"))
    disk.mend()
    XCTAssertEqual(try count("queue_ticket", office), 0)
    let again = try XCTUnwrap(refused.form(to: "/antrean"), "what was chosen is lost")
    XCTAssertEqual(try visitor.browser.submit(again).status, 303)
    XCTAssertEqual(try count("queue_ticket", office), 1)
  }

  /// A notice that the disk is nearly full, and that calls go on, is wrong in both.
  func testConsoleSaysWhatIsTrueOfADiskThatLetsNobodyWriteAndOfOneThatIsFull() throws {
    let (office, disk) = try openHall()
    let officer = try office.seatOfficer("budi", at: 2)
    func shows(_ title: MessageKey, _ wrong: [MessageKey]) throws {
      for language in [Language.indonesian, .english] {
        let page = try officer.visit("/petugas/loket?bahasa=\(language.rawValue)")
        let words = try Locales.load(directory: OfficeProcess.repository.appendingPathComponent("share/locales").path)
          .words(language)
        func says(_ key: MessageKey) -> Bool { page.text.contains(words(key).replacing("'", with: "&#39;")) }
        XCTAssertEqual(page.status, 200)
        XCTAssertTrue(says(title), words(title))
        for key in wrong { XCTAssertFalse(says(key), words(key)) }
      }
    }
    disk.failure = EROFS
    try shows("layout.space.read-only", ["layout.space.title", "layout.space.text"])
    let refused = try officer.post("/petugas/loket/2/jeda", ["alasan-jeda": "prayer"])
    XCTAssertEqual(refused.status, 503)
    let mend = ["the server’s disk must be mended", "disk server harus diperbaiki"]
    XCTAssertTrue(mend.contains { refused.text.contains($0) }, refused.text)
    disk.mend()
    XCTAssertFalse(try officer.visit("/petugas/loket").text.contains("tidak dapat menyimpan"))

    disk.room = 0
    try waitFor("the reserve is given up") { try self.health(office).text.contains("live on the reserve") }
    try shows("layout.space.title", ["layout.space.read-only", "layout.space.full"])
    disk.room = 0
    try waitFor("nothing is left") { try self.health(office).text.contains("reserve used up") }
    try shows("layout.space.full", ["layout.space.title", "layout.space.text"])
  }

  /// A restart would mend none of it, and take the pages that are read as well.
  func testWatchdogIsFedOnADiskThatFailsIsFullOrLetsNobodyWrite() throws {
    let (office, disk) = try openHall()
    let visitor = HallVisitor(port: office.port)
    let application = try visitor.apply(person: 1)
    let port = office.port
    let manager = try NotifySocket(in: office.directory)
    let watched = disk.environment(office.clock).merging(["NOTIFY_SOCKET": manager.path, "WATCHDOG_USEC": "2000000"]) {
      $1
    }
    func assertFed(_ disk: String) {
      for _ in 0..<3 { XCTAssertTrue(manager.hearsAnew("WATCHDOG=1"), disk) }
    }
    func assertRefused(_ disk: String) {
      XCTAssertThrowsError(try visitor.takeNumber(application: application)) {
        XCTAssertTrue("\($0)".contains("503"), "\(disk): \($0)")
      }
    }
    XCTAssertEqual(office.stop(), 0)
    try office.start(port: port, environment: watched)
    disk.failure = EIO
    assertRefused("EIO")
    assertFed("EIO")
    disk.mend()

    for words in ["live on the reserve", "reserve used up"] {
      disk.room = 0
      try waitFor(words) { try manager.hearsAnew("WATCHDOG=1") && self.health(office).text.contains(words) }
    }
    assertRefused("full")
    assertFed("full")
    disk.room = 200 * Self.megabyte
    try waitFor("room again") { try manager.hearsAnew("WATCHDOG=1") && self.health(office).status == 200 }

    XCTAssertEqual(office.stop(), 0)
    disk.failure = EROFS
    try office.start(port: port, environment: watched)
    assertRefused("EROFS")
    assertFed("EROFS")
  }

  /// A writer that does not answer is no full disk: the manager hears nothing for longer than it waits, and starts the
  /// service anew.
  func testWatchdogIsNotFedWhileTheWriterIsStuck() throws {
    let (office, disk) = try openHall()
    let port = office.port
    let manager = try NotifySocket(in: office.directory)
    let patience = Duration.seconds(1)
    let watched = disk.environment(office.clock).merging([
      "NOTIFY_SOCKET": manager.path, "WATCHDOG_USEC": String(patience.milliseconds * 1000),
    ]) { $1 }
    XCTAssertEqual(office.stop(), 0)
    try office.start(port: port, environment: watched)
    for _ in 0..<3 { XCTAssertTrue(manager.hearsAnew("WATCHDOG=1")) }

    disk.slowness = 3 * patience.milliseconds
    let applying = DispatchGroup()
    DispatchQueue(label: "applicant").async(group: applying) { _ = try? HallVisitor(port: port).apply(person: 1) }
    var silence = Duration.zero
    repeat {
      let began = ContinuousClock.now
      XCTAssertTrue(manager.hears("WATCHDOG=1"), "it is fed once the disk has answered")
      silence = max(silence, ContinuousClock.now - began)
    } while applying.wait(timeout: .now()) == .timedOut
    XCTAssertGreaterThan(silence, patience)

    disk.slowness = 0
    for _ in 0..<3 { XCTAssertTrue(manager.hearsAnew("WATCHDOG=1")) }
    XCTAssertEqual(try count("registration_application", office), 1)
  }

  /// EIO of a read is the disk's: nobody is told that the data is damaged, which was read and is as it was written.
  func testReadThatFailsIsToldAndNothingIsWrongAfterwards() throws {
    let (office, disk) = try openHall()
    let walk = WriteWalk(office, disk, failsReads: true)
    let visitor = HallVisitor(port: office.port)
    let form = "/ajukan/\(EveryWriteTests.service)"
    var toldCount = 0
    for person in 1...8 {
      // Who writes has everybody else read anew.
      let applied = try walk.take(
        "/ajukan/:layanan", "SELECT count(*) FROM registration_application", visitor.browser, on: form, to: form,
        HallVisitor.answers(person: person))
      let receipt = try XCTUnwrap(applied.location)
      disk.failRead(Int64(person))
      let answer = try visitor.browser.visit(receipt)
      XCTAssertTrue([200, 503].contains(answer.status), "read \(person): \(answer.gist)")
      if answer.status == 503 { toldCount += 1 }
      disk.mend()
      XCTAssertEqual(try visitor.browser.visit(receipt).status, 200, "read \(person)")
    }
    XCTAssertGreaterThan(toldCount, 0, "no page has met it")
    try waitFor("health") { try self.health(office).status == 200 }
    XCTAssertFalse(office.log.contains("damage-found"), office.log)

    let port = office.port
    XCTAssertEqual(office.stop(), 0)
    for call in [1, 4, 16, 64, 256] as [Int64] {
      disk.failRead(call)
      do {
        try office.start(port: port, environment: disk.environment(office.clock))
      } catch {
        let code = try office.server?.wait()
        XCTAssertFalse([65, 78].contains(code), "read \(call): systemd does not try again: \(error)")
        XCTAssertFalse("\(error)".contains("Fatal error"), "\(error)")
      }
      disk.mend()
      office.stop()
    }
    try office.start(port: port, environment: disk.environment(office.clock))
    try walk.restart()
  }

  func testSlowDiskIsWaitedFor() throws {
    let (office, disk) = try openHall()
    disk.slowness = 300
    let visitor = HallVisitor(port: office.port)
    _ = try visitor.applyAndTakeNumber(person: 1)
    XCTAssertEqual(try count("queue_ticket", office), 1)
    XCTAssertEqual(try health(office).status, 200)
  }

  private func waitFor(_ fact: String, _ holds: () throws -> Bool) throws {
    let deadline = ContinuousClock.now + Duration.seconds(30).withPatience
    while !(try holds()) {
      guard ContinuousClock.now < deadline else { return XCTFail("never: \(fact)") }
      Thread.sleep(forTimeInterval: 0.05)
    }
  }
}

extension OfficeProcess {
  /// Has the office give way with so little room left, as a small disk needs; its reserve is small, too.
  func setFloors(uploadsMegabytes: Int, applicationsMegabytes: Int) throws {
    let file = configuration.appendingPathComponent("gapura.json5")
    let text = try String(contentsOf: file, encoding: .utf8)
    let shipped = "uploadsMegabytes: 512, applicationsMegabytes: 128, reserveMegabytes: 64"
    try XCTUnwrap(text.contains(shipped) ? text : nil, "the shipped floors were not found")
      .replacing(
        shipped,
        with:
          "uploadsMegabytes: \(uploadsMegabytes), applicationsMegabytes: \(applicationsMegabytes), reserveMegabytes: 16"
      )
      .write(to: file, atomically: true, encoding: .utf8)
  }
}
