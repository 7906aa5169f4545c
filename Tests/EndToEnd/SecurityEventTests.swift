import Client
import Core
import Foundation
import XCTest

/// A client that tries doors is seen by those who watch: in the log, and by the real fail2ban with the filter that is shipped.
final class SecurityEventTests: XCTestCase {
  func testHostileRequestsLeaveLinesThatFail2banReads() throws {
    let office = try closedOffice()
    try change(office, "addresses: false", to: "addresses: true")
    try office.start()
    let officer = try office.seatOfficer(at: nil)

    let stranger = Browser(port: office.port)
    _ = try stranger.visit("/petugas/masuk")
    for number in 0..<6 {
      _ = try stranger.post("/petugas/masuk", ["nama": "sari", "sandi": "tebakan nomor \(number)"])
    }
    _ = try stranger.request(
      "POST", "/antrean", [("Content-Type", "application/x-www-form-urlencoded")], body: Array("_csrf=salah".utf8))
    let forbidden = try officer.get("/petugas/akun")
    XCTAssertEqual(forbidden.status, 403)
    for number in 0..<60 { _ = try stranger.get("/wp-login-\(number).php") }
    _ = try office.addOfficer("budi", role: "clerk")
    office.stop()

    let lines = office.log.split(separator: "\n").filter { $0.contains("security.event=") }
    func count(_ event: String) -> Int { lines.count { $0.contains("security.event=\(event)") } }
    XCTAssertEqual(count("sign-in-failed"), 5, "\(lines)")
    XCTAssertEqual(count("sign-in-held"), 1, "\(lines)")
    XCTAssertEqual(count("request-untrusted"), 1, "\(lines)")
    XCTAssertEqual(count("request-forbidden"), 1, "\(lines)")
    XCTAssertGreaterThanOrEqual(count("request-refused"), 1, "\(lines)")
    XCTAssertTrue(lines.contains { $0.contains("web.route=GET /petugas/akun") && $0.contains(":clerk") }, "\(lines)")
    XCTAssertFalse(office.log.contains("tebakan"), "what was typed stands in the log")
    XCTAssertFalse(office.log.contains("wp-login"), "what was asked for stands in the log")

    let log = office.directory.appendingPathComponent("journal")
    let stamped = lines.map { "2026-12-02T09:30:00 hall gapura[1]: \($0)" }.joined(separator: "\n") + "\n"
    try stamped.write(to: log, atomically: true, encoding: .utf8)
    let filter = OfficeProcess.repository.appendingPathComponent("share/fail2ban/gapura.conf").path
    let found = try office.run("/usr/bin/fail2ban-regex", ["--out", "ip", log.path, filter])
    let banned = found.split(separator: "\n").map(String.init)
    let named = lines.count { $0.contains("security.sender=127.0.0.1") }
    XCTAssertGreaterThanOrEqual(named, 9)
    XCTAssertEqual(banned, [String](repeating: "127.0.0.1", count: named))
  }

  func testTheShippedJailIsReadByFail2banWithItsFilter() throws {
    let office = try closedOffice()
    let own = office.directory.appendingPathComponent("fail2ban")
    try FileManager.default.copyItem(atPath: "/etc/fail2ban", toPath: own.path)
    try FileManager.default.removeItem(at: own.appendingPathComponent("jail.d"))
    try FileManager.default.createDirectory(at: own.appendingPathComponent("jail.d"), withIntermediateDirectories: true)
    for (name, place) in [("gapura.conf", "filter.d"), ("gapura.jail", "jail.d")] {
      try FileManager.default.copyItem(
        at: OfficeProcess.repository.appendingPathComponent("share/fail2ban/\(name)"),
        to: own.appendingPathComponent("\(place)/gapura.conf"))
    }
    _ = try office.run("/usr/bin/fail2ban-client", ["-c", own.path, "-t"])
    // What the server would be told.
    let told = try office.run("/usr/bin/fail2ban-client", ["-c", own.path, "-d"])
    for words in [
      "['add', 'gapura', 'systemd']", "'addjournalmatch', 'SYSLOG_IDENTIFIER=gapura'", "'addfailregex', '",
      "'maxretry', 20]", "'bantime', '15m']", "'127.0.0.0/8'", "['start', 'gapura']",
    ] { XCTAssertTrue(told.contains(words), "\(words): \(told)") }
  }

