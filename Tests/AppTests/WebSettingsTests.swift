import Core
import Foundation
import Web
import XCTest

@testable import gapura

/// What the web part of gapura.json5 means.
final class WebSettingsTests: XCTestCase {
  private func settings(_ web: String) throws -> WebSettings {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).json5")
    try "{ web: \(web) }".write(to: file, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: file) }
    return try ConfigurationFile.load(Settings.self, from: file.path).web
  }

  private func proxies(_ web: String) throws -> [String] { try settings(web).trustedProxies }

  func testTheFieldThatNamesClientsIsOneOfTwo() throws {
    XCTAssertEqual(try settings("{}").configuration.forwardedField, .xForwardedFor)
    XCTAssertEqual(try settings("{ forwardedField: \"Forwarded\" }").configuration.forwardedField, .forwarded)
    XCTAssertThrowsError(try settings("{ forwardedField: \"X-Real-IP\" }")) {
      XCTAssertTrue("\($0)".contains("X-Forwarded-For, Forwarded"), "\($0)")
    }
  }

  func testAProxyOnThisMachineIsBelievedOnlyWhileNobodyElseCanConnect() throws {
    XCTAssertEqual(try proxies("{}"), ["127.0.0.1", "::1"])
    XCTAssertEqual(try proxies("{ address: \"0.0.0.0\" }"), [], "anybody could write the header")
    XCTAssertEqual(try proxies("{ trustedProxies: [] }"), [], "who says so wants none")
    XCTAssertEqual(try proxies("{ address: \"0.0.0.0\", trustedProxies: [\"10.0.0.7\"] }"), ["10.0.0.7"])
    XCTAssertThrowsError(try proxies("{ trustedProxies: [\"proxy\"] }"))
  }
}
