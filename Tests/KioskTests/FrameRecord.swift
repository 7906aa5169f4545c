import Console
import Core
import Foundation
import XCTest

@testable import Gallery
@testable import Kiosk

/// Every frame of kiosks and call displays as text, to compare with what they will be: `scripts/record DIR`.
private struct FrameRecord {
  static let sizes = [Size(columns: 80, rows: 24), Size(columns: 40, rows: 12)]

  private let directory: URL
  private var text = ""

  init() throws {
    guard let path = ProcessInfo.processInfo.environment["GAPURA_RECORD"]
    else { throw XCTSkip("GAPURA_RECORD names no directory") }
    directory = URL(fileURLWithPath: path).appendingPathComponent("kiosk")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
  }

  mutating func add(_ name: String, _ rows: [String]) {
    text += "== \(name)\n\(rows.joined(separator: "\n"))\n\n"
  }

  /// Writes what was added into a file of its own.
  mutating func write(to name: String) throws {
    try text.write(to: directory.appendingPathComponent("\(name).txt"), atomically: true, encoding: .utf8)
    text = ""
  }
}

extension ScreenTests {
  func testRecordOfEveryFrame() throws {
    var record = try FrameRecord()
    for language in [Language.indonesian, .english] {
      for size in FrameRecord.sizes {
        for isLarge in [false, true] {
          for (name, prepare) in KioskPlaces.recorded {
            var visitor = try KioskPlaces.visitor(size, language, isLarge: isLarge, prepare)
            for page in 0..<visitor.flow.pageCount(visitor.model) {
              visitor.model.page = page
              record.add("\(name), page \(page + 1)", visitor.rows)
            }
          }
          try record.write(to: "\(language)-\(size.columns)x\(size.rows)-\(isLarge ? "large" : "normal")")
        }
      }
    }
  }
}

extension DisplayTests {
  func testRecordOfEveryDisplay() throws {
    var record = try FrameRecord()
    for size in FrameRecord.sizes {
      for (name, calls) in [
        ("nothing called", []), ("one call", [("A-012", 3)]), ("calls", [("A-012", 3), ("B-002", 1)]),
        ("many calls", (1...30).map { ("A-0\($0)", $0) }),
      ] as [(String, [(String, Int)])] { record.add(name, try text(board(calls), size.columns, size.rows)) }
      try record.write(to: "display-\(size.columns)x\(size.rows)")
    }
  }
}