  func testAddressIsInNoLineUnlessItIsWanted() throws {
    let (office, _) = try openOffice()
    let stranger = Browser(port: office.port)
    _ = try stranger.visit("/petugas/masuk")
    _ = try stranger.post("/petugas/masuk", ["nama": "sari", "sandi": "tebakan"])
    office.stop()
    let lines = office.log.split(separator: "\n").filter { $0.contains("security.event=") }
    XCTAssertEqual(lines.count, 1)
    XCTAssertFalse(lines[0].contains("127.0.0.1"), "\(lines)")
  }

  // MARK: Data, accounts and numbers

  func testWhatIsOpenedExportedAndChangedIsTold() throws {
    let (office, _) = try openOffice()
    let visitor = HallVisitor(port: office.port)
    let number = try visitor.apply(person: 1)
    let supervisor = try office.seatOfficer("budi", role: "supervisor", at: nil)
    let officer = "security.officer=officer:\(try office.query("SELECT id FROM officers_account")):supervisor"

    let glass = "/petugas/hak-data/darurat"
    let page = try supervisor.visit(glass)
    let opened = try supervisor.submit(
      XCTUnwrap(page.form(to: glass)).filled([
        "nomor": number, "isian": ConsoleStep.choice("isian", on: page),
        "alasan": "Permintaan tertulis pengadilan, untuk sidang hari ini.",
      ]))
    XCTAssertEqual(opened.status, 200)
    let broken = try office.waitForLog("security.event=glass-broken")
    XCTAssertTrue(broken.contains("security.fields=1"), broken)

    XCTAssertEqual(try supervisor.get("/petugas/laporan.xlsx?tabel=ringkasan").status, 200)
    try office.waitForLog("security.event=data-exported")

    _ = try supervisor.visit("/petugas/akun")
    let added = try supervisor.post("/petugas/akun", ["nama": "rina", "peran": "clerk"])
    XCTAssertEqual(added.status, 200)
    try office.waitForLog("security.event=account-changed")

    // A copy that a supervisor has released to the person.
    _ = try visitor.browser.visit("/data-saya?nomor=\(number)")
    XCTAssertEqual(try visitor.browser.post("/data-saya/\(number)/minta/access", [:]).status, 303)
    let matter = "/petugas/hak-data/kasus/\(try office.query("SELECT code FROM privacy_request"))"
    let decision = try XCTUnwrap(supervisor.visit(matter).form(to: matter))
    let released = try supervisor.confirm(
      supervisor.submit(decision.filled(["putusan": "in-person", "dibandingkan": "ya"])))
    XCTAssertEqual(released.status, 303, released.text)
    _ = try visitor.browser.visit("/data-saya/\(number)")
    XCTAssertEqual(try visitor.browser.post("/data-saya/\(number)/salinan", [:]).status, 200)
    try office.waitForLog("export.table=own-data")

    office.stop()
    let lines = office.log.split(separator: "\n").filter { $0.contains("security.event=") }
    XCTAssertEqual(lines.count, 4, "\(lines)")
    for line in lines where !line.contains("own-data") { XCTAssertTrue(line.contains(officer), "\(line)") }
    for secret in [number, "rina", "pengadilan", "Contoh Uji"] {
      XCTAssertFalse(lines.contains { $0.contains(secret) }, "\(secret) stands in the log")
    }
  }

  /// Wrong dates with one number, on a page that shows its question again, and codes one after the other.
  func testWhoTriesOneNumberAfterTheOtherIsTold() throws {
    let office = try closedOffice()
    try change(office, "lookUp: 300", to: "lookUp: 8")
    try office.start()
    let stranger = Browser(port: office.port)
    let number = ApplicationNumber(from: SystemRandom())
    let statuses = try (0..<5).map { _ in try Self.guess(stranger, number) }
    XCTAssertEqual(statuses, [404, 404, 404, 404, 429])
    let told = try office.waitForLog("security.event=request-limited")
    XCTAssertTrue(told.contains("web.route=POST /lacak"), told)
    let codes = try (0..<20).map { _ in try stranger.get("/k/\(String(repeating: "0", count: 26))").status }
    XCTAssertEqual(Set(codes), [404, 429])
    let early = try office.waitForLog("web.route=GET /k/:kertas")
    XCTAssertTrue(early.contains("security.event=request-limited"), early)
    XCTAssertTrue(early.contains("problem.code=too-many"), early)
  }

