import Contracts
import Core
import Foundation
import XCTest

@testable import Displays

final class DisplayFileTests: XCTestCase {
  private var directory = URL(filePath: "/")
  private let office = Office(
    name: LocalizedText([.indonesian: "Contoh", .english: "Example"]), zone: .wib, address: "", telephone: "",
    counters: (1...4).map { Office.Counter(number: $0, services: []) })

  override func setUpWithError() throws {
    directory = FileManager.default.temporaryDirectory.appending(path: "displays-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
  }

  override func tearDown() { try? FileManager.default.removeItem(at: directory) }

  private func load(_ text: String) throws -> HallDisplays {
    try text.write(to: directory.appending(path: "displays.json5"), atomically: true, encoding: .utf8)
    let rules = DisplayRules(directory: ConfigurationDirectory(path: directory.path), office: office)
    try rules.reload()
    return rules.now
  }

  private func assertRefused(_ text: String, line: Int, mentions: String) {
    do {
      _ = try load(text)
      XCTFail("accepted: \(text)")
    } catch let problem as ConfigurationProblem {
      XCTAssertTrue("\(problem)".contains(mentions), "\(problem)")
      XCTAssertTrue("\(problem)".contains(":\(line):"), "\(problem)")
    } catch {
      XCTFail("\(error)")
    }
  }

  func testWithoutTheFileTheStandardHolds() throws {
    let rules = DisplayRules(directory: ConfigurationDirectory(path: directory.path), office: office)
    try rules.reload()
    XCTAssertEqual(rules.now, HallDisplays())
  }

  func testZonesHaveCountersAndLinesOfTheirOwn() throws {
    let displays = try load(
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

  func testMistakesAreRefusedWithTheirLine() {
    assertRefused("{\n  chimes: true }", line: 2, mentions: "chime")
    assertRefused("{ languages: [\"id\",\n \"jv\"] }", line: 2, mentions: "jv")
    assertRefused(
      "{ zones: [\n { code: \"Lantai 2\", name: { id: \"a\", en: \"b\" }, counters: [1] }] }", line: 2,
      mentions: "address")
    assertRefused(
      "{ zones: [\n { code: \"a\", name: { id: \"a\", en: \"b\" }, counters: [1,\n 77] }] }", line: 3, mentions: "77")
    assertRefused(
      "{ zones: [ { code: \"a\", name: { id: \"a\", en: \"b\" }, counters: [1] },\n"
        + "{ code: \"a\", name: { id: \"a\", en: \"b\" }, counters: [2] }] }", line: 2, mentions: "already")
  }
}
