import Core
import XCTest

@testable import Web

final class RateLimiterTests: XCTestCase {
  private let clock = ManualClock(Instant(milliseconds: 0))

  private func address(_ text: String) throws -> RemoteAddress { try XCTUnwrap(RemoteAddress(text)) }

  private func secondsToWait(_ limiter: RateLimiter, _ kind: RateClass, _ sender: RemoteAddress) -> String? {
    do {
      try limiter.take(kind, for: sender)
      return nil
    } catch {
      return error.arguments["seconds"]
    }
  }

  func testBurstIsLetThroughAndThenOneAtATime() throws {
    let limiter = RateLimiter(rates: [.signIn: Rate(burst: 2, perMinute: 30)], clock: clock)
    let sender = try address("192.0.2.1")
    XCTAssertNil(secondsToWait(limiter, .signIn, sender))
    XCTAssertNil(secondsToWait(limiter, .signIn, sender))
    XCTAssertEqual(secondsToWait(limiter, .signIn, sender), "2")
    clock.advance(by: .seconds(1))
    XCTAssertEqual(secondsToWait(limiter, .signIn, sender), "1")
    clock.advance(by: .seconds(1))
    XCTAssertNil(secondsToWait(limiter, .signIn, sender))
    XCTAssertEqual(secondsToWait(limiter, .signIn, sender), "2")
  }

  func testKindsAndSendersAreApartAndUnnamedKindsFree() throws {
    let limiter = RateLimiter(
      rates: [.signIn: Rate(burst: 1, perMinute: 1), .lookUp: Rate(burst: 1, perMinute: 1)], clock: clock)
    XCTAssertNil(secondsToWait(limiter, .signIn, try address("192.0.2.1")))
    XCTAssertNil(secondsToWait(limiter, .lookUp, try address("192.0.2.1")))
    XCTAssertNil(secondsToWait(limiter, .signIn, try address("192.0.2.2")))
    XCTAssertNotNil(secondsToWait(limiter, .signIn, try address("192.0.2.2")))
    for _ in 0..<100 { XCTAssertNil(secondsToWait(limiter, .submit, try address("192.0.2.1"))) }
  }

  func testAddressesOfOneIPv6NetworkAreOneSender() throws {
    let limiter = RateLimiter(rates: [.signIn: Rate(burst: 1, perMinute: 1)], clock: clock)
    XCTAssertNil(secondsToWait(limiter, .signIn, try address("2001:db8:0:1::1")))
    XCTAssertNotNil(secondsToWait(limiter, .signIn, try address("2001:db8:0:1:ffff::2")))
    XCTAssertNil(secondsToWait(limiter, .signIn, try address("2001:db8:0:2::1")))
    XCTAssertEqual(try address("::ffff:192.0.2.1"), try address("192.0.2.1"))
  }

  func testClockSetBackFillsNothing() throws {
    let limiter = RateLimiter(rates: [.signIn: Rate(burst: 1, perMinute: 60)], clock: clock)
    let sender = try address("192.0.2.1")
    clock.set(Instant(milliseconds: 1_000_000))
    XCTAssertNil(secondsToWait(limiter, .signIn, sender))
    clock.set(Instant(milliseconds: 0))
    XCTAssertNotNil(secondsToWait(limiter, .signIn, sender))
  }

  func testMemoryIsBoundedWhateverComes() throws {
    let limiter = RateLimiter(rates: [.signIn: Rate(burst: 1, perMinute: 1)], clock: clock)
    for number in 0..<(RateLimiter.bucketCountMax * 2) {
      if number.isMultiple(of: 100) { clock.advance(by: .milliseconds(1)) }
      _ = secondsToWait(limiter, .signIn, try address("10.\(number >> 16 & 255).\(number >> 8 & 255).\(number & 255)"))
    }
    XCTAssertLessThanOrEqual(limiter.bucketCount, RateLimiter.bucketCountMax)
    XCTAssertGreaterThan(limiter.bucketCount, 0)
  }
}
