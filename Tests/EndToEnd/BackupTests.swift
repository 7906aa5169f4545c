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

  func testACopyThatCannotBeMadeSaysWhy() throws {
    let office = try closedOffice()
    let file = office.directory.appendingPathComponent("no-directory")
    try Data().write(to: file)
    XCTAssertThrowsError(try office.command(["backup", file.path])) { error in
      XCTAssertTrue("\(error)".contains("no-directory"), "\(error)")
    }
    XCTAssertThrowsError(try office.command(["backup"])) { error in
      XCTAssertTrue("\(error)".contains("gapura backup DIRECTORY"), "\(error)")
    }
  }
}
