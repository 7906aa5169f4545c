import Core
import ModuleHarness
import Store
import XCTest

@testable import Officers

/// What is kept of tries to sign in stays small, however many names are invented.
final class SignInBoundsTests: XCTestCase {
  private func office() async throws -> ModuleOffice {
    let office = try ModuleOffice()
    try await office.store.migrate([.officers])
    return office
  }

  /// As if hashed: the bytes of a number, mixed.
  private func subject(_ number: Int) -> SignInGuard.Subject {
    let mixed = UInt64(number + 1) &* 0x9E37_79B9_7F4A_7C15
    let bytes = (0..<8).map { UInt8(truncatingIfNeeded: mixed >> UInt64(56 - $0 * 8)) }
    return SignInGuard.Subject(hash: bytes, delay: .account)
  }

  func testInventedNamesPushOutEachOtherAndNeitherASenderThatWaitsNorTheBound() async throws {
    let office = try await office()
    let (now, waiting) = (office.clock.now, SignInGuard.Subject(hash: [1, 2, 3], delay: .account))
    let nameCount = SignInGuard.recordCountMax * 3 / 2
    let subjects = (0..<nameCount).map(subject)
    let wait = try await office.store.write { transaction in
      for _ in 0..<5 { _ = try SignInGuard.begin([waiting], at: now, in: transaction) }
      for subject in subjects { _ = try SignInGuard.begin([subject], at: now, in: transaction) }
      return try SignInGuard.begin([waiting], at: now, in: transaction)
    }
    XCTAssertGreaterThan(wait, .zero, "strangers' invented names have freed a sender that must wait")
    let kept: Int? = try await office.store.read { try $0.value("SELECT count(*) FROM officers_delay") }
    // As many more as come until one is drawn that looks.
    XCTAssertLessThan(try XCTUnwrap(kept), SignInGuard.recordCountMax + 4_000)
    XCTAssertGreaterThan(try XCTUnwrap(kept), SignInGuard.recordCountMax / 2)
  }

  func testTheSignInLogKeepsTheLatestTriesOfStrangersAndAllThatLetAnOfficerIn() async throws {
    let office = try await office()
    let now = office.clock.now
    let counts = try await office.store.write { transaction in
      let new = NewAccount(
        username: try XCTUnwrap(Username("siti")), displayName: nil, role: .clerk, mustChangePassword: false)
      let id = try XCTUnwrap(try AccountTable.insert(new, hash: "x", at: now, in: transaction))
      try SignInLog.append(.success, account: id, addressMark: "a", at: now, in: transaction)
      for _ in 0..<50 { try SignInLog.append(.wrong, account: id, addressMark: "a", at: now, in: transaction) }
      for _ in 0..<(SignInLog.strangerCountMax + 2_000) {
        try SignInLog.append(.wrong, account: nil, addressMark: "b", at: now, in: transaction)
      }
      let ofAccounts: Int? = try transaction.value("SELECT count(*) FROM officers_signin WHERE account IS NOT NULL")
      let ofStrangers: Int? = try transaction.value("SELECT count(*) FROM officers_signin WHERE account IS NULL")
      return [ofAccounts ?? 0, ofStrangers ?? 0]
    }
    XCTAssertEqual(counts[0], 51, "what strangers invent pushes nothing out that is an account's")
    XCTAssertLessThanOrEqual(counts[1], SignInLog.strangerCountMax + 1_000)
    XCTAssertGreaterThanOrEqual(counts[1], SignInLog.strangerCountMax)
  }

  func testFailuresUnderAccountsNamesMakeRoomForLaterOnesOnly() async throws {
    let office = try await office()
    let now = office.clock.now
    let (kept, successCount) = try await office.store.write { transaction in
      let new = NewAccount(
        username: try XCTUnwrap(Username("siti")), displayName: nil, role: .clerk, mustChangePassword: false)
      let id = try XCTUnwrap(try AccountTable.insert(new, hash: "x", at: now, in: transaction))
      try SignInLog.append(.success, account: id, addressMark: "a", at: now, in: transaction)
      for _ in 0..<(SignInLog.failureCountMax + 2_000) {
        try SignInLog.append(.wrong, account: id, addressMark: "a", at: now, in: transaction)
      }
      let kept: Int? = try transaction.value("SELECT count(*) FROM officers_signin")
      let successes: Int? = try transaction.value(
        "SELECT count(*) FROM officers_signin WHERE outcome = \(SignInLog.Outcome.success)")
      return (kept ?? 0, successes ?? 0)
    }
    XCTAssertLessThanOrEqual(kept, SignInLog.failureCountMax + 1_000)
    XCTAssertEqual(successCount, 1)
  }

  func testInAStormTriesThatWaitUnderInventedNamesAreOnlyCounted() async throws {
    let office = try await StaffedOffice()
    try await office.add("siti")
    let rules = StormRules(failureCount: 10, window: .minutes(10))
    let watch = SignInWatch(store: office.base.store, clock: office.base.clock, log: SilentLog(), rules: rules)
    let signIn = SignIn(
      store: office.base.store, clock: office.base.clock, random: office.base.random, hasher: QuickHash(),
      keyed: QuickHash(), sessions: office.sessions, factors: office.factors, watch: watch)
    func attempt(_ name: String) async throws {
      _ = try await signIn.make(
        SignIn.Attempt(username: name, password: Personal("salah terus ya"), address: [9], device: nil))
    }
    for _ in 0..<5 { try await attempt("hantu") }
    for _ in 0..<5 { try await attempt("siti") }
    XCTAssertTrue(watch.isStorm)
    let before = try await office.staff.overview().signIns.count
    for _ in 0..<4 { try await attempt("hantu") }
    let between = try await office.staff.overview().signIns.count
    XCTAssertEqual(between, before)
    for _ in 0..<4 { try await attempt("siti") }
    let after = try await office.staff.overview().signIns.count
    XCTAssertEqual(after, before + 4, "tries under an officer's name stay in sight")
    XCTAssertEqual(watch.counts, SignInWatch.Counts(failed: 10, held: 8))
  }
}