  func testMoreWrongNumbersThanPeopleMistypeAreToldOnce() async throws {
    let office = try closedOffice()
    try office.liftRates()
    try change(office, "// trustedProxies:", to: "trustedProxies:")
    try office.start()
    // As if from many networks, each of which may mistype a little.
    let port = office.port
    let misses = try await withThrowingTaskGroup(of: Int.self) { group in
      for network in 1...26 {
        group.addTask {
          try await offPool {
            let stranger = Browser(port: port, timeout: .seconds(60))
            stranger.headers.append(("X-Forwarded-For", "198.51.100.\(network)"))
            return try (0..<4).count { _ in try Self.guess(stranger) == 404 }
          }
        }
      }
      return try await group.reduce(0, +)
    }
    XCTAssertGreaterThanOrEqual(misses, 100)
    try office.waitForLog("security.event=look-up-storm")
    office.stop()
    XCTAssertEqual(office.log.split(separator: "\n").count { $0.contains("look-up-storm") }, 1)
  }

  func testAStormOfFailedSignInsIsToldWhenItBeginsAndWhenItIsOver() throws {
    let office = try closedOffice()
    try office.rewrite("sign-in.json5") { $0.replacing("failures: 60, minutes: 10", with: "failures: 10, minutes: 10") }
    try office.start()
    let password = try office.addOfficer("sari", role: "clerk")
    let stranger = Browser(port: office.port)
    _ = try stranger.visit("/petugas/masuk")
    // Five are compared, and five have to wait.
    for number in 0..<10 {
      _ = try stranger.post("/petugas/masuk", ["nama": "budi", "sandi": "tebakan nomor \(number)"])
    }
    let begun = try office.waitForLog("security.event=sign-in-storm,")
    XCTAssertTrue(begun.contains("sign-in.tries=10") && begun.contains("sign-in.networks=1"), begun)
    let health = try Browser(port: office.hallPort).get("/kesehatan").text
    XCTAssertTrue(health.contains("more sign-ins fail than officers mistype"), health)
    XCTAssertTrue(try Browser(port: office.hallPort).get("/metrics").text.contains("gapura_signin_storm 1"))
    let officer = Browser(port: office.hallPort)
    _ = try officer.visit("/petugas/masuk")
    XCTAssertEqual(try officer.post("/petugas/masuk", ["nama": "sari", "sandi": password]).status, 303)

    try office.clock.set("2026-12-02 09:50")
    _ = try stranger.post("/petugas/masuk", ["nama": "budi", "sandi": "tebakan lagi"])
    try office.waitForLog("security.event=sign-in-storm-over")
    let kinds = try office.query("SELECT kind FROM store_events WHERE kind LIKE 'officer.storm%' ORDER BY sequence")
    XCTAssertEqual(kinds.split(separator: "\n"), ["officer.storm-began", "officer.storm-over"])
    office.stop()
    XCTAssertEqual(office.log.split(separator: "\n").count { $0.contains("security.event=sign-in-storm,") }, 1)
    XCTAssertFalse(office.log.contains("tebakan"), "what was typed stands in the log")
  }

  // MARK: Keys, and the journal

  /// The test listens where journald would.
  func testWhatCommandsDoWithKeysAndAccountsReachesTheJournalWithItsNumberAndFields() throws {
    let office = try closedOffice()
    let journal = try JournalSocket(for: office)
    let path = "\(office.directory.path)/another-root-key"
    try FileManager.default.removeItem(atPath: "\(office.state)/gapura.root-key")
    try office.command(["vault", "init"])
    try journal.expect(.keyChanged, ["GAPURA_KEY_CHANGE=root-key-made", "PRIORITY=5"])
    _ = try office.addOfficer("sari", role: "clerk")
    try journal.expect(.accountChanged, ["GAPURA_ACCOUNT_CHANGE=officer.added"])
    let shares = try office.command(["vault", "shares", "--threshold", "2", "--count", "3"])
    try journal.expect(.keyChanged, ["GAPURA_KEY_CHANGE=shares-printed"])
    let papers = shares.matches(of: /share \d of 3: (\S+)/).map { String($0.output.1) }
    XCTAssertEqual(papers.count, 3)
    try office.command(["vault", "recover", "--file", path], input: papers[1...].joined(separator: "\n") + "\n")
    try journal.expect(.keyChanged, ["GAPURA_KEY_CHANGE=root-key-restored"])
    try office.command(["vault", "rotate"])
    try journal.expect(
      .keyChanged,
      [
        "GAPURA_KEY_CHANGE=rotated", "SYSLOG_IDENTIFIER=gapura",
        "MESSAGE=a key was changed (security.event=key-changed, key.change=rotated)",
      ])
    try office.command(["vault", "rotate", "--new-root-key", "\(path)-2"])
    try journal.expect(.keyChanged, ["GAPURA_KEY_CHANGE=root-key-replaced"])
  }

