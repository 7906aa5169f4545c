import Core
import Expectations
import ModuleHarness
import PasskeyHarness
import Passkeys
import Store
import Web
import XCTest

@testable import Officers

final class PasskeyTests: XCTestCase {
  func testAKeyOpensTheSessionOfItsAccountWithoutANameTyped() async throws {
    let office = try await KeyedOffice()
    let (siti, budi) = (try await office.add("siti"), try await office.add("budi", role: .supervisor))
    for algorithm in [CredentialKey.Algorithm.es256, .edDSA] {
      for account in [siti, budi] {
        var key = try SoftKey(algorithm)
        let refusal = try await office.register(&key, of: account)
        XCTAssertNil(refusal)
        for _ in 1...2 {
          let result = try await office.show(&key)
          let officer = try await office.officer(result)
          XCTAssertEqual(officer, account.id)
        }
      }
    }
    let passkeys = try await office.service.all(of: siti.id)
    XCTAssertEqual(passkeys.map(\.name), ["Kunci biru", "Kunci biru"])
    XCTAssertEqual(passkeys.map(\.signCount), [2, 2])
    XCTAssertEqual(passkeys.map(\.transports), [[.usb], [.usb]])
    XCTAssertEqual(passkeys.map(\.factor.lastUsedAt), [office.base.clock.now, office.base.clock.now])
    let outcomes = try await office.staff.overview().signIns.map(\.outcome)
    XCTAssertEqual(Set(outcomes), [.success])
  }

  /// Two accounts of one person, or two persons at one counter: each passkey has a handle of its account's.
  func testTwoAccountsOnOneAuthenticatorAreToldApartByTheirHandles() async throws {
    let office = try await KeyedOffice()
    let (siti, budi) = (try await office.add("siti"), try await office.add("budi"))
    var (ofSiti, ofBudi) = (try SoftKey(), try SoftKey())
    _ = try await office.register(&ofSiti, of: siti)
    _ = try await office.register(&ofBudi, of: budi)
    XCTAssertNotEqual(ofSiti.userHandle, ofBudi.userHandle)
    XCTAssertEqual(ofSiti.userHandle.count, 32)
    let first = try await office.officer(office.show(&ofSiti))
    let second = try await office.officer(office.show(&ofBudi))
    XCTAssertEqual([first, second], [siti.id, budi.id])
    let browser = office.token()
    let fields = try ofSiti.show(challenge: office.signIn.options(in: browser).challenge)
      .with("pemegang", Base64URL.text(ofBudi.userHandle))
    let mixed = try await office.answer(fields, in: browser)
    XCTAssertEqual(mixed.refusal, .unknown, "the key of one with the handle of the other")
    var further = try SoftKey()
    _ = try await office.register(&further, of: siti)
    XCTAssertEqual(further.userHandle, ofSiti.userHandle, "an account has one handle")
  }

  func testACopiedKeyIsRefusedForGoodAndTheOfficerIsTold() async throws {
    let office = try await KeyedOffice()
    let siti = try await office.add("siti")
    var key = try SoftKey()
    _ = try await office.register(&key, of: siti)
    var copy = key
    for _ in 1...2 { _ = try await office.show(&key) }
    let copied = try await office.show(&copy)
    XCTAssertEqual(copied.refusal, .copied)
    let hasCopied = try await office.service.hasCopied(of: siti.id)
    XCTAssertTrue(hasCopied)
    let original = try await office.show(&key)
    XCTAssertEqual(original.refusal, .copied, "which of both is the officer's nobody knows")
    let outcomes = try await office.staff.overview().signIns.map(\.outcome)
    XCTAssertEqual(outcomes, [.copied, .copied, .success, .success])
    let events = try await office.count("SELECT count(*) FROM store_events WHERE kind = 'officer.passkey-copied'")
    XCTAssertEqual(events, 1)
    let passkeys = try await office.service.all(of: siti.id)
    XCTAssertEqual(passkeys.first?.signCount, 2, "a count that went back is not kept")
  }

