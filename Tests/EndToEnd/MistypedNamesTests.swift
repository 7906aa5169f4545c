import Client
import Foundation
import XCTest

/// A service or counter that is named in one file and defined in none: said at start, at reload and by the check, before
/// anybody misses it.
final class MistypedNamesTests: XCTestCase {
  private static let places = [
    ("office.json5", "\"izin-tinggal-kunjungan\"", "\"izin-tingal-kunjungan\""),
    ("appointments.json5", "code: \"paspor-penggantian\"", "code: \"paspor-pengantian\""),
    (
      "queue.json5", "  services: [",
      "  services: [{ service: \"paspor-hilan\", steps: [{ code: \"a\", name: { id: \"A\", en: \"A\" } }] },"
    ),
    ("queue.json5", "  counters: [", "  counters: [{ number: 44, steps: [\"a\"] },"),
  ]

  /// - Returns: what puts the file back as it was.
  private func spoil(
    _ office: OfficeProcess, _ name: String, _ spot: String, _ spoiled: String
  ) throws -> () throws -> Void {
    let file = office.configuration.appendingPathComponent(name)
    let text = try String(contentsOf: file, encoding: .utf8)
    XCTAssertTrue(text.contains(spot), name)
    try text.replacing(spot, with: spoiled, maxReplacements: 1).write(to: file, atomically: true, encoding: .utf8)
    return { try text.write(to: file, atomically: true, encoding: .utf8) }
  }

  func testAStartAReloadAndTheCheckRefuseThem() throws {
    let (office, _) = try openOffice()
    for (name, spot, spoiled) in Self.places.prefix(3) {
      let mend = try spoil(office, name, spot, spoiled)
      let before = office.log.count
      office.reload()
      let deadline = Date(timeIntervalSinceNow: 30)
      while !office.log.dropFirst(before).contains("not taken over"), Date() < deadline {
        Thread.sleep(forTimeInterval: 0.05)
      }
      let said = String(office.log.dropFirst(before))
      XCTAssertTrue(said.contains("\(name):") && said.contains("no service has the code"), said)
      let check = try office.begin(["catalogue", "check"])
      XCTAssertEqual(try check.wait(), 78, name)
      XCTAssertTrue(check.speech.complaintText.contains("Did you mean"), check.speech.complaintText)
      try mend()
    }
    XCTAssertTrue(try office.command(["catalogue", "check"]).contains("nothing wrong"))
    XCTAssertEqual(office.stop(), 0)
    for (name, spot, spoiled) in Self.places {
      // A counter's steps are those of a service.
      let steps = spot.contains("counters") ? try spoil(office, name, Self.steps.0, Self.steps.1) : {}
      let mend = try spoil(office, name, spot, spoiled)
      XCTAssertThrowsError(try office.start(), name) { error in
        XCTAssertTrue("\(error)".contains("\(name):"), "\(error)")
        XCTAssertTrue(
          "\(error)".contains("no service has the code") || "\(error)".contains("no counter 44"), "\(error)")
      }
      XCTAssertEqual(try office.server?.wait(), 78, name)
      try mend()
      try steps()
    }
  }

  private static let steps = (
    "  services: [",
    "  services: [{ service: \"paspor-hilang\", steps: [{ code: \"a\", name: { id: \"A\", en: \"A\" } }] },"
  )
}
