import Core
import ModuleHarness
import Store
import Web
import XCTest

@testable import Officers

final class SessionTests: XCTestCase {
  func testIdleSessionIsLockedAfterThirtyMinutesAndAUsedOneIsNot() async throws {
    let office = try await StaffedOffice()
    try await office.add("siti")
    let idle = try await office.enter("siti")
    let used = try await office.enter("siti")
    for _ in 0..<4 {
      office.base.clock.advance(by: .minutes(10))
      let officer = try await office.officer(used)
      XCTAssertNotNil(officer)
    }
    let officer = try await office.officer(idle)
    XCTAssertNil(officer)
    let session = try await office.session(idle)
    XCTAssertEqual(session?.isLocked(at: office.base.clock.now), true, "it waits for its officer")
  }

  func testSessionEndsAfterTwelveHoursHoweverMuchItIsUsed() async throws {
    let office = try await StaffedOffice()
    try await office.add("siti")
    let token = try await office.enter("siti")
    for _ in 0..<35 {
      office.base.clock.advance(by: .minutes(20))
      let officer = try await office.officer(token)
      XCTAssertNotNil(officer)
    }
    office.base.clock.advance(by: .minutes(20))
    let session = try await office.session(token)
    XCTAssertNil(session)
  }

  func testASupervisorsSessionIsLockedAndEndsSooner() async throws {
    let office = try await StaffedOffice()
    try await office.add("budi", role: .supervisor)
    let token = try await office.enter("budi")
    office.base.clock.advance(by: .minutes(14))
    let used = try await office.officer(token)
    XCTAssertNotNil(used)
    office.base.clock.advance(by: .minutes(15))
    let idle = try await office.officer(token)
    XCTAssertNil(idle)
    let locked = try await office.session(token)
    XCTAssertNotNil(locked)
    office.base.clock.advance(by: .hours(10) - .minutes(29))
    let old = try await office.session(token)
    XCTAssertNil(old)
  }

  func testWhatAPageAsksByItselfDoesNotKeepItsSessionOpen() async throws {
    let office = try await StaffedOffice()
    try await office.add("siti")
    let token = try await office.enter("siti")
    for _ in 0..<5 {
      office.base.clock.advance(by: .minutes(5))
      let standing = try await office.gatekeeper.standing(of: token.exposed, isAct: false)
      XCTAssertTrue(standing.isOpen)
    }
    office.base.clock.advance(by: .minutes(5))
    let standing = try await office.gatekeeper.standing(of: token.exposed, isAct: false)
    XCTAssertTrue(standing.isLocked)
  }

  /// The machine started in another year, and officers signed in before anybody saw it.
  func testSessionOfADateThatIsStillToComeIsOverOnceTheDateIsRight() async throws {
    let office = try await StaffedOffice()
    let account = try await office.add("siti")
    let right = office.base.clock.now
    office.base.clock.set(right + .hours(24 * 3650))
    let wrong = try await office.enter("siti")
    office.base.clock.set(right)
    let officer = try await office.officer(wrong)
    XCTAssertNil(officer)
    let isOpen = try await office.base.store.read {
      try (office.sessions.isAttended(account.id, at: right, in: $0), office.sessions.isAnybodySignedIn(in: $0))
    }
    XCTAssertFalse(isOpen.0 || isOpen.1)
    let fresh = try await office.enter("siti")
    let rows: Int? = try await office.base.store.read { try $0.value("SELECT count(*) FROM officers_session") }
    XCTAssertEqual(rows, 1, "it takes no other's place")
    office.base.clock.set(right - .minutes(55))
    let corrected = try await office.officer(fresh)
    XCTAssertNotNil(corrected, "a correction ends nobody's session")
  }

  func testReadingPagesWritesAtMostOnceAMinute() async throws {
    let office = try await StaffedOffice()
    try await office.add("siti")
    let token = try await office.enter("siti")
    office.base.clock.advance(by: .minutes(2))
    let before = office.base.store.counters
    for _ in 0..<50 {
      _ = try await office.officer(token)
      office.base.clock.advance(by: .seconds(1))
    }
    let after = office.base.store.counters
    XCTAssertEqual(after.writeCount - before.writeCount, 1)
  }

  func testSignOutEndsTheSessionAtOnce() async throws {
    let office = try await StaffedOffice()
    try await office.add("siti")
    let token = try await office.enter("siti")
    _ = try await office.officer(token)
    _ = try await office.sessions.end(token.exposed)
    let officer = try await office.officer(token)
    XCTAssertNil(officer)
  }

  func testClosingAnAccountEndsItsSessionsAtOnceHereAndWithinSecondsElsewhere() async throws {
    let office = try await StaffedOffice()
    let account = try await office.add("siti")
    let token = try await office.enter("siti")
    let other = office.otherSessions()
    let before = try await other.officer(holding: token.exposed)
    XCTAssertNotNil(before)
    _ = try await office.staff.setDisabled(true, account.id, by: .system("test"))
    let here = try await office.officer(token)
    XCTAssertNil(here)
    office.base.clock.advance(by: SessionCache.ageMax)
    let elsewhere = try await other.officer(holding: token.exposed)
    XCTAssertNil(elsewhere)
  }

