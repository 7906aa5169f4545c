import Core
import Synchronization
import XCTest

@testable import gapura

final class SecurityLogTests: XCTestCase {
  private final class Lines: Log {
    let kept = Mutex<[String]>([])
    var lines: [String] { kept.withLock { $0 } }

    func record(_ level: LogLevel, _ message: StaticString, _ fields: [(name: StaticString, value: String)]) {
      let said = fields.map { "\($0.name)=\($0.value)" }.joined(separator: " ")
      kept.withLock { $0.append("\(message) | \(said)") }
    }
  }

  private func sender(_ last: UInt8) -> SecurityEvent.Sender {
    SecurityEvent.Sender(bytes: [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF, 203, 0, 113, last])
  }

  func testSenderIsAMarkUnlessAddressesAreWanted() throws {
    let (dark, bright) = (Lines(), Lines())
    let ipv6 = SecurityEvent.Sender(bytes: [0x20, 1, 0xD, 0xB8] + [UInt8](repeating: 0, count: 11) + [7])
    let hidden = SecurityLog(dark, showsAddresses: false)
    for one in [sender(9), sender(9), sender(8), ipv6] { hidden.note(.signInFailed, from: one) }
    let marks = try dark.lines.map { try XCTUnwrap($0.firstMatch(of: /security.sender=([0-9A-Z]{8})$/)).output.1 }
    XCTAssertEqual(marks[0], marks[1])
    XCTAssertEqual(Set(marks).count, 3)
    let shown = SecurityLog(bright, showsAddresses: true)
    for one in [sender(9), ipv6] { shown.note(.signInFailed, from: one, ["problem.code": "x"]) }
    XCTAssertEqual(
      bright.lines,
      ["203.0.113.9", "2001:db8::7"].map {
        "a sign-in failed | security.event=sign-in-failed security.sender=\($0) problem.code=x"
      })
  }

  func testStormIsPutTogetherInOneLine() async throws {
    let lines = Lines()
    let log = SecurityLog(lines, showsAddresses: false, window: .milliseconds(300))
    for _ in 0..<1_000 { log.note(.requestUntrusted, from: sender(1)) }
    for number in 0..<100 { log.note(.requestForbidden, from: sender(UInt8(number))) }
    XCTAssertEqual(lines.lines.count, SecurityLog.lineCountMaxPerSender + SecurityLog.lineCountMax)
    let deadline = ContinuousClock.now + .seconds(30)
    while lines.lines.count < SecurityLog.lineCountMaxPerSender + SecurityLog.lineCountMax + 2 {
      guard ContinuousClock.now < deadline else { return XCTFail("the rest is not told") }
      try await Task.sleep(for: .milliseconds(10))
    }
    let untold = lines.lines.suffix(2)
    XCTAssertEqual(
      Array(untold),
      [
        "a request was forbidden | security.event=request-forbidden security.repeated=70",
        "a form came without its page's mark | security.event=request-untrusted security.repeated=995",
      ])
  }

  func testRefusedRequestsAreToldOnlyWhenThereAreMany() {
    let lines = Lines()
    let log = SecurityLog(lines, showsAddresses: false)
    for _ in 0..<(SecurityEvent.requestRefused.countMin - 1) { log.note(.requestRefused, from: sender(1)) }
    XCTAssertEqual(lines.lines, [])
    log.note(.requestRefused, from: sender(1))
    XCTAssertEqual(lines.lines.count, 1)
  }

  func testOtherLinesPassAsTheyAre() {
    let lines = Lines()
    SecurityLog(lines, showsAddresses: false).notice("ready", ["address": "x"])
    XCTAssertEqual(lines.lines, ["ready | address=x"])
  }
}
