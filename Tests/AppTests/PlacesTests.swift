import Core
import Foundation
import XCTest

@testable import gapura

/// Where the program keeps its things.
final class PlacesTests: XCTestCase {
  func testCommandsReachTheServiceWhereItsUnitHasPutItsSockets() {
    XCTAssertEqual(Places(options: [:], environment: [:]).control, "/run/gapura/control")
    let unit = Places(options: [:], environment: ["RUNTIME_DIRECTORY": "/run/gapura"])
    XCTAssertEqual(unit.control, "/run/gapura/control")
    XCTAssertEqual(Places(options: ["runtime": "/tmp/a"], environment: [:]).control, "/tmp/a/control")
  }

  func testACommandNeedsTheStateAloneAndWhatCannotBeMadeIsNamed() throws {
    let home = FileManager.default.temporaryDirectory.appendingPathComponent("places-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
    addTeardownBlock { try FileManager.default.removeItem(at: home) }
    let file = home.appendingPathComponent("file")
    try Data().write(to: file)
    let places = Places(
      options: ["state": "\(home.path)/state", "runtime": "\(file.path)/run"], environment: [:])
    try places.prepareState()
    let mode = try FileManager.default.attributesOfItem(atPath: places.state)[.posixPermissions] as? Int
    XCTAssertEqual(mode, 0o700)
    XCTAssertThrowsError(try places.prepareRuntime()) { error in
      let problem = error as? Problem
      XCTAssertEqual(problem?.code, "directory.not-made")
      XCTAssertEqual(problem?.arguments["path"], places.runtime)
      XCTAssertEqual(problem?.arguments["reason"], "Not a directory")
    }
  }
}
