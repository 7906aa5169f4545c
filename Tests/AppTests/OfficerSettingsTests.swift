import Contracts
import Core
import Foundation
import XCTest

@testable import gapura

/// Whether second factors are demanded, as gapura.json5 says it.
final class OfficerSettingsTests: XCTestCase {
  private static let shipped = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("etc/gapura/gapura.json5").path

  private func demand(_ officers: String) throws -> SecondFactorDemand {
    let file = try ConfigurationFile(path: "gapura.json5", bytes: Array("{ officers: \(officers) }".utf8))
    return try file.decode(Settings.self).officers.secondFactor
  }

  func testTheShippedFileDemandsItByRole() throws {
    XCTAssertEqual(try ConfigurationFile.load(Settings.self, from: Self.shipped).officers.secondFactor, .byRole)
  }

  func testWhatIsLeftOutIsByRole() throws {
    XCTAssertEqual(try demand("{}"), .byRole)
    XCTAssertEqual(try demand("{ secondFactor: \"optional\" }"), .optional)
  }

  func testAWordThatIsNotKnownIsRefusedWithWhatToWrite() {
    for (text, mend) in [
      ("{ secondFactor: \"by-roles\" }", "by-role"), ("{ secondFactor: { clerk: \"may\" } }", "secondFactor"),
      ("{ secondfactor: \"optional\" }", "secondFactor"),
    ] {
      XCTAssertThrowsError(try demand(text)) { XCTAssertTrue("\($0)".contains(mend), "\($0)") }
    }
  }
}
