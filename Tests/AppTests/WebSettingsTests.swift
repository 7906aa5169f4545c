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

  func testItIsKnownWhereItListensOnANetworkByItself() throws {
    XCTAssertEqual(try settings("{}").networkAddresses(besides: []), [])
    let open = try settings("{ address: \"10.0.0.5\", hall: { address: \"10.0.0.6\" }, plainTextOnNetwork: true }")
    XCTAssertEqual(open.networkAddresses(besides: []), ["10.0.0.5", "10.0.0.6"])
    XCTAssertEqual(open.networkAddresses(besides: [.portal]), ["10.0.0.6"])
    XCTAssertEqual(open.networkAddresses(besides: [.portal, .hall]), [], "gapura.socket listens")
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

  func testTheHallHasAListenerOfItsOwn() throws {
    XCTAssertEqual(try settings("{}").configuration.hall?.port, 8081)
    XCTAssertEqual(try settings("{ hall: { port: 9000 } }").configuration.hall?.port, 9000)
    XCTAssertThrowsError(try settings("{ port: 8081 }")) {
      XCTAssertTrue("\($0)".contains("such as 8082"), "\($0)")
    }
  }

  func testNoAddressMayHaveMoreThanHalf() throws {
    let few = try settings("{ budget: { connections: 400 } }").configuration.limits
    XCTAssertEqual(few.connectionCountMax, 400)
    XCTAssertEqual(few.streamCountMax, 300, "pages keep a quarter")
    XCTAssertEqual(few.connectionsPerAddressMax, 100)
    XCTAssertEqual(few.streamsPerClientMax, 75)
    XCTAssertThrowsError(try settings("{ budget: { oneAddress: { connections: 2049 } } }")) {
      XCTAssertTrue("\($0)".contains("at most 2048"), "\($0)")
    }
    XCTAssertThrowsError(try settings("{ budget: { connections: 100, streams: 95 } }")) {
      XCTAssertTrue("\($0)".contains("nine tenths"), "\($0)")
    }
    for wrong in ["connections: 10", "oneAddress: { requests: 0 }", "oneAddress: { uploads: 1000 }"] {
      XCTAssertThrowsError(try settings("{ budget: { \(wrong) } }"), wrong)
    }
    XCTAssertThrowsError(try settings("{ perMinute: { request: 5 } }"))
  }
}
