import Client
import Core
import ModuleHarness
import Store
import XCTest

@testable import Officers

/// Signing in in two steps, on a real store.
final class SecondStepTests: XCTestCase {
  func testARightPasswordOpensOnlyTheSecondStepAndTheCodeTheRestUnderANewToken() async throws {
    let office = try await StaffedOffice()
    try await office.add("siti")
    let enrolled = try await office.enrol("siti", in: office.enter("siti"))
    let pending = try await office.begin("siti")
    let before = try await office.officer(pending)
    XCTAssertNil(before, "the password alone opens the console")
    let isSeen = try await office.base.store.read { try office.sessions.isAnybodySignedIn(in: $0) }
    XCTAssertTrue(isSeen, "the session that has set it up is open")
    let session = try await office.sessions.session(holding: pending.exposed)
    XCTAssertEqual(session?.stage, .password)

    let taken = try await office.take(enrolled.app.code(at: office.base.clock.now), "siti", holding: pending)
    let tokens = try XCTUnwrap(taken.tokens)
    XCTAssertNotEqual(tokens.session, pending)
    let (old, new) = (try await office.officer(pending), try await office.officer(tokens.session))
    XCTAssertNil(old, "the token from before the second step opens the console")
    XCTAssertNotNil(new)
    let outcomes = try await office.staff.overview().signIns.map(\.outcome)
    XCTAssertEqual(outcomes.prefix(2), [.success, .halfway])
  }

  func testACodeOpensOneSessionOnly() async throws {
    let office = try await StaffedOffice()
    try await office.add("siti")
    let app = try await office.enrol("siti", in: office.enter("siti")).app
    let (first, second) = (try await office.begin("siti"), try await office.begin("siti"))
    let code = try app.code(at: office.base.clock.now)
    let taken = try await office.take(code, "siti", holding: first)
    XCTAssertNotNil(taken.tokens)
    let again = try await office.take(code, "siti", holding: second)
    XCTAssertTrue(again.isWrong)
    let next = try await office.take(
      app.code(at: office.base.clock.now + TimeCode.period), "siti", holding: second)
    XCTAssertNotNil(next.tokens, "a phone may be a period ahead")
    let gone = try await office.take(code, "siti", holding: first)
    XCTAssertTrue(gone.isGone, "an open session waits for no code")
  }

