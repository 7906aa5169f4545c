import Client
import Core
import Foundation
import XCTest

/// `gapura restore`, as a sysadmin gives it after a crash, too early, or with the wrong files.
final class RestoreTests: XCTestCase {
  private static let killCount = 12

  /// A backup of the running office.
  private func backup(of office: OfficeProcess) throws -> String {
    let copies = office.directory.appendingPathComponent("copies").path
    try office.command(["backup", copies])
    return "\(copies)/\(try XCTUnwrap(FileManager.default.contentsOfDirectory(atPath: copies).max()))"
  }

  /// What is in the state directory, but for what SQLite keeps beside its files while a process reads them.
  private func content(of office: OfficeProcess) throws -> [String: Data] {
    var files: [String: Data] = [:]
    for case let path as String in try XCTUnwrap(FileManager.default.enumerator(atPath: office.state))
    where !path.hasSuffix("-shm") && !path.hasSuffix("-wal") {
      files[path] = FileManager.default.contents(atPath: "\(office.state)/\(path)") ?? Data()
    }
    return files
  }

  private func assertRefused(
    _ words: [String], by office: OfficeProcess, saying parts: [String], line: UInt = #line
  ) {
    XCTAssertThrowsError(try office.command(words), line: line) { error in
      for part in parts { XCTAssertTrue("\(error)".contains(part), "\(part) in: \(error)", line: line) }
    }
  }

  private func change(_ file: String, _ sql: String) throws {
    try DatabaseShell.run(sql, on: file)
  }

  func testAfterACrashUnderLoadTheCopyIsPutBackAndWhatWasThereIsKeptAndCanComeBack() throws {
    let (office, _) = try openOffice()
    let before = try HallVisitor(port: office.port).apply(person: 7)
    let copy = try backup(of: office)
    let after = try HallVisitor(port: office.port).apply(person: 8)
    let port = office.port
    let workers = DispatchGroup()
    for worker in 0..<3 {
      DispatchQueue(label: "visitor \(worker)").async(group: workers) {
        // Until the server is killed.
        for person in 0... where (try? HallVisitor(port: port).apply(person: 100 + worker * 1000 + person)) == nil {
          break
        }
      }
    }
    _ = try HallVisitor(port: port).apply(person: 9)
    office.kill()
    workers.wait()
    let log = FileManager.default.contents(atPath: "\(office.state)/gapura.db-wal")
    XCTAssertGreaterThan(log?.count ?? 0, 0, "a log lies beside the database, as after a crash")

    let said = try office.command(["restore", copy])
    XCTAssertTrue(said.contains("restored: the data is from 2026-12-02"), said)
    XCTAssertTrue(said.contains("application.registered"), said)
    XCTAssertTrue(said.contains("systemctl reset-failed 'gapura*'\n  systemctl start --all"), said)
    let kept = try XCTUnwrap(
      FileManager.default.contentsOfDirectory(atPath: office.state).first { $0.hasPrefix("before-restore-") })
    XCTAssertTrue(said.contains(kept), said)
    XCTAssertEqual(FileManager.default.contents(atPath: "\(office.state)/\(kept)/gapura.db-wal"), log)
    try office.start()
    XCTAssertEqual(try Browser(port: office.port).open(application: before).status, 303)
    XCTAssertEqual(try Browser(port: office.port).open(application: after).status, 404, "it came after the copy")
    try office.command(["vault", "check"])
    XCTAssertEqual(office.stop(), 0, office.log)

    try office.command(["restore", "\(office.state)/\(kept)/"])
    try office.start()
    XCTAssertEqual(try Browser(port: office.port).open(application: after).status, 303, "the log was replayed")
  }

  func testWhileTheServiceRunsARestoreIsRefusedAndADrillIsNot() throws {
    let (office, _) = try openOffice()
    let before = try HallVisitor(port: office.port).apply(person: 7)
    let copy = try backup(of: office)
    _ = try HallVisitor(port: office.port).apply(person: 8)
    let process = try XCTUnwrap(office.server).identifier
    assertRefused(["restore", copy], by: office, saying: ["Process \(process) ", "gapura.lock", "systemctl stop"])
    _ = try office.addOfficer("budi", role: "clerk")

    let names = try FileManager.default.contentsOfDirectory(atPath: office.state).sorted()
    let said = try office.command(["restore", copy, "--drill"])
    for part in ["drill passed", "would be missing", "1 application.registered", "ledger intact", " s in all"] {
      XCTAssertTrue(said.contains(part), "\(part) in: \(said)")
    }
    XCTAssertEqual(try FileManager.default.contentsOfDirectory(atPath: office.state).sorted(), names)
    XCTAssertEqual(try Browser(port: office.port).open(application: before).status, 303)
    XCTAssertEqual(office.stop(), 0, office.log)
  }

