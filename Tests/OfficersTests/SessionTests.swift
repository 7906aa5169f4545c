import Core
import ModuleHarness
import Store
import Web
import XCTest

@testable import Officers

final class SessionTests: XCTestCase {
  func testIdleSessionEndsAfterThirtyMinutesAndAUsedOneDoesNot() async throws {
    let house = try await OfficersHouse()
    try await house.add("siti")
    let idle = try await house.enter("siti")
    let used = try await house.enter("siti")
    for _ in 0..<4 {
      house.house.clock.advance(by: .minutes(10))
      let officer = try await house.officer(used)
      XCTAssertNotNil(officer)
    }
    let officer = try await house.officer(idle)
    XCTAssertNil(officer)
  }

  func testSessionEndsAfterTwelveHoursHoweverMuchItIsUsed() async throws {
    let house = try await OfficersHouse()
    try await house.add("siti")
    let token = try await house.enter("siti")
    for _ in 0..<35 {
      house.house.clock.advance(by: .minutes(20))
      let officer = try await house.officer(token)
      XCTAssertNotNil(officer)
    }
    house.house.clock.advance(by: .minutes(20))
    let officer = try await house.officer(token)
    XCTAssertNil(officer)
  }

  /// The machine started in another year, and officers signed in before anybody saw it.
  func testSessionOfADateThatIsStillToComeIsOverOnceTheDateIsRight() async throws {
    let house = try await OfficersHouse()
    let account = try await house.add("siti")
    let right = house.house.clock.now
    house.house.clock.set(right + .hours(24 * 3650))
    let wrong = try await house.enter("siti")
    house.house.clock.set(right)
    let officer = try await house.officer(wrong)
    XCTAssertNil(officer)
    let isOpen = try await house.house.store.read {
      try (SessionTable.isOpen(of: account.id, at: right, in: $0), SessionTable.isAnyOpen(at: right, in: $0))
    }
    XCTAssertFalse(isOpen.0 || isOpen.1)
    let fresh = try await house.enter("siti")
    let rows: Int? = try await house.house.store.read { try $0.value("SELECT count(*) FROM officers_session") }
    XCTAssertEqual(rows, 1, "it takes no other's place")
    house.house.clock.set(right - .minutes(55))
    let corrected = try await house.officer(fresh)
    XCTAssertNotNil(corrected, "a correction ends nobody's session")
  }

  func testReadingPagesWritesAtMostOnceAMinute() async throws {
    let house = try await OfficersHouse()
    try await house.add("siti")
    let token = try await house.enter("siti")
    house.house.clock.advance(by: .minutes(2))
    let before = house.house.store.counters
    for _ in 0..<50 {
      _ = try await house.officer(token)
      house.house.clock.advance(by: .seconds(1))
    }
    let after = house.house.store.counters
    XCTAssertEqual(after.writeCount - before.writeCount, 1)
  }

  func testSignOutEndsTheSessionAtOnce() async throws {
    let house = try await OfficersHouse()
    try await house.add("siti")
    let token = try await house.enter("siti")
    _ = try await house.officer(token)
    _ = try await house.sessions.end(token.exposed)
    let officer = try await house.officer(token)
    XCTAssertNil(officer)
  }

  func testClosingAnAccountEndsItsSessionsAtOnceHereAndWithinSecondsElsewhere() async throws {
    let house = try await OfficersHouse()
    let account = try await house.add("siti")
    let token = try await house.enter("siti")
    let other = house.otherSessions()
    let before = try await other.officer(holding: token.exposed)
    XCTAssertNotNil(before)
    _ = try await house.desk.setDisabled(true, account.id, by: .system("test"))
    let here = try await house.officer(token)
    XCTAssertNil(here)
    house.house.clock.advance(by: SessionCache.ageMax)
    let elsewhere = try await other.officer(holding: token.exposed)
    XCTAssertNil(elsewhere)
  }

  func testLookUpThatBeganBeforeAForgettingDoesNotBringBackWhatItRead() async throws {
    let house = try await OfficersHouse()
    let account = try await house.add("siti")
    let cache = SessionCache()
    let now = house.house.clock.now
    let generation = cache.generation
    cache.forget()
    cache.keep(Session(account: account, signedInAt: now, lastUsedAt: now), [1], at: now, from: generation)
    XCTAssertNil(cache.session([1], at: now))
  }

