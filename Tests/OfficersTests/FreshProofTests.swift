import Contracts
import Core
import ModuleHarness
import Web
import XCTest

@testable import Officers

final class FreshProofTests: XCTestCase {
  private func attempt(_ password: Personal<String>) -> SignIn.Attempt {
    SignIn.Attempt(username: "siti", password: password, address: [1], device: nil)
  }

  private func give(
    _ office: StaffedOffice, _ token: SessionToken, _ password: Personal<String> = StaffedOffice.password
  ) async throws -> OwnVerdict<SessionToken> {
    let session = try await office.session(token)
    return try await office.proof.give(
      .password(attempt(password), code: Personal("")), in: token, of: XCTUnwrap(session))
  }

  private func proven(_ office: StaffedOffice, _ token: SessionToken) async throws -> Bool? {
    try await office.session(token)?.isProven(at: office.base.clock.now)
  }

  func testSigningInIsAProofForFiveMinutes() async throws {
    let office = try await StaffedOffice()
    try await office.add("siti", role: .supervisor)
    let token = try await office.enter("siti")
    for (minutes, isFresh) in [(0, true), (5, true), (1, false)] {
      office.base.clock.advance(by: .minutes(minutes))
      let isProven = try await proven(office, token)
      XCTAssertEqual(isProven, isFresh)
    }
  }

  func testAProofGivesTheSessionANewTokenAndIsFreshAgain() async throws {
    let office = try await StaffedOffice()
    try await office.add("siti", role: .supervisor)
    let token = try await office.enter("siti")
    office.base.clock.advance(by: .minutes(10))
    guard case .right(let renewed) = try await give(office, token) else {
      return XCTFail("the right password is no proof")
    }
    let old = try await office.session(token)
    XCTAssertNil(old)
    let isFresh = try await proven(office, renewed)
    XCTAssertEqual(isFresh, true)
    let session = try await office.session(renewed)
    XCTAssertEqual(session?.signedInAt, office.base.clock.now - .minutes(10), "it is as old as it was")
  }

  func testAWrongPasswordProvesNothingAndCountsLikeAFailureToSignIn() async throws {
    let office = try await StaffedOffice()
    try await office.add("siti", role: .supervisor)
    let token = try await office.enter("siti")
    office.base.clock.advance(by: .minutes(10))
    for _ in 0..<5 {
      guard case .refused(.wrongPassword) = try await give(office, token, Personal("bukan ini juga")) else {
        return XCTFail("a wrong password was taken")
      }
    }
    guard case .refused(.wait) = try await give(office, token) else {
      return XCTFail("there is no end to guessing")
    }
    let isFresh = try await proven(office, token)
    XCTAssertEqual(isFresh, false)
  }

  func testAProofOfADateThatIsStillToComeIsNone() async throws {
    let office = try await StaffedOffice()
    let account = try await office.add("siti")
    let now = office.base.clock.now
    let session = StaffedOffice.session(of: account, at: now + .hours(2))
    XCTAssertFalse(session.isProven(at: now))
    XCTAssertTrue(session.isProven(at: now + .hours(2)))
  }
}
