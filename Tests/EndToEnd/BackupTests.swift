import Client
import Foundation
import XCTest

/// What `gapura backup` writes while the server runs: nothing personal in clear, and enough to begin again with.
final class BackupTests: XCTestCase {
  private static let name = "Contoh Cadangan Lamira"

  private func backup(of office: OfficeProcess, in directory: URL) throws -> URL {
    try office.command(["backup", directory.path])
    let copies = try FileManager.default.contentsOfDirectory(at: directory, includingPropertiesForKeys: nil)
    return try XCTUnwrap(copies.max { $0.path < $1.path })
  }

  func testACopyOfTheRunningOfficeHoldsNothingInClearAndBeginsAgain() throws {
    let (office, browser) = try openOffice()
    let before = try HallVisitor(port: office.port).apply(person: 7, name: Self.name)
    let copies = office.directory.appendingPathComponent("copies")
    let sealed = Data((0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 7) })
    try sealed.write(to: URL(filePath: "\(office.state)/documents/sealed-document"))
    let copy = try backup(of: office, in: copies)
    let after = try HallVisitor(port: office.port).apply(person: 8)
    XCTAssertEqual(try browser.open(application: after).status, 303)
    try office.command(["vault", "backup-ring", copies.path])

    XCTAssertTrue(FileManager.default.fileExists(atPath: copy.appendingPathComponent("gapura.db").path))
    let secrets = [Self.name, "1808991708900008", "08000000008"].flatMap(RawBytes.spellings)
    XCTAssertEqual(try RawBytes.leaks(of: secrets, in: copies), [])
    let document = copy.appendingPathComponent("documents/sealed-document")
    XCTAssertEqual(try Data(contentsOf: document), sealed)
    for file in [copy, copy.appendingPathComponent("gapura.db"), document] {
      let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
      XCTAssertEqual((mode ?? 0o777) & 0o077, 0, "others may not even read what is sealed: \(file.lastPathComponent)")
    }

