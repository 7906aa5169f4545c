import Core
import ModuleHarness
import XCTest

@testable import Officers

final class RecoveryCodeTests: XCTestCase {
  func testTenDifferentCodesAreDrawnThatCanBeReadOut() {
    let codes = RecoveryCode.draw(from: SystemRandom()).exposed
    XCTAssertEqual(Set(codes).count, RecoveryCode.count)
    for code in codes { XCTAssertNotNil(code.wholeMatch(of: /[0-9a-hjkmnp-tv-z]{4}(-[0-9a-hjkmnp-tv-z]{4}){2}/), code) }
  }

  func testACodeIsTheSameHoweverItIsTypedAndAnotherOneForAnotherAccount() throws {
    let keyed = QuickHash()
    func hash(_ typed: String, of account: Int64 = 7) -> [UInt8]? {
      RecoveryCode.hash(Personal(typed), of: OfficerID(account), keyed: keyed)
    }
    let code = try XCTUnwrap(RecoveryCode.draw(from: SeededRandom(seed: 4)).exposed.first)
    let kept = try XCTUnwrap(hash(code))
    for typed in [code.uppercased(), code.filter { $0 != "-" }, code.replacing("-", with: " "), " \(code) "] {
      XCTAssertEqual(hash(typed), kept, typed)
    }
    XCTAssertNotEqual(hash(code, of: 8), kept)
    for typed in ["", "123456", String(code.dropLast()), code + "0", code.replacing("-", with: "/")] {
      XCTAssertNil(hash(typed), typed)
    }
  }

  func testACodeDoesNotPrint() {
    XCTAssertEqual("\(RecoveryCode.draw(from: SystemRandom()))", "<personal>")
  }
}
