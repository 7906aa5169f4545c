import Client
import Core
import Foundation
import XCTest

/// What the office does by itself on a disk of which one call fails, or all (see `EveryWriteTests`). Nobody asks for it, so no
/// answer can say that it has not happened: health does, until it has; and it happens once.
final class JobWriteTests: XCTestCase {
  /// What comes round again and writes, by its source or unit; all of it is brought to its work here.
  private static let jobs: Set<String> = [
    "HallRound", "AppointmentRound", "RegularForgetting", "NightlyRetention", "HeadSigner", "DocumentsModule",
    "ClockKeeper",
    "SpaceKeeper", "gapura-backup.timer",
  ]

  /// What else waits for a time, and why it is not among them.
  private static let elsewhere: [String: String] = [
    "IntervalClock": "what most of them wait by", "Journal": "reads", "JournalHub": "reads",
    "DamageWatch": "carries the log into the file; where it cannot, the log keeps it (DamageTests)",
    "Watchdog": "leaves nothing behind",
    "Witness": "carries to the disk what is written with each commit; one that is behind only knows less",
    "HallFeed": "reads (HallFeedTests)", "MissingKeys": "reads",
    "JournalKeeper": "what could not be removed goes an hour later, and health says so until then (JournalKeeperTests)",
    "MemoryKeeper": "writes nothing",
    "RoomPages": "tells who waits; the order is drawn with the appointments",
    "LookUpGuard": "an answer waits", "Serve+Faces": "a taken port is tried again",
    "RequestHandler+Shares": "a refusal waits", "SecurityLog": "lines of the log", "WebServer": "closes connections",
    "KioskListener": "screens", "OfficerStreams": "closes the streams of officers who are gone",
    "PasswordProof": "an answer waits", "SignInLine": "tries take turns",
    "SignInWatch": "counts in memory; a storm that cannot be told goes on being told by health (SignInWatchTests)",
  ]

  func testEverythingThatComesRoundIsTriedOrSaysWhyNot() throws {
    let found = try WritePaths.jobs()
    XCTAssertGreaterThan(found.count, 15)
    let known = Self.jobs.union(Self.elsewhere.keys)
    XCTAssertEqual(found.subtracting(known).sorted(), [], "nobody tries what becomes of these on a disk that fails")
    XCTAssertEqual(known.subtracting(found).sorted(), [], "there are no such jobs any more")
  }

  // MARK: Nights and days

  func testWhatNightsAndDaysBringIsDoneOnceWhenTheDiskIsWellAgain() throws {
    let office = try closedOffice(at: "2026-11-30 09:30")
    try office.liftRates()
    try office.setFloors(uploadsMegabytes: 60, applicationsMegabytes: 40)
    try rewrite("vault.json5", office) {
      $0.replacing(/days: \d{3,}/, with: "days: 7").replacing("graceDays: 7", with: "graceDays: 0")
    }
    try office.start()
    // Two whose time will have come, one with a document.
    _ = try HallVisitor(port: office.port).apply(person: 1)
    _ = try send(2, office)
    try office.clock.set("2026-12-02 09:30")
    try leaveWork(office)
    office.kill()
    try DatabaseShell.run(
      "UPDATE documents_document SET state = 'quarantined' WHERE document = (SELECT max(document) FROM documents_document)",
      on: "\(office.state)/gapura.db")
    let walk = try JobWalk(
      office, left: "2026-12-02 09:36",
      due: JobWalk.Due(day: try XCTUnwrap(CivilDate(iso: "2026-12-08")), minute: 3 * 60), traces: Self.traces)
    try walk.walk(naming: [
      "the hall's round", "appointments", "old needs", "retention", "the ledger's signed head",
      "the scan of waiting documents", "keeping the time",
    ])
  }

  /// A promise breaks and the day ends; times that were kept lapse, an appointment is missed and a draw is drawn; needs,
  /// documents and people are forgotten; each leaves its entries and events, and no two.
  private static let traces = [
    "SELECT state, coalesce(reason, '') FROM queue_ticket",
    "SELECT count(*) FROM queue_transition",
    "SELECT count(*) FROM queue_counter WHERE state = 'open'",
    "SELECT state FROM appointments_appointment ORDER BY id",
    "SELECT (SELECT drawn_at IS NOT NULL FROM appointments_draw), count(rank), count(appointment) "
      + "FROM appointments_entry",
    "SELECT count(*) FROM accessibility_need",
    "SELECT (SELECT count(*) FROM vault_records), count(*), coalesce(sum(is_settled), 0) FROM vault_erasures",
    "SELECT count(*) FROM documents_document WHERE state = 'quarantined'",
    "SELECT count(*) FROM documents_document",
    "SELECT kind, count(*) FROM ledger_entries GROUP BY kind",
    "SELECT kind, count(*) FROM store_events GROUP BY kind",
    "SELECT (SELECT max(size) FROM ledger_heads) = size FROM ledger_tip",
  ]

