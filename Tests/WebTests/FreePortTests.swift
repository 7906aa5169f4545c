import Client
import Foundation
import XCTest

@testable import Web

/// A test's programs get ports that no other program takes from them.
final class FreePortTests: XCTestCase {
  /// Linux's default of `net.ipv4.ip_local_port_range` (ip(7)); where a machine gives more away, a port is still looked at first.
  func testAPortStandsBelowWhatTheSystemGivesAwayByItself() throws {
    XCTAssertLessThanOrEqual(FreePort.ports.upperBound, 32_768)
    XCTAssert(FreePort.ports.contains(try FreePort.next()))
  }

  func testNoPortIsGivenTwice() throws {
    let pair = try pairOfFreePorts()
    XCTAssertEqual(Set([try FreePort.next(in: pair), try FreePort.next(in: pair)]), Set(pair))
    XCTAssertThrowsError(try FreePort.next(in: pair))
  }

  func testAPortThatIsTakenOnIPv6AloneIsNotFree() throws {
    let pair = try pairOfFreePorts()
    guard let taken = try? ListeningSocket(address: "::1", port: pair.lowerBound) else {
      let addresses = try? String(contentsOfFile: "/proc/net/if_inet6", encoding: .utf8)
      return XCTAssertNotEqual(addresses?.contains(" lo\n"), true, "::1 is there")
    }
    defer { taken.close() }
    XCTAssertEqual(try FreePort.next(in: pair), pair.lowerBound + 1)
    XCTAssertThrowsError(try FreePort.next(in: pair))
  }

  /// Two neighbours that no program has: below those that are asked for without a range.
  private func pairOfFreePorts() throws -> Range<UInt16> {
    let first = try XCTUnwrap(
      (0..<200).lazy.map { _ in UInt16.random(in: 10_000..<FreePort.ports.lowerBound - 1) }.first { port in
        [port, port + 1].allSatisfy { isFree($0, at: "127.0.0.1") && isFree($0, at: "::1") }
      })
    return first..<first + 2
  }

  /// Also where the machine has no such address.
  private func isFree(_ port: UInt16, at address: String) -> Bool {
    do {
      try ListeningSocket(address: address, port: port).close()
      return true
    } catch {
      return error != .taken
    }
  }
}
