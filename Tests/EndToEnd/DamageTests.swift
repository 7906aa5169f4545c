import Client
import Core
import Foundation
import XCTest

/// The disk lies: what is served, and what is said, when the data is not as it was left.
final class DamageTests: XCTestCase {
  private func said(_ words: [String], by office: OfficeProcess) -> String {
    do { return try office.command(words) } catch { return "\(error)" }
  }

  func testALogThatWasEmptiedAfterAKillIsKnownNamedAndConfirmedBeforeAnybodyIsServed() throws {
    let (office, _) = try openOffice()
    // Settles what was begun with, so that the loss is of applications.
    XCTAssertEqual(office.stop(), 0, office.log)
    try office.start()
    for person in 7..<12 { _ = try HallVisitor(port: office.port).apply(person: person) }
    office.kill()
    try Data().write(to: URL(filePath: "\(office.state)/gapura.db-wal"))

    let manager = try NotifySocket(in: office.directory)
    XCTAssertThrowsError(try office.start(environment: ["NOTIFY_SOCKET": manager.path])) { error in
      for part in ["\(office.state)/gapura.db", "in all", "gapura loss accept"] {
        XCTAssertTrue("\(error)".contains(part), "\(part) in: \(error)")
      }
    }
    XCTAssertEqual(try office.server?.wait(), 65, "the unit does not try again")
    let status = try XCTUnwrap(manager.next()?.first)
    XCTAssertTrue(status.hasPrefix("STATUS=Not serving: commit"), status)
    XCTAssertTrue(status.contains("missing"), status)
    let loss = try office.begin(["loss"])
    XCTAssertEqual(try loss.wait(within: ChildProcess.patience), 65)
    XCTAssertTrue(loss.speech.text.contains("missing"), loss.speech.text)
    let accepted = try office.command(["loss", "accept"])
    XCTAssertTrue(accepted.contains("accepted that commit"), accepted)
    XCTAssertTrue(
      accepted.contains("systemctl reset-failed 'gapura*'\n  systemctl start --all gapura.socket gapura.service"),
      "as after a restore: \(accepted)")
    XCTAssertTrue(try office.command(["loss"]).contains("nothing that was acknowledged is missing"))
    try office.start()
    XCTAssertEqual(
      try office.query("SELECT count(*) FROM store_events WHERE kind = 'store.loss-accepted'"), "1")
    XCTAssertEqual(office.stop(), 0, office.log)
  }

  func testKeysThatAreLostAreSaidToBePeoplesAndComeBackWithACopyOfTheRing() throws {
    let (office, _) = try openOffice()
    XCTAssertEqual(office.stop(), 0, office.log)
    try office.start()
    // The first of them makes the others' keys.
    let people = try (7..<10).map { try HallVisitor(port: office.port).apply(person: $0) }
    let copies = office.directory.appendingPathComponent("ring").path
    try office.command(["vault", "backup-ring", copies])
    office.kill()
    for suffix in ["-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: "\(office.state)/keyring.db\(suffix)")
    }
    XCTAssertThrowsError(try office.start()) { error in
      for part in [
        "Keys of people", "\(office.state)/keyring.db", "gapura restore \(office.state) --ring", "loss accept",
      ] {
        XCTAssertTrue("\(error)".contains(part), "\(part) in: \(error)")
      }
    }
    // As it is said.
    let restored = said(["restore", office.state, "--ring", copies], by: office)
    XCTAssertTrue(restored.contains("restored"), restored)
    try office.start()
    for application in people {
      XCTAssertEqual(try Browser(port: office.port).open(application: application).status, 303)
    }
    XCTAssertFalse(try Browser(port: office.hallPort).visit("/kesehatan").text.contains("people are missing"))
    XCTAssertEqual(office.stop(), 0, office.log)
  }