  private func leaveWork(_ office: OfficeProcess) throws {
    let supervisor = try office.seatOfficer("budi", role: "supervisor", at: 1)
    _ = try HallVisitor(port: office.port).applyAndTakeNumber(
      person: 10, needs: ["prioritas": "pregnant", "bantuan": "wheelchair"])
    let soon = office.clock.today
    for (person, isConfirmed) in [(11, false), (12, true)] {
      let visitor = HallVisitor(port: office.port)
      let number = try visitor.apply(person: person)
      let page = try visitor.browser.visit(
        "/janji/waktu?nomor=\(Browser.encoded(number))&jalur=web&hari=\(soon.adding(days: 5))")
      let time = try XCTUnwrap(page.text.firstMatch(of: /name="jam" value="([^"]+)"/), page.text).output.1
      let held = try visitor.browser.submit(
        XCTUnwrap(page.form(to: "/janji/waktu")).filled(["jam": String(time)]))
      let path = try XCTUnwrap(held.location)
      guard isConfirmed else { continue }
      let form = try XCTUnwrap(visitor.browser.visit(path).form(to: "\(path)/pesan"))
      XCTAssertEqual(try visitor.browser.submit(form).status, 303)
    }
    let plan = try XCTUnwrap(supervisor.visit("/petugas/janji").form(to: "/petugas/janji/undian"))
    let asked = try supervisor.submit(
      plan.filled([
        "layanan-undian": EveryWriteTests.service, "hari-pertama": soon.adding(days: 15).description,
        "hari-terakhir": soon.adding(days: 18).description, "tutup": soon.adding(days: 2).description,
        "jam-tutup": "12.00",
      ]))
    XCTAssertEqual(try supervisor.confirm(asked).location, "/petugas/janji?diumumkan=1")
    for person in [13, 14] {
      let visitor = HallVisitor(port: office.port)
      let number = try visitor.apply(person: person)
      let form = try XCTUnwrap(visitor.browser.visit("/undian/1").form(to: "/undian/1"))
      XCTAssertEqual(try visitor.browser.submit(form.filled(["nomor": number])).status, 303)
    }
    _ = try send(15, office)
  }

  /// A person applies and sends a document.
  private func send(_ person: Int, _ office: OfficeProcess) throws -> (browser: Browser, path: String, slot: String) {
    let visitor = HallVisitor(port: office.port)
    let path = "/permohonan/\(Browser.encoded(try visitor.apply(person: person)))/dokumen"
    let slot = try XCTUnwrap(visitor.browser.visit(path).forms.map(\.action).first { $0.hasPrefix("\(path)/") })
    let content = Array("%PDF-1.7\nsurat\nstartxref\n0\n%%EOF\n".utf8)
    let sent = try visitor.browser.postMultipart(
      slot, [MultipartPart("berkas", fileName: "ktp.pdf", mediaType: "application/pdf", content)])
    XCTAssertEqual(sent.status, 303)
    return (visitor.browser, path, slot)
  }

  // MARK: The waiting room

  func testTheOrderInAWaitingRoomIsDrawnOnceWhenTheDiskIsWellAgain() throws {
    let office = try closedOffice(at: "2026-12-02 07:40")
    try office.liftRates()
    try office.setFloors(uploadsMegabytes: 60, applicationsMegabytes: 40)
    try office.start()
    let browsers = (0..<6).map { _ in Browser(port: office.port) }
    for browser in browsers {
      let form = try XCTUnwrap(browser.visit("/ruang-tunggu").form(to: "/ruang-tunggu"))
      XCTAssertEqual(try browser.submit(form).status, 303)
      browser.close()
    }
    office.kill()
    let walk = try JobWalk(
      office, left: "2026-12-02 07:45",
      due: JobWalk.Due(day: try XCTUnwrap(CivilDate(iso: "2026-12-02")), minute: 8 * 60 + 1),
      traces: [
        "SELECT count(*), count(number), count(DISTINCT number), min(number), max(number) FROM appointments_visitor",
        "SELECT last, shuffled FROM appointments_room",
      ])
    try walk.walk(naming: ["appointments", "keeping the time"]) {
      for browser in browsers {
        let page = try browser.visit("/ruang-tunggu")
        XCTAssertEqual(page.status, 503, "a place in an order that was not drawn: \(page.text.suffix(2000))")
        browser.close()
      }
    }
    let order = try office.query("SELECT number FROM appointments_visitor ORDER BY number")
    XCTAssertEqual(order.split(separator: "\n").map(String.init), ["1", "2", "3", "4", "5", "6"])
  }

