import Contracts
import Core
import Expectations
import Foundation
import ModuleHarness
import Web
import XCTest

@testable import Officers

/// `roles.json5`: what it says as shipped, what is refused with its line, and what holds after a reload.
final class RoleBookTests: XCTestCase {
  private func book(_ text: String) throws -> RoleBook {
    try ConfigurationFile(path: "roles.json5", bytes: Array(text.utf8)).decode(RoleBook.self)
  }

  private func role(_ name: String, _ rights: String, _ more: String = "") -> String {
    "{ name: \"\(name)\", label: { id: \"a\" }, explanation: { id: \"b\" }, rights: [\(rights)], \(more) }"
  }

  func testTheShippedFileSaysWhatHoldsWithoutOne() throws {
    let path = ModuleOffice.repository + "/etc/gapura/roles.json5"
    let shipped = try ConfigurationFile.load(RoleBook.self, from: path)
    XCTAssertEqual(shipped, .shipped)
    XCTAssertEqual(try book("{}"), .shipped)
    XCTAssertEqual(shipped.rule(between: .approve, and: .examine), .refused, "in whichever order")
    XCTAssertNil(shipped.rule(between: .money, and: .issue))
  }

  func testMistakesAreRefusedAtTheirLine() throws {
    let head = role("head", "\"accounts\"")
    let cases = [
      "{ rolls: [] }": "roles", "{ roles: [\(role("a", "\"serv\""))] }": "serve",
      "{ roles: [\(role("Kepala", "\"accounts\""))] }": "cannot name a role",
      "{ roles: [\(role("plh-head", "\"accounts\""))] }": "cannot name a role",
      "{ roles: [\(head), \(head)] }": "entry 1", "{ roles: [\(role("a", "\"serve\", \"serve\""))] }": "entry 1",
      "{ roles: [\(role("a", "\"serve\""))] }": "accounts",
      "{ roles: [\(role("a", "\"accounts\"", "daysMax: 9"))] }": "without an end",
      "{ roles: [\(head), \(role("b", "\"hall\"", "readOnly: true"))] }": "daysMax",
      "{ roles: [\(role("a", "\"accounts\"", "idleMinutes: 1"))] }": "2 to 240",
      "{ separate: [{ acts: [\"examine\"] }] }": "2 to 2",
      "{ separate: [{ acts: [\"examine\", \"serve\"] }] }": "leaves no mark",
      "{ separate: [{ acts: [\"examine\", \"examine\"] }] }": "entry 1",
      "{ separate: [{ acts: [\"examine\", \"approve\"], rule: \"allowed\" }] }": "refused",
      "{ roles: [\(head)], separate: [{ acts: [\"examine\", \"approve\"], rule: \"checked-afterwards\" }] }": "check",
    ]
    for (text, mend) in cases {
      XCTAssertThrowsError(try book(text), text) { error in
        XCTAssertTrue("\(error)".contains(mend) && "\(error)".hasPrefix("roles.json5:1:"), "\(text): \(error)")
      }
    }
  }

  func testAReloadTakesOverWhatTheFileSaysForSessionsThatAreOpen() async throws {
    let directory = try temporary()
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let office = try await StaffedOffice(configuration: ConfigurationDirectory(path: directory))
    try await office.add("siti", role: .supervisor)
    try await office.add("budi")
    let module = office.module
    try write("{ roles: [\(role("supervisor", "\"accounts\"")), \(role("clerk", "\"help\""))] }", in: directory)
    try await module.reload()
    let clerk = try await office.gatekeeper.officer(holding: office.enter("budi").exposed)
    XCTAssertEqual(clerk?.rights.all, [.help])
    try write("{ roles: 7 }", in: directory)
    let broken = await failure { try await module.reload() }
    XCTAssertTrue(broken is ConfigurationProblem)
    let after = try await office.gatekeeper.officer(holding: office.enter("budi").exposed)
    XCTAssertEqual(after?.rights.all, [.help], "what was in force stays")
  }

  func testAFileByWhichNoOfficerCouldGiveRightsIsRefused() async throws {
    let directory = try temporary()
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let office = try await StaffedOffice(configuration: ConfigurationDirectory(path: directory))
    try await office.add("siti", role: .supervisor)
    try write("{ roles: [\(role("head", "\"accounts\"")), \(role("supervisor", "\"hall\""))] }", in: directory)
    let refusal = await failure { try await office.module.reload() }
    let told = refusal.map { "\($0)" } ?? ""
    XCTAssertTrue(told.contains("no officer who has an account could give rights"), told)
    let officer = try await office.gatekeeper.officer(holding: office.enter("siti").exposed)
    XCTAssertTrue(officer?.rights.contains(.accounts) ?? false)
  }

  private func temporary() throws -> String {
    let path = FileManager.default.temporaryDirectory.path + "/gapura-roles-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    return path
  }

  private func write(_ text: String, in directory: String) throws {
    try text.write(toFile: "\(directory)/roles.json5", atomically: true, encoding: .utf8)
  }
}