  func testManyTriesOfOneCodeAtTheSameTimeOpenOneSession() async throws {
    let office = try await StaffedOffice()
    try await office.add("siti")
    let app = try await office.enrol("siti", in: office.enter("siti")).app
    var pending: [SessionToken] = []
    for _ in 0..<6 { pending.append(try await office.begin("siti")) }
    let code = try app.code(at: office.base.clock.now)
    let openedCount = try await withThrowingTaskGroup(of: Bool.self) { group in
      for token in pending {
        group.addTask { try await office.take(code, "siti", holding: token).tokens != nil }
      }
      return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    XCTAssertEqual(openedCount, 1)
  }

  func testEachRecoveryCodeOpensOnceAndIsCounted() async throws {
    let office = try await StaffedOffice()
    let account = try await office.add("siti")
    let paper = try await office.enrol("siti", in: office.enter("siti")).paper
    XCTAssertEqual(paper.count, 10)
    for (place, code) in paper.enumerated() {
      let taken = try await office.take(code.uppercased(), "siti", holding: office.begin("siti"))
      XCTAssertNotNil(taken.tokens, "code \(place)")
      let again = try await office.take(code, "siti", holding: office.begin("siti"))
      XCTAssertTrue(again.isWrong, "code \(place) a second time")
    }
    let left = try await office.factors.overview(of: account.id).recoveryCodesLeft
    XCTAssertEqual(left, 0)
    let outcomes = try await office.staff.overview().signIns.map(\.outcome)
    XCTAssertEqual(outcomes.count { $0 == .recovery }, 10)
  }

  func testTheSessionEndsWithTheFifthWrongCodeAndThePasswordIsAskedForAgain() async throws {
    let office = try await StaffedOffice()
    try await office.add("siti")
    let app = try await office.enrol("siti", in: office.enter("siti")).app
    let pending = try await office.begin("siti")
    for _ in 1..<SecondStep.failureCountMax {
      let wrong = try await office.take("000000x", "siti", holding: pending)
      XCTAssertTrue(wrong.isWrong)
    }
    let last = try await office.take("000000x", "siti", holding: pending)
    XCTAssertTrue(last.isEnded)
    let code = try app.code(at: office.base.clock.now)
    let late = try await office.take(code, "siti", holding: pending)
    XCTAssertTrue(late.isGone)
    let right = try await office.take(code, "siti", holding: office.begin("siti"))
    XCTAssertNotNil(right.tokens)
  }

  func testAStrangerWithThePasswordMustWaitAndTheOfficerInAKnownBrowserNeedNot() async throws {
    let office = try await StaffedOffice()
    try await office.add("siti")
    let enrolled = try await office.enrol("siti", in: office.enter("siti"))
    let known = try await office.take(
      enrolled.app.code(at: office.base.clock.now), "siti", holding: office.begin("siti"))
    let device = try XCTUnwrap(known.tokens).device
    for _ in 0..<2 {
      let stranger = try await office.begin("siti", from: [9])
      for _ in 0..<SecondStep.failureCountMax { _ = try await office.take("x", "siti", holding: stranger, from: [9]) }
    }
    let stranger = try await office.begin("siti", from: [8])
    let waiting = try await office.take("x", "siti", holding: stranger, from: [8])
    XCTAssertEqual(waiting.wait, .seconds(30), "another address makes no other try of it")
    office.base.clock.advance(by: TimeCode.period * 2)
    let officer = try await office.begin("siti", in: device)
    let right = try await office.take(
      enrolled.app.code(at: office.base.clock.now), "siti", holding: officer, in: device)
    XCTAssertNotNil(right.tokens)
  }

  func testFailuresOfStrangersWithoutThePasswordAreNoneOfTheSecondStep() async throws {
    let office = try await StaffedOffice()
    try await office.add("siti")
    let app = try await office.enrol("siti", in: office.enter("siti")).app
    for _ in 0..<9 { _ = try await office.attempt("siti", password: Personal("salah salah salah"), from: [9]) }
    let right = try await office.take(app.code(at: office.base.clock.now), "siti", holding: office.begin("siti"))
    XCTAssertNotNil(right.tokens)
  }

  func testSessionsThatShowedThePasswordOnlyPushNoneOutAndAreOverSoon() async throws {
    let office = try await StaffedOffice()
    try await office.add("siti")
    let open = try await office.enrol("siti", in: office.enter("siti")).token
    var pending: [SessionToken] = []
    for _ in 0...SessionTable.sessionCountMaxPerAccount {
      pending.append(try await office.begin("siti"))
      office.base.clock.advance(by: .seconds(1))
    }
    let officer = try await office.officer(open)
    XCTAssertNotNil(officer)
    let (first, last) = (
      try await office.sessions.session(holding: pending.first?.exposed),
      try await office.sessions.session(holding: pending.last?.exposed)
    )
    XCTAssertNil(first)
    XCTAssertNotNil(last)
    office.base.clock.advance(by: .minutes(20))
    let used = try await office.sessions.session(holding: pending.last?.exposed)
    XCTAssertNotNil(used)
    office.base.clock.advance(by: .minutes(11))
    let over = try await office.sessions.session(holding: pending.last?.exposed)
    XCTAssertNil(over, "thirty minutes, however much it is used")
  }

  func testNothingThatOpensTheSecondStepStandsInTheDatabase() async throws {
    let office = try await StaffedOffice()
    let account = try await office.add("siti")
    let token = try await office.enter("siti")
    let secret = try await office.offered(in: token)
    let paper = try await office.enrol("siti", in: token).paper
    let bytes = try office.base.databaseBytes()
    XCTAssertGreaterThan(bytes.count, 4096)
    for text in [secret] + paper + paper.map({ $0.uppercased().filter { $0 != "-" } }) {
      XCTAssertNil(bytes.firstRange(of: Array(text.utf8)), "a secret stands there in clear")
    }
    let sealed = try await office.base.store.read { try TimeCodeTable.all(of: account.id, in: $0) }
    XCTAssertEqual(sealed.map(\.bytes.count), [TimeCode.secretByteCount + 29], "sealed")
  }

  func testASecretThatWasPutIntoAnothersRowOpensNothing() async throws {
    let office = try await StaffedOffice()
    try await office.add("siti")
    try await office.add("budi")
    let stranger = try await office.enrol("budi", in: office.enter("budi"))
    _ = try await office.enrol("siti", in: office.enter("siti"))
    _ = try await office.base.store.write { transaction in
      try transaction.run(
        """
        UPDATE officers_time_code SET secret = (SELECT t.secret FROM officers_time_code t ORDER BY t.factor LIMIT 1)
        """)
    }
    let pending = try await office.begin("siti")
    do {
      _ = try await office.take(stranger.app.code(at: office.base.clock.now), "siti", holding: pending)
      XCTFail("another officer's code was compared")
    } catch let problem as Problem {
      XCTAssertEqual(problem.code, "vault.unreadable")
    }
  }
}
