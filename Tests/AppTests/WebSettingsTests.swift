import Core
import Foundation
import XCTest

@testable import gapura

/// What the web part of gapura.json5 means.
final class WebSettingsTests: XCTestCase {
  private func proxies(_ web: String) throws -> [String] {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).json5")
    try "{ web: \(web) }".write(to: file, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: file) }
    return try ConfigurationFile.load(Settings.self, from: file.path).web.trustedProxies
  }

  func testAProxyOnThisMachineIsBelievedOnlyWhileNobodyElseCanConnect() throws {
    XCTAssertEqual(try proxies("{}"), ["127.0.0.1", "::1"])
    XCTAssertEqual(try proxies("{ address: \"0.0.0.0\" }"), [], "anybody could write the header")
    XCTAssertEqual(try proxies("{ trustedProxies: [] }"), [], "who says so wants none")
    XCTAssertEqual(try proxies("{ address: \"0.0.0.0\", trustedProxies: [\"10.0.0.7\"] }"), ["10.0.0.7"])
    XCTAssertThrowsError(try proxies("{ trustedProxies: [\"proxy\"] }"))
  }
}
