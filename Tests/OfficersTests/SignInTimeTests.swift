import Contracts
import Core
import ModuleHarness
import Synchronization
import XCTest

@testable import Officers

/// How long an answer takes, and what is worked for it, tells nothing of an account.
final class SignInTimeTests: XCTestCase {
  /// Counts what is compared, and takes a while over it.
  private final class CountedHash: PasswordHasher {
    private let base = QuickHash()
    private let compared = Mutex<[Bool]>([])
    let time: Duration

    init(taking time: Duration = .zero) { self.time = time }

    /// Of each comparison whether there was a hash to compare with.
    var comparisons: [Bool] { compared.withLock { $0 } }

    func hash(_ password: Personal<String>) async throws -> String { try await base.hash(password) }

    func isOutdated(_ hash: String) -> Bool { false }

    func verify(_ password: Personal<String>, against hash: String?, in turn: PasswordTurn) async throws -> Bool {
      compared.withLock { $0.append(hash != nil) }
      if time > .zero { try await Task.sleep(for: time) }
      return try await base.verify(password, against: hash, in: turn)
    }
  }

  private func signIn(at office: StaffedOffice, _ hasher: CountedHash) -> SignIn {
    SignIn(
      store: office.base.store, clock: office.base.clock, random: office.base.random, hasher: hasher,
      keyed: QuickHash(), sessions: office.sessions, factors: office.factors)
  }

  private func attempt(_ name: String, from address: [UInt8]) -> SignIn.Attempt {
    SignIn.Attempt(username: name, password: Personal("bukan kata sandinya"), address: address, device: nil)
  }

  func testAnUnknownAndAKnownNameAreComparedOnceEachAndAWaitingOneNotAtAll() async throws {
    let office = try await StaffedOffice()
    try await office.add("siti")
    let hasher = CountedHash()
    let signIn = signIn(at: office, hasher)
    _ = try await signIn.make(attempt("siti", from: [1]))
    _ = try await signIn.make(attempt("hantu", from: [2]))
    XCTAssertEqual(hasher.comparisons, [true, false])
    for _ in 0..<4 { _ = try await signIn.make(attempt("siti", from: [1])) }
    XCTAssertEqual(hasher.comparisons.count, 6)
    for _ in 0..<20 {
      let result = try await signIn.make(attempt("siti", from: [1]))
      XCTAssertNotNil(result.wait)
    }
    XCTAssertEqual(hasher.comparisons.count, 6, "a sender that must wait has work done for nothing")
  }

  func testATryThatMustWaitIsAnsweredNoSoonerThanOthers() async throws {
    let office = try await StaffedOffice()
    try await office.add("siti")
    let hasher = CountedHash(taking: .milliseconds(120))
    let signIn = signIn(at: office, hasher)
    for name in ["siti", "hantu"] {
      for _ in 0..<5 { _ = try await signIn.make(attempt(name, from: [3])) }
      let begun = ContinuousClock.now
      let result = try await signIn.make(attempt(name, from: [3]))
      XCTAssertNotNil(result.wait)
      XCTAssertGreaterThanOrEqual(ContinuousClock.now - begun, .milliseconds(115), name)
    }
  }

  /// After a restart there is no usual time yet.
  func testTheFirstTryAfterAStartIsComparedEvenWhereItMustWait() async throws {
    let office = try await StaffedOffice()
    for _ in 0..<5 { _ = try await office.attempt("hantu", from: [4]) }
    let hasher = CountedHash()
    let signIn = signIn(at: office, hasher)
    let result = try await signIn.make(attempt("hantu", from: [4]))
    XCTAssertNotNil(result.wait)
    XCTAssertEqual(hasher.comparisons, [false])
  }
}
