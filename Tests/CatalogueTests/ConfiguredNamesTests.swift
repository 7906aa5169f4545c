import Contracts
import Core
import Foundation
import XCTest

@testable import Catalogue

/// A name that stands in one file and is defined in another is held against it: a typing error would take a service from
/// its counter without a word.
final class ConfiguredNamesTests: XCTestCase {
  private func files() throws -> SmallCatalogue {
    let files = try SmallCatalogue()
    for (name, text) in [
      ("office.json5", "{\n  counters: [\n    { number: 1, services: [\"paspor-uji\"] },\n    { number: 2 },\n  ],\n}"),
      (
        "appointments.json5",
        "{\n  services: [{ code: \"paspor-uji\" }],\n  counterHours: [\n    { counters: [1] },\n  ],\n}"
      ),
      ("queue.json5", "{\n  services: [{ service: \"paspor-uji\" }],\n  counters: [\n    { number: 2 },\n  ],\n}"),
      ("displays.json5", "{\n  zones: [\n    { counters: [1, 2] },\n  ],\n}"),
    ] {
      try files.write(text, to: name)
    }
    return files
  }

  func testNamesThatAreDefinedPass() throws {
    let files = try files()
    XCTAssertEqual(ConfiguredNames(files.directory).problems, [])
    XCTAssertEqual(EditionReading(files.directory).problems, [])
  }

  /// Each place with its line, the way to it, and what was most likely meant.
  func testMisspelledServicesAreRefusedWhereverTheyStand() throws {
    for (name, line, path) in [
      ("office.json5", 3, "counters, entry 1, services, entry 1"), ("appointments.json5", 2, "services, entry 1, code"),
      ("queue.json5", 2, "services, entry 1, service"),
    ] {
      let files = try files()
      let catalogue = Catalogue(files.directory)
      try catalogue.editions.reload()
      let file = files.directory.appending(name)
      let text = try String(contentsOfFile: file, encoding: .utf8)
      try files.write(text.replacingOccurrences(of: "paspor-uji", with: "pasor-uji"), to: name)
      XCTAssertThrowsError(try catalogue.editions.reload(), name) { error in
        let problem = error as? ConfigurationProblem
        XCTAssertEqual(problem?.file, file)
        XCTAssertEqual(problem?.line, line, name)
        XCTAssertEqual(problem?.path.description, path)
        XCTAssertEqual(problem?.what, "no service has the code \"pasor-uji\"")
        XCTAssertEqual(problem?.mend, "Did you mean \"paspor-uji\"? Write one of: paspor-uji.")
      }
      XCTAssertThrowsError(try ConfiguredNames(files.directory).check(name), "its owner refuses it as well")
    }
  }

  func testCountersThatTheOfficeDoesNotHaveAreRefused() throws {
    for (name, line) in [("appointments.json5", 4), ("queue.json5", 4), ("displays.json5", 3)] {
      let files = try files()
      try files.write("{\n  counters: [\n    { number: 7 },\n  ],\n}", to: "office.json5")
      XCTAssertThrowsError(try ConfiguredNames(files.directory).check(name), name) { error in
        XCTAssertTrue("\(error)".contains("the office has no counter"), "\(error)")
        XCTAssertTrue("\(error)".hasPrefix("\(files.directory.appending(name)):\(line):"), "\(error)")
        XCTAssertTrue("\(error)".hasSuffix("Write numbers of counters in office.json5: 7."), "\(error)")
      }
    }
  }

  func testWithoutTheFilesThatDefineThemNamesAreLeftAlone() throws {
    let files = try files()
    try files.remove("services/a.json5")
    try files.remove("office.json5")
    XCTAssertEqual(ConfiguredNames(files.directory).problems, [])
  }

  /// Every service that the shipped files name, in their examples too, is spoiled in its turn.
  func testNoShippedFileNamesAServiceUnseen() throws {
    let codes = EditionReading(SmallCatalogue.shipped).edition?.services.map(\.code.rawValue) ?? []
    var spoiledCount = 0
    for path in try ConfigurationFile.paths(in: SmallCatalogue.shipped.path) {
      let written = try String(contentsOfFile: path, encoding: .utf8)
      let examples = Self.withExamples(written)
      let isSound = (try? ConfigurationFile(path: path, bytes: Array(examples.utf8))) != nil
      let text = isSound ? examples : written
      for code in codes {
        for place in text.ranges(of: "\"\(code)\"") {
          let files = try SmallCatalogue()
          try FileManager.default.removeItem(atPath: files.directory.path)
          try FileManager.default.copyItem(atPath: SmallCatalogue.shipped.path, toPath: files.directory.path)
          let name = URL(filePath: path).lastPathComponent
          try files.write(text.replacingCharacters(in: place, with: "\"\(code)x\""), to: name)
          XCTAssertEqual(
            ConfiguredNames(files.directory).problems.map(\.what), ["no service has the code \"\(code)x\""],
            "\(name): \(text[text.lineRange(for: place)])")
          spoiledCount += 1
        }
      }
    }
    XCTAssertGreaterThan(spoiledCount, 10)
  }

  /// The file with what its comments show as examples.
  private static func withExamples(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      let bare = line.drop { $0 == " " }
      guard bare.hasPrefix("// "), let first = bare.dropFirst(3).first(where: { $0 != " " }) else {
        return String(line)
      }
      let isExample = "{}]".contains(first) || bare.contains("service: \"") || bare.contains("steps: [")
      return isExample ? String(bare.dropFirst(3)) : String(line)
    }.joined(separator: "\n")
  }
}
