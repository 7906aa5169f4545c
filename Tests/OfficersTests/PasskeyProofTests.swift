import Contracts
import Core
import Expectations
import ModuleHarness
import PasskeyHarness
import Passkeys
import Store
import Web
import XCTest

@testable import Officers

/// A passkey as the proof of an officer who is signed in, and as the only factor of an account.
final class PasskeyProofTests: XCTestCase {
  /// An officer with a passkey and no other factor, in a session that was opened with it.
  private func keyed() async throws -> (office: KeyedOffice, account: Account, key: SoftKey, token: SessionToken) {
    let office = try await KeyedOffice()
    let account = try await office.add("siti")
    var key = try SoftKey()
    let refusal = try await office.register(&key, of: account)
    XCTAssertNil(refusal)
    let token = try await office.show(&key).token
    return (office, account, key, try XCTUnwrap(token))
  }

  private func session(_ office: KeyedOffice, _ token: SessionToken) async throws -> Session {
    let session = try await office.office.session(token)
    return try XCTUnwrap(session)
  }

  func testAPasskeyIsAFreshProofAndGivesTheSessionANewToken() async throws {
    let (office, _, own, token) = try await keyed()
    var key = own
    office.base.clock.advance(by: .minutes(10))
    let session = try await session(office, token)
    XCTAssertFalse(session.isProven(at: office.base.clock.now))
    let answer = try await office.proof(&key, in: session)
    guard case .right(let renewed) = try await office.office.proof.give(answer, in: token, of: session) else {
      return XCTFail("the passkey proves nothing")
    }
    XCTAssertNotEqual(renewed, token)
    let proven = try await self.session(office, renewed)
    XCTAssertTrue(proven.isProven(at: office.base.clock.now))
    guard case .refused(.passkey(.late)) = try await office.office.proof.give(answer, in: renewed, of: proven) else {
      return XCTFail("an answer is taken twice")
    }
  }

  func testAPasskeyOpensALockedConsoleUnderWhateverTokenItHas() async throws {
    let (office, _, own, token) = try await keyed()
    var key = own
    let before = try await office.proof(&key, in: session(office, token))
    let locked = try await office.office.lock.lock(token.exposed)
    let held = try await session(office, XCTUnwrap(locked))
    guard case .opened(let opened) = try await office.office.lock.open(XCTUnwrap(locked), of: held, before) else {
      return XCTFail("the passkey opens nothing")
    }
    let officer = try await office.office.officer(opened)
    XCTAssertEqual(officer?.name, "siti")
  }

  func testAnotherOfficersKeyAnotherSessionsAndAnotherUsesAnswerProveNothing() async throws {
    let (office, account, own, token) = try await keyed()
    var key = own
    let budi = try await office.add("budi")
    var other = try SoftKey()
    _ = try await office.register(&other, of: budi)
    let session = try await session(office, token)
    let further = try await office.show(&key).token
    let elsewhere = try await self.session(office, XCTUnwrap(further))
    let browser = office.token()
    let signIn = try key.show(challenge: office.signIn.options(in: browser).challenge)
    for (answer, refusal) in [
      (try await office.proof(&other, in: session), PasskeyRefusal.unknown),
      (try await office.proof(&key, in: elsewhere), .late),
      (.passkey(KeyedOffice.response(signIn), KeyedOffice.attempt()), .late),
    ] as [(OwnAnswer, PasskeyRefusal)] {
      guard case .refused(.passkey(refusal)) = try await office.office.proof.give(answer, in: token, of: session)
      else { return XCTFail("\(refusal) is taken") }
    }
    let still = try await office.office.session(token)
    XCTAssertEqual(still?.account.id, account.id)
  }

  func testACopiedKeyProvesNothingAndIsTold() async throws {
    let (office, account, own, token) = try await keyed()
    var key = own
    var copy = key
    _ = try await office.show(&key)
    let session = try await session(office, token)
    let answer = try await office.proof(&copy, in: session)
    guard case .refused(.passkey(.copied)) = try await office.office.proof.give(answer, in: token, of: session) else {
      return XCTFail("a copy is taken")
    }
    let hasCopied = try await office.service.hasCopied(of: account.id)
    XCTAssertTrue(hasCopied)
    let outcome = try await office.staff.overview().signIns.first?.outcome
    XCTAssertEqual(outcome, .copied)
  }

