import Contracts
import Core
import Foundation
import XCTest

@testable import gapura

/// Of whom a second factor is demanded, as gapura.json5 says it.
final class OfficerSettingsTests: XCTestCase {
  private static let shipped = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("etc/gapura/gapura.json5").path

  private func demand(_ officers: String) throws -> SecondFactorDemand {
    let file = try ConfigurationFile(path: "gapura.json5", bytes: Array("{ officers: \(officers) }".utf8))
    return try file.decode(Settings.self).officers.secondFactor
  }

  func testTheShippedFileDemandsItOfSupervisorsAndLetsClerksChoose() throws {
    let shipped = try ConfigurationFile.load(Settings.self, from: Self.shipped).officers.secondFactor
    XCTAssertEqual(shipped, SecondFactorDemand([.clerk: .may, .supervisor: .must]))
  }

  func testWhatIsLeftOutIsNotSaidAndEachRoleIsReadByItself() throws {
    XCTAssertEqual(try demand("{}"), SecondFactorDemand())
    XCTAssertEqual(try demand("{ secondFactor: {} }"), SecondFactorDemand())
    XCTAssertEqual(try demand("{ secondFactor: { clerk: \"must\" } }"), SecondFactorDemand([.clerk: .must]))
    XCTAssertNil(try demand("{ secondFactor: { clerk: \"must\" } }")[.supervisor])
  }

  func testAWordOrARoleThatIsNotKnownIsRefusedWithWhatToWrite() {
    for (text, mend) in [
      ("{ secondFactor: { supervisor: \"mst\" } }", "must"),
      ("{ secondFactor: { superviser: \"must\" } }", "supervisor"),
      ("{ secondfactor: {} }", "secondFactor"), ("{ secondFactor: { clerk: true } }", "clerk"),
    ] {
      XCTAssertThrowsError(try demand(text)) { XCTAssertTrue("\($0)".contains(mend), "\($0)") }
    }
  }
}
