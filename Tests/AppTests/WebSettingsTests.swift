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

  func testNothingListensOnANetworkInClearUnlessItIsWritten() throws {
    for own in ["127.0.0.1", "127.0.0.9", "::1"] {
      XCTAssertEqual(try settings("{ address: \"\(own)\" }").address, own)
    }
    for open in ["0.0.0.0", "::", "10.0.0.5", "2001:db8::5"] {
      XCTAssertThrowsError(try settings("{ address: \"\(open)\" }")) {
        for words in ["web, address", "in clear", "plainTextOnNetwork: true"] {
          XCTAssertTrue("\($0)".contains(words), "\($0)")
        }
      }
      XCTAssertEqual(try settings("{ address: \"\(open)\", plainTextOnNetwork: true }").address, open)
    }
  }

  func testAProxyOnThisMachineIsBelievedOnlyWhileNobodyElseCanConnect() throws {
    XCTAssertEqual(try proxies("{}"), ["127.0.0.1", "::1"])
    XCTAssertEqual(
      try proxies("{ address: \"0.0.0.0\", plainTextOnNetwork: true }"), [], "anybody could write the header")
    XCTAssertEqual(try proxies("{ trustedProxies: [] }"), [], "who says so wants none")
    XCTAssertEqual(
      try proxies("{ address: \"0.0.0.0\", plainTextOnNetwork: true, trustedProxies: [\"10.0.0.7\"] }"), ["10.0.0.7"])
    XCTAssertThrowsError(try proxies("{ trustedProxies: [\"proxy\"] }"))
  }
}
