import Core
import ModuleHarness
import Store
import Web
import XCTest

@testable import Officers

final class SignInTests: XCTestCase {
  func testPasswordSetComposedIsTakenDecomposedAndTheOtherWayRound() async throws {
    let office = try await StaffedOffice()
    for (name, set, sent) in [
      ("siti", "kopi caf\u{E9} di pasar", "kopi cafe\u{301} di pasar"),
      ("budi", "kopi cafe\u{301} di pasar", "\u{FEFF}kopi caf\u{E9}\u{A0}di pasar\n"),
    ] {
      let username = try XCTUnwrap(Username(name))
      let new = NewAccount(username: username, displayName: nil, role: .clerk, mustChangePassword: false)
      try await office.staff.add(new, password: Personal(set), by: .system("test"))
      let result = try await office.attempt("\u{200B}\(name.uppercased())", password: Personal(sent))
      XCTAssertTrue(result.isOpened, name)
    }
  }

  func testRightPasswordOpensASessionThatTheGatekeeperKnows() async throws {
    let office = try await StaffedOffice()
    let account = try await office.add("siti", role: .supervisor)
    let token = try await office.enter("Siti")
    let officer = try await office.officer(token)
    XCTAssertEqual(officer?.id, account.id)
    XCTAssertEqual(officer?.rights, .supervisor)
    XCTAssertEqual(officer?.name, "siti")
  }

  func testWrongPasswordUnknownAccountAndClosedAccountAreRefusedAlike() async throws {
    let office = try await StaffedOffice()
    try await office.add("siti")
    let closed = try await office.add("budi")
    _ = try await office.staff.setDisabled(true, closed.id, by: .system("test"))
    for name in ["siti", "nobody", "tak ada"] {
      let result = try await office.attempt(name, password: Personal("bukan kata sandinya"))
      XCTAssertTrue(result.isRefused, name)
    }
    let result = try await office.attempt("budi")
    XCTAssertTrue(result.isRefused)
  }

  func testFifthFailureMustWaitAndARestartDoesNotForgetIt() async throws {
    let office = try await StaffedOffice()
    try await office.add("siti")
    for _ in 0..<5 { _ = try await office.attempt("siti", password: Personal("salah salah salah")) }
    let waiting = try await office.attempt("siti")
    XCTAssertEqual(waiting.wait, .seconds(15))
    office.base.clock.advance(by: .seconds(15))
    let late = try await office.attempt("siti")
    XCTAssertTrue(late.isOpened)
    let again = try await office.attempt("siti", password: Personal("salah salah salah"))
    XCTAssertTrue(again.isRefused, "success did not clear the failures")
  }

  func testTheWaitIsTheSameForANameThatIsNoAccount() async throws {
    let office = try await StaffedOffice()
    for _ in 0..<5 { _ = try await office.attempt("hantu") }
    let waiting = try await office.attempt("hantu")
    XCTAssertEqual(waiting.wait, .seconds(15))
  }

  func testOneAddressThatTriesManyNamesMustWait() async throws {
    let office = try await StaffedOffice()
    try await office.add("siti")
    for number in 0..<21 { _ = try await office.attempt("nama\(number)", from: [9]) }
    let waiting = try await office.attempt("siti", from: [9])
    XCTAssertNotNil(waiting.wait)
    let elsewhere = try await office.attempt("siti", from: [8])
    XCTAssertTrue(elsewhere.isOpened)
  }

  func testStrangersGuessesMakeNobodyWaitElsewhere() async throws {
    let office = try await StaffedOffice()
    try await office.add("siti")
    for _ in 0..<9 { _ = try await office.attempt("siti", password: Personal("salah salah salah"), from: [9]) }
    let stranger = try await office.attempt("siti", from: [9])
    XCTAssertNotNil(stranger.wait)
    let officer = try await office.attempt("siti", from: [8])
    XCTAssertTrue(officer.isOpened, "an account was shut by somebody else's guesses")
  }