  func testWhatPeopleWereGivenSinceTheCopyIsNamedAndNumbersAreIndeedGivenAgain() throws {
    let office = try closedOffice()
    _ = try PublicActs.prepare(office)
    try office.start()
    try office.seatOfficer()
    _ = try HallVisitor(port: office.port).applyAndTakeNumber(person: 1)
    let copy = try backup(of: office)
    let tickets = try (2...4).map { try HallVisitor(port: office.port).applyAndTakeNumber(person: $0) }
    _ = try HallVisitor(port: office.port).bookForToday(person: 5)
    let numbers = "given again, to others: \(tickets[0].number) to \(tickets[2].number)"
    let applications = try tickets.map { try XCTUnwrap(ApplicationNumber($0.application)).printed }

    let drill = try office.command(["restore", copy, "--drill"])
    for part in ["would be \(numbers)", "times are given again: 1", "applications that would be gone"]
      + applications
    {
      XCTAssertTrue(drill.contains(part), "\(part) in: \(drill)")
    }
    XCTAssertEqual(office.stop(), 0, office.log)
    let said = try office.command(["restore", copy])
    for part in ["are \(numbers)", "times are given again: 1", "applications that are gone"] + applications {
      XCTAssertTrue(said.contains(part), "\(part) in: \(said)")
    }
    try office.start()
    XCTAssertEqual(try HallVisitor(port: office.port).applyAndTakeNumber(person: 6).number, tickets[0].number)
  }

