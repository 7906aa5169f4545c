import Client
import Foundation
import XCTest

/// How often the ledger says that an officer has looked at a person's case.
final class CaseOpeningTests: XCTestCase {
  /// The records of a case: each has an entry of its own.
  private static let recordCount = 4

  /// With scripts and without: once for each page that shows the case, whatever was pressed for it.
  func testEachLookAtACaseIsRecordedOnce() throws {
    let (office, _) = try openOffice()
    let officer = try office.seatOfficer()
    let counter = "/petugas/loket/1"
    func openings() throws -> Int {
      try XCTUnwrap(Int(office.query("SELECT count(*) FROM ledger_entries WHERE kind = 'opening'")))
    }
    for (person, isScript) in [true, false].enumerated() {
      _ = try HallVisitor(port: office.port).applyAndTakeNumber(person: person)
      for (action, shows) in [("panggil", true), ("mulai", true), ("selesai", false)] {
        let what = "\(action), \(isScript ? "with" : "without") scripts"
        // A live part opens nothing.
        let form = try XCTUnwrap(
          officer.get(counter, ["X-Gapura-Live": "1"]).form(to: "\(counter)/\(action)"), what)
        let before = try openings()
        let answer = try isScript ? officer.submitForPage(form) : officer.follow(officer.submit(form))
        XCTAssertEqual(answer.status, 200, what)
        XCTAssertEqual(answer.header("content-location"), isScript ? counter : nil, what)
        XCTAssertEqual(answer.text.contains("Contoh Uji"), shows, what)
        XCTAssertEqual(try openings() - before, shows ? Self.recordCount : 0, what)
      }
    }
  }
}