  func testKnownBrowserIsLetInBehindTheAddressFromWhichOthersTry() async throws {
    let office = try await StaffedOffice()
    try await office.add("siti")
    try await office.add("budi")
    let first = try await office.attempt("siti", from: [9])
    let device = try XCTUnwrap(first.device)
    for number in 0..<40 {
      _ = try await office.attempt("nama\(number)", from: [9])
      _ = try await office.attempt("siti", password: Personal("tebakan nomor \(number)"), from: [9])
    }
    let other = try await office.attempt("budi", from: [9], in: device)
    XCTAssertNotNil(other.wait, "a browser that one officer knows is no way in to another's account")
    let again = try await office.attempt("siti", from: [9], in: device)
    XCTAssertTrue(again.isOpened)
    let planted = try await office.attempt("siti", from: [9], in: device)
    XCTAssertNotNil(planted.wait, "a device's cookie is good for one sign-in")
  }

  func testKnownBrowserMustWaitForItsOwnFailuresAndEndsWithThePassword() async throws {
    let office = try await StaffedOffice()
    let account = try await office.add("siti")
    let first = try await office.attempt("siti")
    let device = try XCTUnwrap(first.device)
    for _ in 0..<5 { _ = try await office.attempt("siti", password: Personal("salah salah salah"), in: device) }
    let waiting = try await office.attempt("siti", in: device)
    XCTAssertEqual(waiting.wait, .seconds(15))
    let attempt = SignIn.Attempt(
      username: "siti", password: StaffedOffice.password, address: [1], device: device.exposed)
    let isKnown = try await office.signIn.knows(attempt)
    XCTAssertTrue(isKnown)
    _ = try await office.staff.resetPassword(of: account.id, by: .system("test"))
    let isKnownStill = try await office.signIn.knows(attempt)
    XCTAssertFalse(isKnownStill)
  }

  func testBrowserOfAMonthAgoIsANewOne() async throws {
    let office = try await StaffedOffice()
    try await office.add("siti")
    let first = try await office.attempt("siti")
    let attempt = SignIn.Attempt(
      username: "siti", password: StaffedOffice.password, address: [1], device: first.device?.exposed)
    office.base.clock.advance(by: DeviceTable.memory - .seconds(1))
    let isKnown = try await office.signIn.knows(attempt)
    XCTAssertTrue(isKnown)
    office.base.clock.advance(by: .seconds(1))
    let isKnownStill = try await office.signIn.knows(attempt)
    XCTAssertFalse(isKnownStill)
  }

  func testWhatWasWrittenOnAWrongDateHoldsNoLongerThanElsewhereAndHidesNothing() async throws {
    let office = try await StaffedOffice()
    try await office.add("siti")
    let right = office.base.clock.now
    office.base.clock.set(right + .hours(24 * 3650))
    let device = try await office.attempt("siti").device
    let username = try XCTUnwrap(Username("budi"))
    let first = try await office.staff.add(username, displayName: nil, role: .clerk, by: .system("test"))
    office.base.clock.set(right)
    let attempt = SignIn.Attempt(
      username: "siti", password: StaffedOffice.password, address: [1], device: device?.exposed)
    let isKnown = try await office.signIn.knows(attempt)
    XCTAssertFalse(isKnown)
    let late = try await office.attempt("budi", password: first)
    XCTAssertTrue(late.isExpired, "a first password of a date that is still to come")
    let outcomes = try await office.staff.overview().signIns.map(\.outcome)
    XCTAssertEqual(outcomes, [.expired, .success], "the latest first")
    _ = try await office.attempt("siti")
    let devices: Int? = try await office.base.store.read { try $0.value("SELECT count(*) FROM officers_device") }
    XCTAssertEqual(devices, 1)
  }