  func testAnAuthenticatorThatDoesNotCountIsTakenAndOneThatStopsCountingIsNot() async throws {
    let office = try await KeyedOffice()
    let siti = try await office.add("siti")
    var key = try SoftKey()
    _ = try await office.register(&key, of: siti)
    for _ in 1...2 {
      let browser = office.token()
      let result = try await office.answer(
        Self.uncounted(&key, office.signIn.options(in: browser).challenge), in: browser)
      XCTAssertNotNil(result.token)
    }
    let counted = try await office.show(&key)
    XCTAssertNotNil(counted.token)
    let browser = office.token()
    let stopped = try await office.answer(
      Self.uncounted(&key, office.signIn.options(in: browser).challenge), in: browser)
    XCTAssertEqual(stopped.refusal, .copied)
  }

  /// What an authenticator without a counter gives.
  private static func uncounted(_ key: inout SoftKey, _ challenge: String) throws -> [(name: String, value: String)] {
    key.signCount = 0
    let (client, data) = (key.clientData("webauthn.get", challenge), try key.authenticatorData())
    return [
      ("kredensial", Base64URL.text(key.credentialID)), ("pemegang", Base64URL.text(key.userHandle)),
      ("data", Base64URL.text(client)), ("autentikator", Base64URL.text(data)),
      ("tanda", Base64URL.text(try key.signature(of: data, client))),
    ]
  }

  // MARK: Challenges

  func testAChallengeIsGoodOnceForItsUseInItsBrowserAndForFiveMinutes() async throws {
    let office = try await KeyedOffice()
    let siti = try await office.add("siti")
    var key = try SoftKey()
    _ = try await office.register(&key, of: siti)
    let browser = office.token()
    func fields(_ challenge: String) throws -> [(name: String, value: String)] { try key.show(challenge: challenge) }
    let once = try fields(office.signIn.options(in: browser).challenge)
    let first = try await office.answer(once, in: browser)
    XCTAssertNotNil(first.token)
    let again = try await office.answer(once, in: browser)
    XCTAssertEqual(again.refusal, .late, "answered twice")
    let elsewhere = try await office.answer(fields(office.signIn.options(in: browser).challenge), in: office.token())
    XCTAssertEqual(elsewhere.refusal, .late, "another browser's")
    let options = try await office.service.options(of: siti.id, in: browser, office: "Kantor Contoh")
    let otherUse = try await office.answer(fields(options.challenge), in: browser)
    XCTAssertEqual(otherUse.refusal, .late, "made for adding a key")
    let drawn = try await office.answer(fields(Base64URL.text([UInt8](repeating: 7, count: 40))), in: browser)
    XCTAssertEqual(drawn.refusal, .late, "none of ours")
    let inTime = try fields(office.signIn.options(in: browser).challenge)
    let late = try fields(office.signIn.options(in: browser).challenge)
    office.base.clock.advance(by: PasskeyChallenges.lifetime - .seconds(1))
    let last = try await office.answer(inTime, in: browser)
    XCTAssertNotNil(last.token)
    office.base.clock.advance(by: .seconds(1))
    let over = try await office.answer(late, in: browser)
    XCTAssertEqual(over.refusal, .late)
  }

  func testStrangersWhoAskAndAnswerWrongKeepNothing() async throws {
    let office = try await KeyedOffice()
    let siti = try await office.add("siti")
    var (key, other) = (try SoftKey(), try SoftKey())
    _ = try await office.register(&key, of: siti)
    let before = try await office.count("SELECT sequence FROM store_stream")
    for _ in 1...20 {
      let stranger = try await office.show(&other)
      XCTAssertEqual(stranger.refusal, .unknown)
      let browser = office.token()
      let guessed = try key.show(challenge: office.signIn.options(in: browser).challenge)
        .with("tanda", "AAAA")
      let wrong = try await office.answer(guessed, in: browser)
      XCTAssertEqual(wrong.refusal, .wrong)
      let empty = try await office.answer([], in: browser)
      XCTAssertEqual(empty.refusal, .unknown)
    }
    let rows = try await office.count(
      "SELECT (SELECT count(*) FROM officers_signin) + (SELECT count(*) FROM officers_session)")
    XCTAssertEqual(rows, 0)
    let answers = try await office.count("SELECT count(*) FROM officers_passkey_answer")
    XCTAssertEqual(answers, 1, "the one with which the key was made")
    let after = try await office.count("SELECT sequence FROM store_stream")
    XCTAssertEqual(after, before)
    let officer = try await office.officer(office.show(&key))
    XCTAssertEqual(officer, siti.id, "and hold nobody up")
  }