  // MARK: The only factor

  func testWhereAPasskeyIsTheOnlyFactorThePasswordAloneOpensAndProvesNothing() async throws {
    let (office, account, _, token) = try await keyed()
    let ways = try await office.office.factors.ways(of: account.id)
    XCTAssertEqual(ways, FactorService.Ways(hasPasskey: true, hasAny: true))
    XCTAssertFalse(ways.isPasswordOfUse)
    let entered = try await office.office.attempt("siti")
    XCTAssertEqual(entered.next, .code)
    let attempt = SignIn.Attempt(username: "siti", password: StaffedOffice.password, address: [1], device: nil)
    let session = try await session(office, token)
    for code in ["", "000000"] {
      let verdict = try await office.office.proof.give(
        .password(attempt, code: Personal(code)), in: token, of: session)
      guard case .refused(.wrongCode) = verdict else { return XCTFail("the password proves something") }
    }
    let pending = try await office.office.begin("siti")
    let taken = try await office.office.take("000000", "siti", holding: pending)
    XCTAssertTrue(taken.isWrong)
  }

  func testThePasskeyIsTheSecondStepAndTheSessionThatWaitedEnds() async throws {
    let (office, account, own, _) = try await keyed()
    var key = own
    let pending = try await office.office.begin("siti")
    let browser = office.token()
    let fields = try key.show(challenge: office.signIn.options(in: browser).challenge)
    let opened = try await office.answer(fields, in: browser, holding: pending)
    let officer = try await office.officer(opened)
    XCTAssertEqual(officer, account.id)
    let waited = try await office.office.session(pending)
    XCTAssertNil(waited)
    let outcomes = try await office.staff.overview().signIns.map(\.outcome)
    XCTAssertEqual(outcomes, [.success, .halfway, .success], "what was not signed in is not signed out")
  }

  func testTheLastPasskeyStaysWhereTheRoleDemandsAFactorAndACopiedOneCountsForNothing() async throws {
    let office = try await KeyedOffice(demanding: .byRole)
    let budi = try await office.add("budi", role: .supervisor)
    var (first, second) = (try SoftKey(), try SoftKey())
    _ = try await office.register(&first, of: budi)
    let one = try await office.service.all(of: budi.id)
    let firstFactor = try XCTUnwrap(one.first).factor.id
    await XCTAssertProblem("officers.last-factor") { try await office.remove(firstFactor, of: budi) }
    _ = try await office.register(&second, of: budi, named: "Kunci merah")
    var copy = second
    _ = try await office.show(&second)
    let copied = try await office.show(&copy)
    XCTAssertEqual(copied.refusal, .copied)
    await XCTAssertProblem("officers.last-factor") { try await office.remove(firstFactor, of: budi) }
    let all = try await office.service.all(of: budi.id)
    try await office.remove(XCTUnwrap(all.last).factor.id, of: budi)
    let left = try await office.office.factors.overview(of: budi.id)
    XCTAssertEqual(left.proofs.map(\.id), [firstFactor])
  }

  func testAResetTakesPasskeysAwayToo() async throws {
    let (office, account, own, token) = try await keyed()
    var key = own
    _ = try await office.office.factors.renewRecoveryCodes(of: account.id, by: .officer(account.id, .clerk))
    let reset = FactorReset(staff: office.staff, ledger: nil)
    _ = try await reset.reset(account.id, because: "Kuncinya jatuh ke sungai.", by: .system("test"))
    let rows = try await office.count(
      """
      SELECT (SELECT count(*) FROM officers_factor) + (SELECT count(*) FROM officers_passkey)
        + (SELECT count(*) FROM officers_recovery_code)
      """)
    XCTAssertEqual(rows, 0)
    let shown = try await office.show(&key)
    XCTAssertEqual(shown.refusal, .unknown)
    let ended = try await office.office.session(token)
    XCTAssertNil(ended)
  }
}