  func testManyTriesAtTheSameTimeCannotSlipPastTheCount() async throws {
    let office = try await StaffedOffice()
    try await office.add("siti")
    let refusedCount = try await withThrowingTaskGroup(of: Bool.self) { group in
      for number in 0..<30 {
        group.addTask { try await office.attempt("siti", password: Personal("tebakan nomor \(number)")).isRefused }
      }
      return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    XCTAssertEqual(refusedCount, SignInDelay.account.freeFailureCount + 1)
  }

  func testEverySignInIsWrittenDownWithoutWhatWasTyped() async throws {
    let office = try await StaffedOffice()
    try await office.add("siti")
    _ = try await office.attempt("siti", password: Personal("rahasia sekali"))
    _ = try await office.attempt("rahasia-sekali")
    let token = try await office.enter("siti")
    _ = try await office.sessions.end(token.exposed)
    let entries = try await office.staff.overview().signIns
    XCTAssertEqual(entries.map(\.outcome), [.signOut, .success, .wrong, .wrong])
    XCTAssertEqual(entries.map { $0.username?.description }, ["siti", "siti", nil, "siti"])
    XCTAssertEqual(Set(entries.dropFirst().map(\.addressMark)).count, 1)
  }

  func testAWrongOldPasswordCountsLikeAFailureToSignInAndIsWrittenDown() async throws {
    let office = try await StaffedOffice()
    try await office.add("siti")
    let token = try await office.enter("siti")
    for _ in 0..<5 {
      let guess = try await office.changePassword(of: "siti", in: token, from: Personal("salah salah salah"))
      XCTAssertTrue(guess.isWrong)
    }
    let waiting = try await office.changePassword(of: "siti", in: token, from: StaffedOffice.password)
    XCTAssertEqual(waiting.wait, .seconds(15))
    let beside = try await office.attempt("siti")
    XCTAssertNotNil(beside.wait, "guesses at one door are forgotten at the other")
    let outcomes = try await office.staff.overview().signIns.map(\.outcome)
    XCTAssertEqual(outcomes.count { $0 == .wrongAgain }, 5)
    XCTAssertEqual(outcomes.count { $0 == .waiting }, 2)
    office.base.clock.advance(by: .seconds(15))
    let late = try await office.changePassword(of: "siti", in: token, from: StaffedOffice.password)
    XCTAssertNotNil(late.token)
    let again = try await office.attempt("siti", password: Personal("salah salah salah"))
    XCTAssertTrue(again.isRefused, "success did not clear the failures")
  }

  func testAFirstPasswordThatWasNotUsedInADayOpensNothing() async throws {
    let office = try await StaffedOffice()
    let username = try XCTUnwrap(Username("siti"))
    let first = try await office.staff.add(username, displayName: nil, role: .clerk, by: .system("test"))
    XCTAssertEqual(InitialPassword.lifetime, .hours(24), "the words of pages and commands say a day")
    office.base.clock.advance(by: InitialPassword.lifetime - .seconds(1))
    let inTime = try await office.attempt("siti", password: first)
    XCTAssertTrue(inTime.isOpened)
    office.base.clock.advance(by: .seconds(1))
    let late = try await office.attempt("siti", password: first)
    XCTAssertTrue(late.isExpired)
    let outcome = try await office.staff.overview().signIns.first?.outcome
    XCTAssertEqual(outcome, .expired)
    let wrong = try await office.attempt("siti", password: Personal("bukan ini juga"))
    XCTAssertTrue(wrong.isRefused, "only who knows it learns that it has run out")

    let account = try await office.staff.account(username)
    let second = try await office.staff.resetPassword(of: try XCTUnwrap(account?.id), by: .system("test")).password
    let again = try await office.attempt("siti", password: second)
    let token = try XCTUnwrap(again.token)
    _ = try await office.changePassword(of: "siti", in: token, from: second)
    office.base.clock.advance(by: .hours(24 * 365))
    let own = try await office.attempt("siti", password: Personal("pasar pagi sudah buka"))
    XCTAssertTrue(own.isOpened, "an officer's own password does not run out")
  }

  func testNeitherTokenNorPasswordStandsInTheDatabase() async throws {
    let office = try await StaffedOffice()
    try await office.add("siti")
    let token = try await office.enter("siti")
    let kept = try await office.base.store.read { snapshot in
      try snapshot.rows("SELECT hash FROM officers_session") { row in try row.get(0) as [UInt8] }
    }
    XCTAssertEqual(kept.count, 1)
    XCTAssertEqual(kept.first?.count, 32)
    XCTAssertNotEqual(kept.first, Array(token.exposed.utf8))
  }
}
