import Client
import Core
import Foundation
import XCTest

/// One person's data from the application to an erasure that no backup takes back, with the keys changed meanwhile.
final class PersonalDataTests: XCTestCase {
  private static let name = "Contoh Hapus Lamira"
  private static let complaint = "Petugas loket dua tidak ramah"

  func testKeysChangeUnderWayAndAnErasureHoldsAgainstAnOlderBackup() throws {
    let (office, _) = try openOffice()
    let person = try HallVisitor(port: office.port).apply(person: 7, name: Self.name)
    try complain(office, contact: "0800000 0008")
    let password = try office.addOfficer("budi", role: "supervisor")

    // New wrappings and a new root key while the office is open.
    let key = office.directory.appendingPathComponent("next").path
    try office.command(["vault", "rotate"])
    try office.command(["vault", "rotate", "--new-root-key", key])
    let later = try HallVisitor(port: office.port).apply(person: 8, name: "Contoh Lain")
    let supervisor = try signIn("budi", password, office)
    XCTAssertTrue(try open(person, supervisor).text.contains(Self.name))

    let copy = office.directory.appendingPathComponent("copy")
    try office.command(["backup", copy.path])
    try erase(person, supervisor, office)
    XCTAssertFalse(try open(person, supervisor).text.contains(Self.name))

    // The data of before beside today's keys, under the new root key alone.
    XCTAssertEqual(office.stop(), 0, office.log)
    let rootKey = "\(office.state)/gapura.root-key"
    try FileManager.default.removeItem(atPath: rootKey)
    try FileManager.default.moveItem(atPath: key, toPath: rootKey)
    let names = try FileManager.default.contentsOfDirectory(atPath: copy.path)
    let backup = "\(copy.path)/\(try XCTUnwrap(names.max()))"
    let held = try ChildProcess.ask("\(backup)/gapura.db", "SELECT count(*) FROM vault_erasures")
    XCTAssertEqual(held, "0\n", "the backup is older than the erasure")
    // Two of three are more than may go unseen here, and what puts up with missing documents does not confirm it.
    let policy = office.configuration.appendingPathComponent("vault.json5")
    try String(contentsOf: policy, encoding: .utf8).replacing("alwaysAllowed: 20", with: "alwaysAllowed: 1")
      .write(to: policy, atomically: true, encoding: .utf8)
    XCTAssertThrowsError(try office.command(["restore", backup, "--force"])) { error in
      XCTAssertTrue("\(error)".contains("--confirm"), "\(error)")
    }
    XCTAssertEqual(try office.query("SELECT count(*) FROM vault_erasures"), "2", "nothing was changed")
    let said = try office.command(["restore", backup, "--confirm"])
    XCTAssertTrue(said.contains("2 people erased again"), said)
    XCTAssertEqual(try office.query("SELECT count(*) FROM vault_erasures"), "2", "replayed before anybody is served")
    try office.start()
    XCTAssertEqual(try office.query("SELECT count(*) FROM vault_erasures"), "2")
    let again = try signIn("budi", password, office)
    XCTAssertFalse(try open(person, again).text.contains(Self.name))
    XCTAssertTrue(try open(later, again).text.contains("Contoh Lain"))
    let report = try again.get("/petugas/pengaduan/1")
    XCTAssertEqual(report.status, 404)
    XCTAssertFalse(report.text.contains(Self.complaint))
    try office.command(["vault", "check"])
    XCTAssertEqual(office.stop(), 0, office.log)
    let secrets = [Self.name, Self.complaint, "1808991708900008"].flatMap(RawBytes.spellings)
    XCTAssertEqual(try RawBytes.leaks(of: secrets, in: office.directory), [])
  }

  private func complain(_ office: OfficeProcess, contact: String) throws {
    let browser = Browser(port: office.port)
    let form = try XCTUnwrap(try browser.get("/pengaduan").form(to: "/pengaduan"))
    let answer = try browser.submit(
      form.filled(["jenis": "complaint", "tentang": "conduct", "isi": Self.complaint, "kontak": contact]))
    XCTAssertEqual(answer.status, 303, answer.text)
  }

  private func signIn(_ name: String, _ password: String, _ office: OfficeProcess) throws -> Browser {
    let browser = Browser(port: office.port)
    let form = try XCTUnwrap(try browser.visit("/petugas/masuk").form(to: "/petugas/masuk"))
    let answer = try browser.submit(form.filled(["nama": name, "sandi": password]))
    XCTAssertEqual(answer.status, 303, answer.heading ?? "")
    return browser
  }

  /// The case's page as an officer sees it.
  private func open(_ number: String, _ officer: Browser) throws -> Answer {
    let form = try XCTUnwrap(try officer.get("/petugas/permohonan").form(to: "/petugas/permohonan"))
    return try officer.submit(form.filled(["nomor": number]))
  }

  /// The person asks at the counter; a supervisor takes the complaint along.
  private func erase(_ number: String, _ supervisor: Browser, _ office: OfficeProcess) throws {
    let counter = "/petugas/permintaan-data"
    let asked = try supervisor.submit(
      try XCTUnwrap(try supervisor.get(counter).form(to: counter)).filled(["nomor": number, "jenis": "erasure"]))
    let code = try XCTUnwrap(asked.location?.split(separator: "/").last, asked.text)
    let path = "/petugas/hak-data/kasus/\(code)"
    let page = try supervisor.get(path)
    let complainant = try office.query("SELECT subject FROM feedback_complaint")
    XCTAssertTrue(page.text.contains("value=\"\(complainant)\""), "the complaint is found by its telephone number")
    let form = try XCTUnwrap(page.form(to: path))
    let decided = try supervisor.confirm(
      supervisor.submit(form.filled(["putusan": "in-person", "ikut": complainant])))
    XCTAssertEqual(decided.status, 303, decided.text)
  }
}