  func testADatabaseThatIsGoneIsNotBegunAnewBesideWhatBelongsToIt() throws {
    let (office, _) = try openOffice()
    _ = try HallVisitor(port: office.port).apply(person: 7)
    XCTAssertEqual(office.stop(), 0, office.log)
    for suffix in ["", "-wal", "-shm", ".witness"] {
      try? FileManager.default.removeItem(atPath: "\(office.state)/gapura.db\(suffix)")
    }
    XCTAssertThrowsError(try office.start()) { error in
      for part in ["There is no data at \(office.state)/gapura.db", "keyring.db", "gapura restore"] {
        XCTAssertTrue("\(error)".contains(part), "\(part) in: \(error)")
      }
    }
    XCTAssertEqual(try office.server?.wait(), 65, "the unit does not try again")
    for words in [["vault", "check"], ["loss"]] {
      XCTAssertTrue(said(words, by: office).contains("There is no data at"), words.joined(separator: " "))
    }
    XCTAssertFalse(FileManager.default.fileExists(atPath: "\(office.state)/gapura.db"))
  }

  func testWhatIsWholeLosesNothingByAKill() throws {
    let (office, _) = try openOffice()
    _ = try HallVisitor(port: office.port).apply(person: 7)
    let served = said(["loss", "accept"], by: office)
    XCTAssertTrue(served.contains("gapura.lock"), served)
    office.kill()
    XCTAssertTrue(try office.command(["loss"]).contains("nothing that was acknowledged is missing"))
    try office.start()
    XCTAssertEqual(office.stop(), 0, office.log)
  }

  func testADamagedPageFailsTheCheckAndIsNamedWhileTheOfficeGoesOn() throws {
    let (office, _) = try openOffice()
    _ = try HallVisitor(port: office.port).apply(person: 7)
    XCTAssertEqual(office.stop(), 0, office.log)
    let whole = try office.command(["vault", "check"])
    for part in ["pages", "sealed records", "documents", "ledger intact"] {
      XCTAssertTrue(whole.contains(part), whole)
    }
    // Of a table that no start reads, so that the office is up when it is found.
    let page = try XCTUnwrap(
      Int(office.query("SELECT max(pageno) FROM dbstat WHERE name = 'vault_consents'")), "the table has no page")
    let file = try FileHandle(forUpdating: URL(filePath: "\(office.state)/gapura.db"))
    try file.seek(toOffset: UInt64((page - 1) * 4096 + 500))
    try file.write(contentsOf: Data((0..<48).map { _ in UInt8.random(in: 1...255) }))
    try file.close()
    let damaged = said(["vault", "check"], by: office)
    XCTAssertTrue(damaged.contains("page \(page) is damaged"), damaged)
    try office.start()
    let line = try office.waitForLog("security.event=damage-found")
    XCTAssertTrue(line.contains("store.page=\(page)"), line)
    let health = try Browser(port: office.hallPort).get("/kesehatan")
    XCTAssertEqual(health.status, 503)
    XCTAssertTrue(health.text.contains("data: failing the data is damaged"), health.text)
    office.stop()
  }

  /// The round of the service would come to the page within a day.
  func testWhatTheCheckFindsIsSaidAtOnceByTheServiceBesideIt() throws {
    let (office, _) = try openOffice()
    _ = try HallVisitor(port: office.port).apply(person: 7)
    XCTAssertEqual(office.stop(), 0, office.log)
    let page = try XCTUnwrap(
      Int(office.query("SELECT max(pageno) FROM dbstat WHERE name = 'vault_consents'")), "the table has no page")
    let manager = try NotifySocket(in: office.directory)
    try office.start(environment: ["NOTIFY_SOCKET": manager.path])
    XCTAssertFalse(try Browser(port: office.hallPort).visit("/kesehatan").text.contains("data: failing"))
    let file = try FileHandle(forUpdating: URL(filePath: "\(office.state)/gapura.db"))
    try file.seek(toOffset: UInt64((page - 1) * 4096 + 500))
    try file.write(contentsOf: Data((0..<48).map { _ in UInt8.random(in: 1...255) }))
    try file.close()
    let found = said(["vault", "check"], by: office)
    XCTAssertTrue(found.contains("page \(page) is damaged"), found)
    XCTAssertTrue(found.contains("try one of what is here, once") && found.contains("gapura backup DIRECTORY"), found)
    let line = try office.waitForLog("security.event=damage-found")
    XCTAssertTrue(line.contains("store.page=\(page)"), line)
    let health = try Browser(port: office.hallPort).get("/kesehatan")
    XCTAssertEqual(health.status, 503)
    XCTAssertTrue(health.text.contains("gapura.db, page \(page)"), health.text)
    var status: String?
    while status?.contains("the data is damaged") != true, let message = manager.next() {
      status = message.first { $0.hasPrefix("STATUS=Serving") }
    }
    XCTAssertEqual(status?.contains("page \(page)"), true, "the status line does not say it")
    office.stop()
  }