  func testCacheStaysWithinItsBound() async throws {
    let house = try await OfficersHouse()
    let account = try await house.add("siti")
    let cache = SessionCache()
    let now = house.house.clock.now
    let session = Session(account: account, signedInAt: now, lastUsedAt: now)
    let hashes = (0..<(SessionCache.sessionCountMax + 10)).map { [UInt8($0 & 255), UInt8($0 >> 8)] }
    for hash in hashes { cache.keep(session, hash, at: now, from: cache.generation) }
    let keptCount = hashes.filter { cache.session($0, at: now) != nil }.count
    XCTAssertGreaterThan(keptCount, 0)
    XCTAssertLessThanOrEqual(keptCount, SessionCache.sessionCountMax)
  }

  func testPasswordChangeEndsTheOtherSessionsAndKeepsThisOne() async throws {
    let house = try await OfficersHouse()
    try await house.add("siti")
    let mine = try await house.enter("siti")
    let other = try await house.enter("siti")
    let wrong = try await house.changePassword(of: "siti", in: mine, from: Personal("bukan yang ini"))
    XCTAssertTrue(wrong.isWrong)
    let right = try await house.changePassword(of: "siti", in: mine, from: OfficersHouse.password)
    let renewed = try XCTUnwrap(right.token)
    for (token, isOpen) in [(renewed, true), (mine, false), (other, false)] {
      let officer = try await house.officer(token)
      XCTAssertEqual(officer != nil, isOpen)
    }
    _ = try await house.enter("siti", password: Personal("pasar pagi sudah buka"))
  }

  func testOfficerWithAnInitialPasswordMayOnlyChangeIt() async throws {
    let house = try await OfficersHouse()
    let username = try XCTUnwrap(Username("siti"))
    let password = try await house.desk.add(username, displayName: nil, role: .clerk, by: .system("test"))
    let token = try await house.enter("siti", password: password)
    let before = try await house.officer(token)
    XCTAssertNil(before, "the console is open although the password is not the officer's own")
    let found = try await house.sessions.session(holding: token.exposed)
    let session = try XCTUnwrap(found)
    XCTAssertTrue(session.account.mustChangePassword)
    let changed = try await house.changePassword(of: "siti", in: token, from: password)
    let after = try await house.officer(try XCTUnwrap(changed.token))
    XCTAssertNotNil(after)
  }

  func testASessionIsAsOldAsBeforeItsPasswordWasChanged() async throws {
    let house = try await OfficersHouse()
    try await house.add("siti")
    let token = try await house.enter("siti")
    house.house.clock.advance(by: .minutes(20))
    let changed = try await house.changePassword(of: "siti", in: token, from: OfficersHouse.password)
    let session = try await house.sessions.session(holding: changed.token?.exposed)
    XCTAssertEqual(session?.signedInAt, house.house.clock.now - .minutes(20))
  }

  func testSigningInEndsTheSessionThatTheBrowserHeld() async throws {
    let house = try await OfficersHouse()
    try await house.add("siti")
    try await house.add("budi")
    let elsewhere = try await house.enter("siti")
    let first = try await house.enter("siti")
    let second = try await house.attempt("siti", holding: first)
    let third = try await house.attempt("budi", holding: second.token)
    let tokens = [elsewhere, first, try XCTUnwrap(second.token), try XCTUnwrap(third.token)]
    for (token, isOpen) in zip(tokens, [true, false, false, true]) {
      let officer = try await house.officer(token)
      XCTAssertEqual(officer != nil, isOpen)
    }
    let kept = try await house.attempt("siti", password: Personal("bukan ini juga"), holding: third.token)
    XCTAssertTrue(kept.isRefused)
    let officer = try await house.officer(tokens[3])
    XCTAssertNotNil(officer, "a failure to sign in ended a session")
    let outcomes = try await house.desk.overview().signIns.map(\.outcome)
    XCTAssertEqual(outcomes.count { $0 == .signOut }, 2)
  }

  func testNinthSessionEndsTheOldest() async throws {
    let house = try await OfficersHouse()
    try await house.add("siti")
    var tokens: [SessionToken] = []
    for _ in 0...SessionTable.sessionCountMaxPerAccount {
      tokens.append(try await house.enter("siti"))
      house.house.clock.advance(by: .seconds(1))
    }
    let first = try await house.officer(tokens[0])
    XCTAssertNil(first)
    for token in tokens.dropFirst() {
      let officer = try await house.officer(token)
      XCTAssertNotNil(officer)
    }
  }

  func testStrangeCookiesAreNobody() async throws {
    let house = try await OfficersHouse()
    for token in ["", "x", String(repeating: "g", count: 32), String(repeating: "0", count: 32), "' OR 1=1 --"] {
      let officer = try await house.sessions.officer(holding: token)
      XCTAssertNil(officer, token)
    }
  }
}
