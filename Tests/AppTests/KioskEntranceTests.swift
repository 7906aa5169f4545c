import Foundation
import XCTest

@testable import gapura

final class KioskEntranceTests: XCTestCase {
  func testAServiceWithoutItsSocketSaysWhereKiosksAskAndHowTheyAreHeardAgain() throws {
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent("entrance-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let file = "\(directory)/gapura-kiosk"
    let entrance = KioskEntrance(socketOfUnit: file)
    XCTAssertTrue(FileManager.default.createFile(atPath: file, contents: nil))
    XCTAssertNil(entrance.report, "the socket was handed over")
    entrance.note(ownSocket: "/run/gapura/kiosk")
    let report = try XCTUnwrap(entrance.report)
    for words in ["listens for kiosks at /run/gapura/kiosk", "ask at \(file)", "systemctl restart gapura"] {
      XCTAssertTrue(report.contains(words), "\(words): \(report)")
    }
    try FileManager.default.removeItem(atPath: file)
    XCTAssertNil(entrance.report, "an office that has never had that socket")
  }
}