  /// Where nothing is kept in what is damaged, a copy has everything, and restoring it loses nothing.
  func testACopyOfDataWithADamagedFreePageHasEverythingAndMendsIt() throws {
    let (office, _) = try openOffice()
    let number = try HallVisitor(port: office.port).apply(person: 7)
    XCTAssertEqual(office.stop(), 0, office.log)
    let database = "\(office.state)/gapura.db"
    let before = try XCTUnwrap(Int(office.query("PRAGMA page_count")))
    // Some pages come to the end of the file and are free again.
    try DatabaseShell.run(
      """
      CREATE TABLE vault_scratch (bytes BLOB); INSERT INTO vault_scratch VALUES (zeroblob(200000)); DROP TABLE vault_scratch;
      PRAGMA wal_checkpoint(TRUNCATE);
      """, on: database)
    let file = try FileHandle(forUpdating: URL(filePath: database))
    XCTAssertGreaterThan(try file.seekToEnd(), UInt64((before + 20) * 4096), "no page is free")
    try file.seek(toOffset: UInt64((before + 19) * 4096 + 500))
    try file.write(contentsOf: Data((0..<48).map { _ in UInt8.random(in: 1...255) }))
    try file.close()
    let checked = said(["vault", "check"], by: office)
    XCTAssertTrue(checked.contains("page \(before + 20) is damaged"), checked)
    let copies = office.directory.appendingPathComponent("copies").path
    try office.command(["backup", copies])
    let copy = try XCTUnwrap(FileManager.default.contentsOfDirectory(atPath: copies).max())
    let restored = try office.command(["restore", "\(copies)/\(copy)"])
    XCTAssertTrue(restored.contains("nothing has come since"), restored)
    XCTAssertTrue(try office.command(["vault", "check"]).contains("ledger intact"))
    try office.start()
    XCTAssertEqual(try Browser(port: office.port).open(application: number).status, 303)
  }

  /// As a fault of a program leaves it: every page is as it was written.
  func testAnIndexThatDoesNotFitItsTableFailsTheCheckThoughEveryChecksumIsRight() throws {
    let (office, _) = try openOffice()
    _ = try HallVisitor(port: office.port).apply(person: 7)
    XCTAssertEqual(office.stop(), 0, office.log)
    let database = "\(office.state)/gapura.db"
    // While it is said to hold no rows, nothing that changes is entered.
    let index = "registration_submission_by_time"
    func define(_ sql: String) throws {
      try DatabaseShell.run(
        "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = \(sql) WHERE name = '\(index)'",
        on: database)
    }
    try define("sql || ' WHERE 0'")
    try DatabaseShell.run("UPDATE registration_submission SET sent_at = sent_at + 1", on: database)
    try define("replace(sql, ' WHERE 0', '')")
    let checked = said(["vault", "check"], by: office)
    XCTAssertTrue(checked.contains("\(database): tables, indexes or references do not fit each other"), checked)
    XCTAssertFalse(checked.contains("is damaged"), checked)
    try DatabaseShell.run("REINDEX", on: database)
    XCTAssertTrue(try office.command(["vault", "check"]).contains("ledger intact"))
  }