  func testLookUpThatBeganBeforeAForgettingDoesNotBringBackWhatItRead() async throws {
    let office = try await StaffedOffice()
    let account = try await office.add("siti")
    let cache = SessionCache()
    let now = office.base.clock.now
    let generation = cache.generation
    cache.forget()
    cache.keep(StaffedOffice.session(of: account, at: now), [1], at: now, from: generation)
    XCTAssertNil(cache.session([1], at: now))
  }

  func testCacheStaysWithinItsBound() async throws {
    let office = try await StaffedOffice()
    let account = try await office.add("siti")
    let cache = SessionCache()
    let now = office.base.clock.now
    let session = StaffedOffice.session(of: account, at: now)
    let hashes = (0..<(SessionCache.sessionCountMax + 10)).map { [UInt8($0 & 255), UInt8($0 >> 8)] }
    for hash in hashes { cache.keep(session, hash, at: now, from: cache.generation) }
    let keptCount = hashes.filter { cache.session($0, at: now) != nil }.count
    XCTAssertGreaterThan(keptCount, 0)
    XCTAssertLessThanOrEqual(keptCount, SessionCache.sessionCountMax)
  }

  func testPasswordChangeEndsTheOtherSessionsAndKeepsThisOne() async throws {
    let office = try await StaffedOffice()
    try await office.add("siti")
    let mine = try await office.enter("siti")
    let other = try await office.enter("siti")
    let wrong = try await office.changePassword(of: "siti", in: mine, from: Personal("bukan yang ini"))
    XCTAssertTrue(wrong.isWrong)
    let right = try await office.changePassword(of: "siti", in: mine, from: StaffedOffice.password)
    let renewed = try XCTUnwrap(right.token)
    for (token, isOpen) in [(renewed, true), (mine, false), (other, false)] {
      let officer = try await office.officer(token)
      XCTAssertEqual(officer != nil, isOpen)
    }
    _ = try await office.enter("siti", password: Personal("pasar pagi sudah buka"))
  }

  func testOfficerWithAnInitialPasswordMayOnlyChangeIt() async throws {
    let office = try await StaffedOffice()
    let username = try XCTUnwrap(Username("siti"))
    let password = try await office.staff.add(username, displayName: nil, role: .clerk, by: .system("test"))
    let token = try await office.enter("siti", password: password)
    let before = try await office.officer(token)
    XCTAssertNil(before, "the console is open although the password is not the officer's own")
    let found = try await office.sessions.session(holding: token.exposed)
    let session = try XCTUnwrap(found)
    XCTAssertTrue(session.account.mustChangePassword)
    let changed = try await office.changePassword(of: "siti", in: token, from: password)
    let after = try await office.officer(try XCTUnwrap(changed.token))
    XCTAssertNotNil(after)
  }

  func testASessionIsAsOldAsBeforeItsPasswordWasChanged() async throws {
    let office = try await StaffedOffice()
    try await office.add("siti")
    let token = try await office.enter("siti")
    office.base.clock.advance(by: .minutes(20))
    let changed = try await office.changePassword(of: "siti", in: token, from: StaffedOffice.password)
    let session = try await office.sessions.session(holding: changed.token?.exposed)
    XCTAssertEqual(session?.signedInAt, office.base.clock.now - .minutes(20))
  }

  func testSigningInEndsTheSessionThatTheBrowserHeld() async throws {
    let office = try await StaffedOffice()
    try await office.add("siti")
    try await office.add("budi")
    let elsewhere = try await office.enter("siti")
    let first = try await office.enter("siti")
    let second = try await office.attempt("siti", holding: first)
    let third = try await office.attempt("budi", holding: second.token)
    let tokens = [elsewhere, first, try XCTUnwrap(second.token), try XCTUnwrap(third.token)]
    for (token, isOpen) in zip(tokens, [true, false, false, true]) {
      let officer = try await office.officer(token)
      XCTAssertEqual(officer != nil, isOpen)
    }
    let kept = try await office.attempt("siti", password: Personal("bukan ini juga"), holding: third.token)
    XCTAssertTrue(kept.isRefused)
    let officer = try await office.officer(tokens[3])
    XCTAssertNotNil(officer, "a failure to sign in ended a session")
    let outcomes = try await office.staff.overview().signIns.map(\.outcome)
    XCTAssertEqual(outcomes.count { $0 == .signOut }, 2)
  }

  func testNinthSessionEndsTheOldest() async throws {
    let office = try await StaffedOffice()
    try await office.add("siti")
    var tokens: [SessionToken] = []
    for _ in 0...SessionTable.sessionCountMaxPerAccount {
      tokens.append(try await office.enter("siti"))
      office.base.clock.advance(by: .seconds(1))
    }
    let first = try await office.officer(tokens[0])
    XCTAssertNil(first)
    for token in tokens.dropFirst() {
      let officer = try await office.officer(token)
      XCTAssertNotNil(officer)
    }
  }

  func testStrangeCookiesAreNobody() async throws {
    let office = try await StaffedOffice()
    for token in ["", "x", String(repeating: "g", count: 32), String(repeating: "0", count: 32), "' OR 1=1 --"] {
      let officer = try await office.sessions.officer(holding: token)
      XCTAssertNil(officer, token)
    }
  }
}
