import Client
import Foundation
import XCTest

/// Whoever tries doors is seen by those who watch: in the log, and by the real fail2ban with the filter that is shipped.
final class SecurityEventTests: XCTestCase {
  func testHostileRequestsLeaveLinesThatFail2banReads() throws {
    let office = try closedOffice()
    let file = office.configuration.appendingPathComponent("gapura.json5")
    try String(contentsOf: file, encoding: .utf8).replacing("addresses: false", with: "addresses: true")
      .write(to: file, atomically: true, encoding: .utf8)
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
}
