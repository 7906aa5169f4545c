import Core
import Foundation
import XCTest

/// The numbers of security events never change, and the page for those who watch has them all.
final class SecurityEventTests: XCTestCase {
  func testEachEventHasANumberOfItsOwn() {
    let numbers = SecurityEvent.allCases.map { "\($0.messageID)" }
    XCTAssertEqual(Set(numbers).count, numbers.count)
    for number in numbers { XCTAssertNotNil(number.wholeMatch(of: /[0-9a-f]{32}/), number) }
  }

  func testPageHasEachEventWithNumberAndPriority() throws {
    let page = try String(
      contentsOf: Repository.root.appendingPathComponent("docs/security-events.md"), encoding: .utf8)
    let rows = page.matches(of: /\| `([a-z-]+)` \| `([0-9a-f]{32})` \| [^|]+ \| ([a-z]+) \|/)
    XCTAssertEqual(
      rows.map { "\($0.output.1) \($0.output.2) \($0.output.3)" },
      SecurityEvent.allCases.map { "\($0.rawValue) \($0.messageID) \($0.level)" })
  }
}
