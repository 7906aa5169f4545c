import Core
import Foundation
import XCTest

@testable import Queue

final class DisplayFileTests: XCTestCase {
  private var directory = URL(filePath: "/")

  override func setUpWithError() throws {
    directory = FileManager.default.temporaryDirectory.appending(path: "displays-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
  }

  override func tearDown() { try? FileManager.default.removeItem(at: directory) }

  private func load(_ text: String) async throws -> HallDisplays {
    try text.write(to: directory.appending(path: "displays.json5"), atomically: true, encoding: .utf8)
    let hall = try await QueueHall()
    let rules = DisplayRules(directory: ConfigurationDirectory(path: directory.path), office: hall.office)
    await hall.close()
    try rules.reload()
    return rules.now
  }

  private func assertRefused(_ text: String, line: Int, mentions: String) async {
    do {
      _ = try await load(text)
      XCTFail("accepted: \(text)")
    } catch let problem as ConfigurationProblem {
      XCTAssertTrue("\(problem)".contains(mentions), "\(problem)")
      XCTAssertTrue("\(problem)".contains(":\(line):"), "\(problem)")
    } catch {
      XCTFail("\(error)")
    }
  }

  func testWithoutTheFileTheStandardHolds() async throws {
    let hall = try await QueueHall()
    let rules = DisplayRules(directory: ConfigurationDirectory(path: directory.path), office: hall.office)
    try rules.reload()
    XCTAssertEqual(rules.now, HallDisplays())
    await hall.close()
  }

  func testZonesHaveCountersAndLinesOfTheirOwn() async throws {
    let displays = try await load(
      """
      { chime: false, languages: ["en"], ticker: [{ id: "Satu", en: "One" }],
        zones: [{ code: "lantai-2", name: { id: "Lantai 2", en: "Floor 2" }, counters: [3, 4] }] }
      """)
    XCTAssertFalse(displays.chime)
    XCTAssertTrue(displays.speech)
    XCTAssertEqual(displays.languages, [.english])
    XCTAssertEqual(displays.zone("lantai-2")?.counters, [3, 4])
    XCTAssertNil(displays.zone("lantai-3"))
    XCTAssertEqual(displays.zone(nil), .wholeHall)
  }

  func testMistakesAreRefusedWithTheirLine() async {
    await assertRefused("{\n  chimes: true }", line: 2, mentions: "chime")
    await assertRefused("{ languages: [\"id\",\n \"jv\"] }", line: 2, mentions: "jv")
    await assertRefused(
      "{ zones: [\n { code: \"Lantai 2\", name: { id: \"a\", en: \"b\" }, counters: [1] }] }", line: 2,
      mentions: "address")
    await assertRefused(
      "{ zones: [\n { code: \"a\", name: { id: \"a\", en: \"b\" }, counters: [1,\n 77] }] }", line: 3, mentions: "77")
    await assertRefused(
      "{ zones: [ { code: \"a\", name: { id: \"a\", en: \"b\" }, counters: [1] },\n"
        + "{ code: \"a\", name: { id: \"a\", en: \"b\" }, counters: [2] }] }", line: 2, mentions: "already")
  }
}
