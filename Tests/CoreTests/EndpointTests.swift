import Core
import Foundation
import XCTest

final class EndpointTests: XCTestCase {
  /// Listens at a free port until the end of the test.
  private func listening(at address: String) throws -> Endpoint {
    let descriptor = try XCTUnwrap(Endpoint(address: address, port: 0)).listen(backlog: 4)
    addTeardownBlock { UnixSocket.close(descriptor) }
    return try XCTUnwrap(Endpoint(of: descriptor))
  }

  private func isReached(_ endpoint: Endpoint) -> Bool {
    guard let socket = endpoint.connect(timeout: .seconds(10)) else { return false }
    return socket.number >= 0
  }

  func testASocketThatListensTellsWhereAndIsReachedThere() throws {
    for address in ["127.0.0.1", "0.0.0.0", "::1"] {
      let endpoint = try listening(at: address)
      XCTAssertNotEqual(endpoint.port, 0, address)
      XCTAssertEqual(endpoint, Endpoint(address: address, port: endpoint.port), address)
      XCTAssertTrue(isReached(endpoint.reachable), address)
    }
  }

  func testWhyItCannotListenIsTold() throws {
    let endpoint = try listening(at: "127.0.0.1")
    XCTAssertThrowsError(try endpoint.listen(backlog: 4)) {
      XCTAssertEqual(($0 as? SystemCallFailure)?.reason, "Address already in use")
    }
  }

  func testNoProgramAtAPortIsReached() throws {
    let descriptor = try XCTUnwrap(Endpoint(address: "127.0.0.1", port: 0)).listen(backlog: 4)
    let endpoint = try XCTUnwrap(Endpoint(of: descriptor))
    UnixSocket.close(descriptor)
    XCTAssertFalse(isReached(endpoint))
  }

  func testASocketOfAnotherFamilyHasNone() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString.prefix(8))").path
    let descriptor = try UnixSocket.listen(at: path)
    defer {
      UnixSocket.close(descriptor)
      try? FileManager.default.removeItem(atPath: path)
    }
    XCTAssertNil(Endpoint(of: descriptor))
  }

  func testThisMachinesOwnAddressesAreTold() {
    for address in ["127.0.0.1", "127.0.0.9", "::1", "::ffff:127.0.0.1"] {
      XCTAssertEqual(Endpoint(address: address, port: 1)?.isLoopback, true, address)
    }
    for address in ["192.0.2.1", "::", "0.0.0.0", "::ffff:192.0.2.1", "2001:db8::1"] {
      XCTAssertEqual(Endpoint(address: address, port: 1)?.isLoopback, false, address)
    }
    XCTAssertEqual(Endpoint(address: "0.0.0.0", port: 7)?.reachable, Endpoint(address: "127.0.0.1", port: 7))
    XCTAssertEqual(Endpoint(address: "::", port: 7)?.reachable, Endpoint(address: "::1", port: 7))
    let other = Endpoint(address: "192.0.2.1", port: 7)
    XCTAssertEqual(other?.reachable, other)
  }

  func testAddressesAreReadInNumbersAlone() {
    XCTAssertEqual(IPAddress.bytes(of: "192.0.2.1"), [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF, 192, 0, 2, 1])
    XCTAssertEqual(IPAddress.bytes(of: "::ffff:192.0.2.1"), IPAddress.bytes(of: "192.0.2.1"))
    XCTAssertEqual(
      IPAddress.bytes(of: "2001:db8::1"), [0x20, 0x01, 0x0D, 0xB8] + [UInt8](repeating: 0, count: 11) + [1])
    for text in ["", "localhost", "192.0.2", "192.0.2.1 ", "192.0.2.1\0", "::g", "[::1]"] {
      XCTAssertNil(IPAddress.bytes(of: text), text)
    }
  }
}
