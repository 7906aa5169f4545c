import Client
import Core
import Foundation
import WebDriver
import XCTest

/// The names by which others know Gapura's parts: metrics, health, events, routes, keys of configuration files, words,
/// tables; written down as `RecordTests` does with pages.
final class RecordNamesTests: XCTestCase {
  func testRecordOfNames() throws {
    let directory = try RecordTests.directory().appendingPathComponent("names")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    func write(_ lines: [String], to name: String) throws {
      try (lines.joined(separator: "\n") + "\n")
        .write(to: directory.appendingPathComponent("\(name).txt"), atomically: true, encoding: .utf8)
    }
    let office = try closedOffice()
    _ = try Tour(office)
    let insider = Browser(port: office.hallPort)
    try write(metrics(insider.get("/metrics").text), to: "metrics")
    try write(health(insider.get("/kesehatan").text), to: "health")
    try write(SecurityEvent.allCases.map { "\($0.rawValue) \($0.messageID) \($0.message)" }, to: "events")
    try write(RouteTable().entries.map(\.description).sorted(), to: "routes")
    try write(keys(below: office.configuration), to: "configuration")
    for language in ["id", "en"] { try write(words(language), to: "words-\(language)") }
    for database in try databases(of: office) {
      let schema = try ChildProcess.ask("\(office.state)/\(database)", ".schema")
      try write([schema], to: "schema-\(database.dropLast(".db".count))")
    }
  }

  /// Without figures; a label that names a figure's place stays.
  private func metrics(_ text: String) -> [String] {
    text.split(separator: "\n").map { line in
      guard line.first != "#", let space = line.lastIndex(of: " ") else { return String(line) }
      return String(line[..<space])
    }
  }

  private func health(_ text: String) -> [String] {
    text.split(separator: "\n").map { String($0).replacing(/\d+/, with: "⟨figure⟩") }
  }

  private func databases(of office: OfficeProcess) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: office.state).filter { $0.hasSuffix(".db") }.sorted()
  }

  /// Each key of each file, once.
  private func keys(below directory: URL) throws -> [String] {
    let names = FileManager.default.enumerator(atPath: directory.path)?.compactMap { $0 as? String } ?? []
    let leaves = try names.filter { $0.hasSuffix(".json5") }.flatMap { name in
      try Leaf.all(in: directory.appendingPathComponent(name)).map { "\(name) \($0.key)" }
    }
    return Set(leaves).sorted()
  }

  private func words(_ language: String) throws -> [String] {
    let file = OfficeProcess.repository.appendingPathComponent("share/locales/\(language).json5")
    return try Leaf.all(in: file).map { "\($0.key): \($0.value)" }.sorted()
  }

  /// A value of a configuration file that holds no others.
  private struct Leaf {
    /// `counters[].number`.
    let key: String
    let value: String

    static func all(in file: URL) throws -> [Leaf] {
      let decoder = JSONDecoder()
      decoder.allowsJSON5 = true
      return all(in: try decoder.decode(JSON.self, from: Data(contentsOf: file)), "")
    }

    private static func all(in value: JSON, _ key: String) -> [Leaf] {
      switch value {
      case .object(let members):
        members.flatMap { all(in: $0.value, key.isEmpty ? $0.key : "\(key).\($0.key)") }
      case .list(let items): items.flatMap { all(in: $0, "\(key)[]") }
      case .text(let text): [Leaf(key: key, value: text)]
      case .number(let number): [Leaf(key: key, value: "\(number)")]
      case .bool(let isTrue): [Leaf(key: key, value: "\(isTrue)")]
      case .null: [Leaf(key: key, value: "null")]
      }
    }
  }
}