    XCTAssertEqual(office.stop(), 0)
    try office.command(["restore", copy.path])
    let documents = try FileManager.default.contentsOfDirectory(atPath: "\(office.state)/documents")
    XCTAssertFalse(documents.contains("sealed-document"), "no row names it: it came after the database was copied")
    try office.start()
    let again = Browser(port: office.port)
    XCTAssertEqual(try again.open(application: before).status, 303)
    XCTAssertEqual(try again.get("/permohonan/\(before)").status, 200)
    XCTAssertEqual(try again.open(application: after).status, 404, "it came after the copy")
    try office.command(["vault", "check"])
  }

  func testNothingIsCopiedWhileDocumentsAreTakenAwaySoThatACopyHasWhatItNames() throws {
    let (office, _) = try openOffice()
    let copies = office.directory.appendingPathComponent("copies")
    // As a sweep of the server does.
    let folder = open("\(office.state)/documents", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    XCTAssertEqual(flock(folder, LOCK_EX), 0)
    let backup = try office.begin(["backup", copies.path])
    var names: [String] = []
    for _ in 0..<300 where names.isEmpty {
      names = (try? FileManager.default.contentsOfDirectory(atPath: copies.path)) ?? []
      Thread.sleep(forTimeInterval: 0.1)
    }
    let begun = copies.appendingPathComponent(try XCTUnwrap(names.first))
    Thread.sleep(forTimeInterval: 0.5)
    XCTAssertTrue(backup.isRunning)
    XCTAssertEqual(
      try FileManager.default.contentsOfDirectory(atPath: begun.path), [], "copied under the sweep's hands")
    close(folder)
    XCTAssertEqual(try backup.wait(), 0, backup.speech.complaintText)
  }

  func testOnlyTheNewestCopiesAreKeptAndNoneThatWasBrokenOff() throws {
    let (office, _) = try openOffice()
    let copies = office.directory.appendingPathComponent("copies")
    let first = try backup(of: office, in: copies)
    let second = try backup(of: office, in: copies)
    let others = ["gapura-2026-01-02T030405.006Z.unfinished", "gapura-notes.txt"]
    for name in others {
      try FileManager.default.createDirectory(
        at: copies.appendingPathComponent(name), withIntermediateDirectories: true)
    }
    let said = try office.command(["backup", copies.path, "--keep", "2"])
    let names = try FileManager.default.contentsOfDirectory(atPath: copies.path).sorted()
    XCTAssertTrue(said.contains("deleted \(first.lastPathComponent)"), said)
    XCTAssertEqual(names.count, 3, "\(names)")
    XCTAssertTrue(names.contains(second.lastPathComponent), "\(names)")
    XCTAssertTrue(names.contains("gapura-notes.txt"), "it is nobody's copy")
    XCTAssertFalse(names.contains(others[0]), "it was broken off")
    for count in ["0", "-1", "many"] {
      XCTAssertThrowsError(try office.command(["backup", copies.path, "--keep", count])) { error in
        XCTAssertTrue("\(error)".contains("COUNT is 1 or more"), "\(error)")
      }
    }
  }

  /// Whichever step of its deletion is the last one: half a copy under a whole one's name would be put back one day.
  func testACopyThatIsHalfDeletedBearsNoCopysName() throws {
    let office = try closedOffice()
    try office.start()
    _ = try HallVisitor(port: office.port).apply(person: 3)
    XCTAssertEqual(office.stop(), 0)
    try Data(count: 500).write(to: URL(filePath: "\(office.state)/documents/sealed-document"))
    let copies = office.directory.appendingPathComponent("copies")
    let whole = try content(of: backup(of: office, in: copies))
    XCTAssertGreaterThan(whole.count, 2)
    let disk = try OfficeDisk(of: office, isOfAll: true)
    let environment = disk.environment(office.clock)
    let newest = ["backup", copies.path, "--keep", "1"]
    try office.command(newest, environment: environment)
    // The deletion is the last that a backup does.
    let callCount = disk.changeCount
    var hasFailed = true
    var halfCount = 0
    for call in callCount - 8...callCount + 32 where hasFailed {
      disk.fail(call: call, with: EIO)
      _ = try? office.command(newest, environment: environment)
      hasFailed = disk.hasFailed
      disk.mend()
      let names = try FileManager.default.contentsOfDirectory(atPath: copies.path)
      for name in names where !name.hasSuffix(".unfinished") {
        XCTAssertEqual(try content(of: copies.appendingPathComponent(name)), whole, "\(name), call \(call)")
      }
      XCTAssertTrue(names.contains { !$0.hasSuffix(".unfinished") }, "no copy is left, call \(call)")
      halfCount += names.count { $0.hasSuffix(".unfinished") }
    }
    XCTAssertFalse(hasFailed, "no backup came to its end")
    XCTAssertGreaterThan(halfCount, 1, "no deletion was broken off")
  }

  /// The names of what is in a copy.
  private func content(of copy: URL) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: copy.path).sorted()
  }

  func testACopyThatCannotBeMadeSaysWhy() throws {
    let office = try closedOffice()
    let file = office.directory.appendingPathComponent("no-directory")
    try Data().write(to: file)
    XCTAssertThrowsError(try office.command(["backup", file.path])) { error in
      XCTAssertTrue("\(error)".contains("no-directory"), "\(error)")
    }
    XCTAssertThrowsError(try office.command(["backup", "\(file.path)/copies"])) { error in
      XCTAssertTrue("\(error)".contains("no-directory/copies/gapura-"), "what was given is not named: \(error)")
    }
    XCTAssertThrowsError(try office.command(["backup"])) { error in
      XCTAssertTrue("\(error)".contains("gapura backup DIRECTORY"), "\(error)")
    }
  }

  func testACopyWithoutADocumentOrWithADamagedOneSaysSoAndPushesNoOlderCopyOut() throws {
    let (office, _) = try openOffice()
    _ = try ConsoleDocuments.send(office)
    let copies = office.directory.appendingPathComponent("copies")
    func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: copies.path).sorted() }
    let whole = try backup(of: office, in: copies).lastPathComponent

    let folder = "\(office.state)/documents"
    let files = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0 != "arriving" }.sorted()
    XCTAssertEqual(files.count, 2)
    // One bit where no length tells of it.
    let flipped = try FileHandle(forUpdating: URL(filePath: "\(folder)/\(files[0])"))
    try flipped.seek(toOffset: 40)
    let byte = try XCTUnwrap(flipped.read(upToCount: 1)?.first)
    try flipped.seek(toOffset: 40)
    try flipped.write(contentsOf: Data([byte ^ 1]))
    try flipped.close()
    try FileManager.default.moveItem(atPath: "\(folder)/\(files[1])", toPath: "\(office.directory.path)/away")
    for _ in 0..<2 {
      let run = try office.begin(["backup", copies.path, "--keep", "1"])
      XCTAssertEqual(try run.wait(), 65)
      let said = run.speech.complaintText
      for words in ["2 of 2 documents", files[0], files[1], "is missing", "is not as it was written", "older copy"] {
        XCTAssertTrue(said.contains(words), "\(words): \(said)")
      }
    }
    XCTAssertTrue(try names().contains(whole))
    XCTAssertEqual(try names().filter { $0.hasSuffix(".damaged") }.count, 2)

    // Each file put back from the older copy, under its own name.
    for file in files.prefix(2) {
      try? FileManager.default.removeItem(atPath: "\(folder)/\(file)")
      try FileManager.default.copyItem(
        atPath: copies.appendingPathComponent("\(whole)/documents/\(file)").path, toPath: "\(folder)/\(file)")
    }
    try office.command(["backup", copies.path, "--keep", "2"])
    let left = try names()
    XCTAssertEqual(left.count, 2, "\(left)")
    XCTAssertTrue(left.contains(whole) && !left.contains { $0.hasSuffix(".damaged") }, "\(left)")
  }

  func testHealthSaysWhenTheLastCopyIsTooOldAndNothingWhereNoneIsEverMade() throws {
    let office = try closedOffice()
    try office.start()
    let health = { try Browser(port: office.hallPort).visit("/kesehatan") }
    try office.clock.set("2026-12-04 11:00")
    XCTAssertFalse(try health().text.contains("backup:"), "nobody makes copies here")
    let copies = office.directory.appendingPathComponent("copies")
    try office.command(["backup", copies.path])
    try office.command(["vault", "backup-ring", copies.path])
    XCTAssertFalse(try health().text.contains("backup:"))
    try office.clock.set("2026-12-06 00:05")
    XCTAssertTrue(try health().text.contains("copy of the data was made 37 hours ago"))
    XCTAssertEqual(try health().status, 200, "it is no reason to send people elsewhere")
    try office.command(["backup", copies.path])
    XCTAssertTrue(try health().text.contains("backup: degraded the last whole copy of the key ring"))
    try office.command(["vault", "backup-ring", copies.path])
    XCTAssertFalse(try health().text.contains("backup:"))
  }
}