  // MARK: Files

  func testTheFileOfARemovedDocumentGoesWhenTheDiskLetsIt() throws {
    let office = try closedOffice()
    try office.liftRates()
    let disk = try OfficeDisk(of: office)
    try office.start(environment: disk.environment(office.clock))
    let time = JobWalk.Due(day: office.clock.today, minute: 9 * 60 + 40)
    var step = 0
    func pass() throws {
      step += 1
      try office.clock.set(time.moment(step))
    }
    func files() throws -> Int {
      try FileManager.default.contentsOfDirectory(atPath: "\(office.state)/documents").filter { $0 != "arriving" }.count
    }
    func isSaid() throws -> Bool {
      try Browser(port: office.hallPort).get("/kesehatan").text.contains("the sweep of documents")
    }
    let leaving = "SELECT count(*) FROM documents_leaving"
    for (place, error) in [EIO, EROFS, ENOSPC].enumerated() {
      let (browser, path, slot) = try send(20 + place, office)
      let form = try XCTUnwrap(browser.visit(path).forms.first { $0.action == "\(slot)/hapus" })
      let asked = try browser.submit(form)
      XCTAssertEqual(try browser.confirm(asked).status, 303)
      disk.failure = error
      try pass()
      try wait("error \(error): health says so", office, isSaid)
      XCTAssertEqual(try office.query(leaving), "1", "\(error)")
      // On a full disk files can be removed; that one is gone cannot be written down.
      XCTAssertEqual(try files(), error == ENOSPC ? 0 : 1, "\(error)")
      disk.mend()
      try pass()
      try wait("error \(error): the file goes", office) {
        try files() == 0 && office.query(leaving) == "0" && !isSaid()
      }
      try wait("there is room again", office) {
        try !Browser(port: office.hallPort).get("/kesehatan").text.contains("space:")
      }
    }
    XCTAssertEqual(office.stop(), 0)
    XCTAssertTrue(try office.command(["vault", "check"]).contains("ledger intact"))
  }

  func testCopiesWhoseTimeIsOverGoWhenTheDiskLetsThem() throws {
    let office = try closedOffice()
    try office.start()
    _ = try HallVisitor(port: office.port).apply(person: 1)
    XCTAssertEqual(office.stop(), 0)
    let walk = WriteWalk(office, try OfficeDisk(of: office, isOfAll: true))
    let (copies, rings) = (
      office.directory.appendingPathComponent("copies").path, office.directory.appendingPathComponent("rings").path
    )
    try FileManager.default.createDirectory(atPath: rings, withIntermediateDirectories: true)
    func names(_ directory: String) throws -> [String] {
      try FileManager.default.contentsOfDirectory(atPath: directory).sorted()
    }
    for _ in 0..<4 { try office.command(["backup", copies]) }
    let newest = try XCTUnwrap(names(copies).last)
    try walk.take(command: ["backup", copies, "--keep", "2"], { try names(copies).description }, isResumed: true)
    let kept = try names(copies)
    XCTAssertEqual(kept.count, 2, "\(kept)")
    XCTAssertFalse(kept.contains { $0.hasSuffix(".unfinished") }, "\(kept)")
    XCTAssertGreaterThan(try XCTUnwrap(kept.last), newest)
    let old = "keyring-2026-10-01-1790000000000.db"
    XCTAssertTrue(FileManager.default.createFile(atPath: "\(rings)/\(old)", contents: Data([1])))
    try walk.take(command: ["vault", "backup-ring", rings], { try names(rings).description }, isResumed: true)
    XCTAssertFalse(try names(rings).contains(old))
    try office.command(["restore", "\(copies)/\(try XCTUnwrap(kept.last))", "--ring", rings, "--drill"])
  }

  private func wait(_ fact: String, _ office: OfficeProcess, _ holds: () throws -> Bool) throws {
    let deadline = Date(timeIntervalSinceNow: 40)
    while try !holds() {
      guard Date() < deadline else {
        throw OfficeProcess.Failure(
          description: "never: \(fact). Health says:\n\(try Browser(port: office.hallPort).get("/kesehatan").text)")
      }
      Thread.sleep(forTimeInterval: 0.05)
    }
  }

  private func rewrite(_ name: String, _ office: OfficeProcess, _ change: (String) -> String) throws {
    let file = office.configuration.appendingPathComponent(name)
    try change(String(contentsOf: file, encoding: .utf8)).write(to: file, atomically: true, encoding: .utf8)
  }
}