  func testWhileAnotherCommandWorksARestoreIsRefused() throws {
    let (office, _) = try openOffice()
    let before = try HallVisitor(port: office.port).apply(person: 7)
    let copy = try backup(of: office)
    XCTAssertEqual(office.stop(), 0, office.log)

    let others = office.directory.appendingPathComponent("others").path
    // Its copy is not durable for so long, however busy the machine is.
    let disk = try OfficeDisk(of: office, isOfAll: true)
    disk.slowness = 5_000
    let copying = try office.begin(["backup", others], environment: disk.environment(office.clock))
    func isUnderWay() -> Bool {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: others)) ?? []
      return names.contains { $0.hasSuffix(".unfinished") }
    }
    while copying.isRunning, !isUnderWay() { usleep(500) }
    copying.signal(SIGSTOP)
    defer { copying.signal(SIGCONT) }
    disk.slowness = 0
    XCTAssertTrue(isUnderWay(), "it was over before it could be held")
    let names = try FileManager.default.contentsOfDirectory(atPath: office.state).sorted()
    assertRefused(["restore", copy], by: office, saying: ["Process \(copying.identifier) ", "gapura.lock"])
    XCTAssertEqual(try FileManager.default.contentsOfDirectory(atPath: office.state).sorted(), names)

    copying.signal(SIGCONT)
    XCTAssertEqual(try copying.wait(), 0, copying.speech.complaintText)
    try office.command(["restore", copy])
    try office.start()
    XCTAssertEqual(try Browser(port: office.port).open(application: before).status, 303)
  }

  /// A kiosk's socket starts the service again half a second after it was stopped, in the middle of a restore.
  func testServiceThatIsStartedWhileARestoreWorksIsRefusedAndTheRestoreGoesOn() throws {
    let (office, _) = try openOffice()
    let before = try HallVisitor(port: office.port).apply(person: 7)
    let copy = try backup(of: office)
    let after = try HallVisitor(port: office.port).apply(person: 8)
    XCTAssertEqual(office.stop(), 0, office.log)

    let restore = try office.begin(["restore", copy])
    let scratch = "\(office.state)/restore.scratch"
    while restore.isRunning, !FileManager.default.fileExists(atPath: scratch) { usleep(500) }
    restore.signal(SIGSTOP)
    defer { restore.signal(SIGCONT) }
    XCTAssertTrue(FileManager.default.fileExists(atPath: scratch), "it was over before it could be held")

    let said = ["is being restored", "Process \(restore.identifier) ", "gapura.lock", "Wait until it is done"]
    func assertRefused(_ start: () throws -> Void, line: UInt = #line) throws {
      XCTAssertThrowsError(try start(), line: line) { error in
        for part in said { XCTAssertTrue("\(error)".contains(part), "\(part) in: \(error)", line: line) }
      }
      XCTAssertEqual(try office.server?.wait(), 75, "systemd tries again", line: line)
    }
    try assertRefused { try office.start() }
    try? FileManager.default.removeItem(atPath: office.kioskSocket)
    var kiosk: Connection?
    try assertRefused {
      try office.startBySocket(at: ["127.0.0.1:\(FreePort.next())", office.kioskSocket]) {
        kiosk = try Connection(unixSocket: office.kioskSocket)
      }
    }
    withExtendedLifetime(kiosk) {}
    self.assertRefused(["officer", "list"], by: office, saying: said)

    restore.signal(SIGCONT)
    XCTAssertEqual(try restore.wait(), 0, restore.speech.complaintText)
    try office.start()
    XCTAssertEqual(try Browser(port: office.port).open(application: before).status, 303)
    XCTAssertEqual(try Browser(port: office.port).open(application: after).status, 404, "it came after the copy")
  }

  func testASecondServiceOnOneStateIsRefused() throws {
    let (office, browser) = try openOffice()
    let process = try XCTUnwrap(office.server).identifier
    assertRefused(["serve", "--port", "0"], by: office, saying: ["Process \(process) ", "gapura.lock", "--state"])
    XCTAssertEqual(try browser.get("/").status, 200)
    office.kill()
    try office.start()
  }

  func testAStateThatOthersCanReadIsRefused() throws {
    let office = try closedOffice()
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: office.state)
    XCTAssertThrowsError(try office.start()) { error in
      XCTAssertTrue("\(error)".contains("chmod 700 \(office.state)"), "\(error)")
    }
    assertRefused(["restore", "/nowhere"], by: office, saying: ["chmod 700"])
  }

  func testADirectoryWithCopiesIsAnsweredWithTheNewestWholeOneAndNoWordAtAllWithWhereTheyAre() throws {
    let (office, _) = try openOffice()
    _ = try backup(of: office)
    let newest = try backup(of: office)
    XCTAssertEqual(office.stop(), 0, office.log)
    let copies = office.directory.appendingPathComponent("copies").path
    for suffix in [".unfinished", ".damaged"] {
      try FileManager.default.createDirectory(
        atPath: "\(copies)/gapura-2099-01-01T000000.000\(suffix)", withIntermediateDirectories: true)
    }
    for directory in [copies, copies + "/"] {
      assertRefused(["restore", directory], by: office, saying: ["copies in it: 2", "gapura restore \(newest)"])
    }
    assertRefused(["restore", office.directory.path], by: office, saying: ["is not there"])
    assertRefused(["restore"], by: office, saying: ["usage: gapura restore COPY", "/var/lib/gapura-backup/data"])
  }

  func testACopyThatIsNotWholeIsRefusedAndNothingChanges() throws {
    let (office, _) = try openOffice()
    _ = try HallVisitor(port: office.port).apply(person: 7)
    let copy = try backup(of: office)
    XCTAssertEqual(office.stop(), 0, office.log)
    let state = try content(of: office)
    func damaged(_ name: String, _ damage: (_ database: String) throws -> Void) throws -> String {
      let target = office.directory.appendingPathComponent(name).path
      try FileManager.default.copyItem(atPath: copy, toPath: target)
      try damage("\(target)/gapura.db")
      return target
    }
    let torn = try damaged("torn") { database in
      let file = try FileHandle(forUpdating: URL(filePath: database))
      try file.seek(toOffset: 40_960)
      try file.write(contentsOf: Data(repeating: 0xa5, count: 20_000))
      try file.close()
    }
    let cut = try damaged("cut") { database in
      let file = try FileHandle(forUpdating: URL(filePath: database))
      try file.truncate(atOffset: 100_000)
      try file.close()
    }
    let empty = try damaged("empty") { try FileManager.default.removeItem(atPath: $0) }
    let rewritten = try damaged("rewritten") { try change($0, "UPDATE ledger_entries SET at = at + 1 WHERE entry = 0") }
    let newer = try damaged("newer") {
      try change($0, "INSERT INTO store_migrations VALUES ('queue', 999, 'later', 'x', 0)")
    }
    let poorer = try damaged("poorer") {
      try change($0, "INSERT INTO documents_document VALUES (1, 1, 'gone', 'pdf', 10, 1, 'clean', 0)")
    }
    let unfinished = try damaged("gapura-2026-12-01T010000.000.unfinished") { _ in }
    for (directory, words) in [
      (torn, "is damaged"), (cut, "is damaged"), (empty, "is not there"), (rewritten, "edger"), (newer, "newer"),
      (poorer, "1 of 1 documents are missing or damaged"), (unfinished, "broken off"),
    ] {
      assertRefused(["restore", directory], by: office, saying: [words])
      let found = try content(of: office)
      XCTAssertEqual(found.keys.sorted(), state.keys.sorted(), directory)
      XCTAssertEqual(found["gapura.db"], state["gapura.db"], directory)
    }
    try office.command(["restore", poorer, "--force"])
    try office.start()
  }

  func testAKeyRingThatDoesNotFitIsRefusedAndOneThatFitsIsTaken() throws {
    let (office, _) = try openOffice()
    let rings = office.directory.appendingPathComponent("rings").path
    try FileManager.default.createDirectory(atPath: rings, withIntermediateDirectories: true)
    try office.command(["vault", "backup-ring", rings])
    let older = "\(rings)/\(try XCTUnwrap(FileManager.default.contentsOfDirectory(atPath: rings).first))"
    // More people than the keys that were made ahead.
    for person in 0..<50 { _ = try HallVisitor(port: office.port).apply(person: person) }
    let last = try HallVisitor(port: office.port).apply(person: 60)
    let copy = try backup(of: office)
    office.kill()

    let other = try closedOffice()
    try other.command(["vault", "check"])
    assertRefused(
      ["restore", copy, "--ring", "\(other.state)/keyring.db"], by: office, saying: ["root key"])
    assertRefused(["restore", copy, "--ring", older], by: office, saying: ["has no keys for", "--force"])
    assertRefused(["restore", copy, "--ring", "/nowhere"], by: office, saying: ["There is no key ring at /nowhere"])

    try office.command(["vault", "backup-ring", rings])
    try FileManager.default.removeItem(atPath: "\(office.state)/keyring.db")
    assertRefused(["restore", copy], by: office, saying: ["There is no key ring"])
    try office.command(["restore", copy, "--ring", rings])
    try office.start()
    XCTAssertEqual(try Browser(port: office.port).open(application: last).status, 303)
    try office.command(["vault", "check"])
  }

  func testARestoreThatIsKilledLeavesTheOldStateOrTheNew() throws {
    let (office, _) = try openOffice()
    for person in 0..<5 { _ = try HallVisitor(port: office.port).apply(person: person) }
    let copy = try backup(of: office)
    for person in 10..<20 { _ = try HallVisitor(port: office.port).apply(person: person) }
    office.kill()
    let template = office.directory.appendingPathComponent("template").path
    try FileManager.default.copyItem(atPath: office.state, toPath: template)
    func begin() throws -> ChildProcess {
      try FileManager.default.removeItem(atPath: office.state)
      try FileManager.default.copyItem(atPath: template, toPath: office.state)
      return try office.begin(["restore", copy])
    }
    let began = ContinuousClock.now
    XCTAssertEqual(try begin().wait(), 0)
    let whole = ContinuousClock.now - began

    var outcomes: [String: Int] = [:]
    for kill in 0..<Self.killCount {
      let restore = try begin()
      // The moments are spread over a restore; each is a kill wherever it falls.
      usleep(UInt32((whole * (kill + 1) / Self.killCount) / .microseconds(1)))
      restore.end(with: SIGKILL)
      try office.command(["vault", "check"])
      let count = try office.query("SELECT count(*) FROM tracking_case")
      outcomes[count, default: 0] += 1
      XCTAssertTrue(["5", "15"].contains(count), "\(count) applications after kill \(kill)")
      let names = try FileManager.default.contentsOfDirectory(atPath: office.state)
      XCTAssertFalse(names.contains("restore.ready"), "\(names)")
      XCTAssertEqual(names.contains { $0.hasPrefix("before-restore-") }, count == "5", "\(names)")
    }
    print("killed \(Self.killCount) times: \(outcomes)")
    XCTAssertNotNil(outcomes["15"], "some kills came before the decision")
    try office.start()
    XCTAssertFalse(FileManager.default.fileExists(atPath: "\(office.state)/restore.scratch"))
  }
}