  func testSpentChallengesAreForgottenOnceTheyAreOver() async throws {
    let office = try await KeyedOffice()
    let siti = try await office.add("siti")
    var key = try SoftKey()
    _ = try await office.register(&key, of: siti)
    for _ in 1...3 { _ = try await office.show(&key) }
    let kept = try await office.count("SELECT count(*) FROM officers_passkey_answer")
    XCTAssertEqual(kept, 4)
    office.base.clock.advance(by: .minutes(10))
    _ = try await office.show(&key)
    let left = try await office.count("SELECT count(*) FROM officers_passkey_answer")
    XCTAssertEqual(left, 1)
  }

  // MARK: What ends

  func testAClosedAccountARemovedKeyAndAnUnverifiedHandOpenNothing() async throws {
    let office = try await KeyedOffice()
    let (siti, budi) = (try await office.add("siti"), try await office.add("budi"))
    var (ofSiti, ofBudi) = (try SoftKey(), try SoftKey())
    _ = try await office.register(&ofSiti, of: siti)
    _ = try await office.register(&ofBudi, of: budi)
    _ = try await office.staff.setDisabled(true, budi.id, by: .system("test"))
    let closed = try await office.show(&ofBudi)
    XCTAssertEqual(closed.refusal, .unknown, "which is not told")
    let outcome = try await office.staff.overview().signIns.first?.outcome
    XCTAssertEqual(outcome, .disabled)
    ofSiti.flags = 0x01
    let unverified = try await office.show(&ofSiti)
    XCTAssertEqual(unverified.refusal, .unverified)
    ofSiti.flags = 0x05
    let passkeys = try await office.service.all(of: siti.id)
    let factor = try XCTUnwrap(passkeys.first).factor.id
    await XCTAssertProblem("officers.unknown-factor") { try await office.remove(factor, of: budi) }
    await XCTAssertProblem("officers.unknown-passkey") {
      try await office.service.rename(factor, of: budi.id, as: "Milik saya")
    }
    try await office.service.rename(factor, of: siti.id, as: "Kunci merah")
    let renamed = try await office.service.passkey(factor, of: siti.id)
    XCTAssertEqual(renamed.name, "Kunci merah")
    try await office.remove(factor, of: siti)
    let removed = try await office.show(&ofSiti)
    XCTAssertEqual(removed.refusal, .unknown)
    let factors = try await office.count("SELECT count(*) FROM officers_factor")
    XCTAssertEqual(factors, 1)
  }

  func testAKeyIsAddedOnceAndNoMoreThanTenAre() async throws {
    let office = try await KeyedOffice()
    let (siti, budi) = (try await office.add("siti"), try await office.add("budi"))
    var key = try SoftKey()
    _ = try await office.register(&key, of: siti)
    let twice = try await office.register(&key, of: siti)
    XCTAssertEqual(twice, .known)
    let another = try await office.register(&key, of: budi)
    XCTAssertEqual(another, .known, "an identifier is one account's")
    let session = office.token()
    let options = try await office.service.options(of: siti.id, in: session, office: "Kantor Contoh")
    XCTAssertEqual(options.excludeCredentials.map(\.id), [Base64URL.text(key.credentialID)])
    for _ in 2...PasskeyService.countMaxPerAccount {
      var further = try SoftKey()
      let refusal = try await office.register(&further, of: siti)
      XCTAssertNil(refusal)
    }
    do {
      var further = try SoftKey()
      _ = try await office.register(&further, of: siti)
      XCTFail("an eleventh key")
    } catch let problem as Problem {
      XCTAssertEqual(problem.code, "officers.too-many-passkeys")
    }
  }

  func testTheSessionThatTheBrowserHadEnds() async throws {
    let office = try await KeyedOffice()
    let siti = try await office.add("siti")
    var key = try SoftKey()
    _ = try await office.register(&key, of: siti)
    let first = try await office.show(&key)
    let earlier = try XCTUnwrap(first.token)
    let browser = office.token()
    let fields = try key.show(challenge: office.signIn.options(in: browser).challenge)
    let second = try await office.answer(fields, in: browser, holding: earlier)
    XCTAssertNotNil(second.token)
    let ended = try await office.sessions.officer(holding: earlier.exposed)
    XCTAssertNil(ended)
    let rows = try await office.count("SELECT count(*) FROM officers_session")
    XCTAssertEqual(rows, 1)
  }
}