  func testALossThatIsAcceptedReachesTheJournal() throws {
    let (office, _) = try openOffice()
    XCTAssertEqual(office.stop(), 0, office.log)
    let database = "\(office.state)/gapura.db"
    try DatabaseShell.run("UPDATE store_commits SET number = number - 1", on: database)
    let journal = try JournalSocket(for: office)
    try office.command(["loss", "accept"])
    try journal.expect(.lossAccepted, ["GAPURA_STORE_FILE=\(database)", "PRIORITY=5"])
  }

  func testWhatTheCheckFindsReachesTheJournal() throws {
    let (office, _) = try openOffice()
    _ = try HallVisitor(port: office.port).apply(person: 7)
    XCTAssertEqual(office.stop(), 0, office.log)
    let database = "\(office.state)/gapura.db"
    let page = try XCTUnwrap(
      Int(office.query("SELECT max(pageno) FROM dbstat WHERE name = 'vault_consents'")), "the table has no page")
    let file = try FileHandle(forUpdating: URL(filePath: database))
    try file.seek(toOffset: UInt64((page - 1) * 4096 + 500))
    try file.write(contentsOf: Data((0..<48).map { _ in UInt8.random(in: 1...255) }))
    try file.close()
    let journal = try JournalSocket(for: office)
    XCTAssertThrowsError(try office.command(["vault", "check"]))
    try journal.expect(
      .damageFound, ["GAPURA_STORE_FILE=\(database)", "GAPURA_STORE_PAGE=\(page)", "PRIORITY=3"])
  }

  // MARK: Helpers

  /// Asks with an unknown number and some date of birth.
  private static func guess(
    _ stranger: Browser, _ number: ApplicationNumber = ApplicationNumber(from: SystemRandom())
  ) throws -> Int {
    guard let form = try stranger.visit("/lacak").form(to: "/lacak") else { return 0 }
    return try stranger.submit(
      form.filled(["nomor": number.description, "lahir--hari": "18", "lahir--bulan": "8", "lahir--tahun": "1990"])
    ).status
  }

  private func change(_ office: OfficeProcess, _ words: String, to others: String) throws {
    let file = office.configuration.appendingPathComponent("gapura.json5")
    let text = try String(contentsOf: file, encoding: .utf8)
    XCTAssertTrue(text.contains(words), "\(words) is not in the shipped configuration")
    try text.replacing(words, with: others).write(to: file, atomically: true, encoding: .utf8)
  }
}

/// Where journald's native protocol arrives (`/run/systemd/journal/socket`), for the commands of an office that see another
/// `/run` than the machine's.
private struct JournalSocket {
  private let socket: NotifySocket

  /// - Throws: `POSIXError` when the socket cannot be bound.
  init(for office: OfficeProcess) throws {
    let directory = office.directory.appendingPathComponent("journal")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    socket = try NotifySocket(in: directory, named: "socket")
    // Who is not root is one in a namespace of their own (user_namespaces(7)); root needs none, and in a chroot gets none.
    office.wrapper =
      ["/usr/bin/unshare"] + (geteuid() == 0 ? [] : ["--map-root-user"]) + [
        "--mount", "/bin/sh", "-c",
        "mount -t tmpfs run /run && mkdir -p /run/systemd/journal && mount --bind \"$0\" /run/systemd/journal && exec \"$@\"",
        directory.path,
      ]
  }

  /// Waits for the next entry, which must be of that event and have these fields.
  func expect(
    _ event: SecurityEvent, _ fields: [String], file: StaticString = #filePath, line: UInt = #line
  ) throws {
    let entry = try XCTUnwrap(socket.next(), "nothing came to the journal", file: file, line: line)
    for field in fields + ["MESSAGE_ID=\(event.messageID)", "GAPURA_SECURITY_EVENT=\(event.rawValue)"] {
      XCTAssertTrue(entry.contains(field), "\(field): \(entry)", file: file, line: line)
    }
  }
}