  func testTheCheckShowsOnATerminalHowFarItHasCome() throws {
    let (office, _) = try openOffice()
    _ = try HallVisitor(port: office.port).apply(person: 7)
    XCTAssertEqual(office.stop(), 0, office.log)
    XCTAssertFalse(try office.command(["vault", "check"]).contains("%"), "no bar where nobody looks")
    // A terminal of its own, script(1).
    office.wrapper = ["/bin/sh", "-c", "exec /usr/bin/script --quiet --return --command \"$*\" /dev/null", "sh"]
    let shown = try office.command(["vault", "check"])
    office.wrapper = []
    for unit in ["pages", "sealed records"] {
      let bar = try Regex("\\[=+\\] 100 % of [1-9][0-9]* \(unit)")
      XCTAssertNotNil(shown.firstMatch(of: bar), "\(unit): \(shown)")
    }
    XCTAssertTrue(shown.contains("ledger intact"), shown)
  }

  /// The mend that is said is carried out: it must help, and cost nobody's data.
  func testADamagedKeyRingIsNamedAndACopyOfItAloneIsPutBesideTheDataThatIsThere() throws {
    let (office, _) = try openOffice()
    let number = try HallVisitor(port: office.port).apply(person: 7)
    let rings = "\(office.directory.path)/ring"
    try FileManager.default.createDirectory(atPath: rings, withIntermediateDirectories: true)
    _ = try office.command(["vault", "backup-ring", rings])
    XCTAssertEqual(office.stop(), 0, office.log)
    let ring = "\(office.state)/keyring.db"
    // What still lies in the log would mend the pages again.
    try DatabaseShell.run("PRAGMA wal_checkpoint(TRUNCATE)", on: ring)
    let file = try FileHandle(forUpdating: URL(filePath: ring))
    let pageCount = try Int(file.seekToEnd()) / 4096
    for page in 1..<pageCount {
      try file.seek(toOffset: UInt64(page * 4096 + 500))
      try file.write(contentsOf: Data((0..<48).map { _ in UInt8.random(in: 1...255) }))
    }
    try file.close()
    XCTAssertThrowsError(try office.start()) { error in
      XCTAssertTrue("\(error)".contains("keyring.db, page 2") && "\(error)".contains("--ring"), "\(error)")
      XCTAssertFalse("\(error)".contains("gapura.db, page"), "\(error)")
    }
    XCTAssertEqual(try office.server?.wait(), 65)
    let checked = said(["vault", "check"], by: office)
    XCTAssertTrue(checked.contains("keyring.db, page 2") && checked.contains("--ring"), checked)
    let refused = said(["restore", office.state], by: office)
    XCTAssertTrue(refused.contains("restore \(office.state) --ring"), refused)

    let restored = try office.command(["restore", office.state, "--ring", rings])
    XCTAssertTrue(restored.contains("nothing has come since"), restored)
    try office.start()
    XCTAssertEqual(try Browser(port: office.port).open(application: number).status, 303)
    _ = try office.command(["vault", "check"])
    XCTAssertEqual(office.stop(), 0, office.log)
  }

  /// A sysadmin with one bad file needs neither an older copy of everything nor to guess whose it is.
  func testADocumentThatDoesNotOpenIsNamedWithItsFileAndApplicationAndPutBackAlone() throws {
    let (office, _) = try openOffice()
    let number = try ConsoleDocuments.send(office)
    let folder = "\(office.state)/documents"
    let name = try XCTUnwrap(FileManager.default.contentsOfDirectory(atPath: folder).first { $0 != "arriving" })
    let away = "\(office.directory.path)/away"
    try FileManager.default.moveItem(atPath: "\(folder)/\(name)", toPath: away)
    let checked = said(["vault", "check"], by: office)
    XCTAssertTrue(checked.contains("does not open: \(folder)/\(name)"), checked)
    XCTAssertTrue(checked.contains("(application \(try XCTUnwrap(ApplicationNumber(number)).printed))"), checked)
    XCTAssertTrue(checked.contains("install -o gapura -g gapura -m 600 COPY/documents/NAME"), checked)
    XCTAssertFalse(office.log.contains(number), "at the terminal alone")
    try FileManager.default.moveItem(atPath: away, toPath: "\(folder)/\(name)")
    _ = try office.command(["vault", "check"])
  }
}
