import Client
import Contracts
import Core
import Expectations
import ModuleHarness
import Store
import XCTest

@testable import Officers

/// Setting up, taking away and losing what proves an officer beside the password.
final class FactorServiceTests: XCTestCase {
  private static let reason = "Ponsel petugas jatuh ke sungai."

  // MARK: What is demanded

  func testTheShippedRolesThatOpenOthersDataOrAccountsDemandASecondFactor() async throws {
    for (demand, supervisor) in [(SecondFactorDemand.byRole, true), (.optional, false)] {
      let office = try await StaffedOffice(demanding: demand)
      for (name, role, isDemanded) in [("sari", Role.clerk, false), ("budi", .supervisor, supervisor)] {
        let account = try await office.add(name, role: role)
        let overview = try await office.factors.overview(of: account.id)
        XCTAssertEqual(overview.isDemanded, isDemanded, "\(role), \(demand)")
      }
    }
  }

  func testAClerkComesInWithThePasswordAndASupervisorIsLedToSetUp() async throws {
    let office = try await StaffedOffice(demanding: .byRole)
    try await office.add("sari")
    try await office.add("budi", role: .supervisor)
    let clerk = try await office.attempt("sari")
    XCTAssertTrue(clerk.isOpened)
    let supervisor = try await office.attempt("budi")
    XCTAssertEqual(supervisor.next, .enrolment)
  }

  func testAFirstSignInLeadsToThePasswordThenToTheFactorAndThenIn() async throws {
    let office = try await StaffedOffice(demanding: .byRole)
    let username = try XCTUnwrap(Username("budi"))
    let first = try await office.staff.add(username, displayName: nil, role: .supervisor, by: .system("test"))
    guard case .halfway(let pending, .newPassword) = try await office.attempt("budi", password: first) else {
      return XCTFail("the password is not asked for first")
    }
    let early = try await office.enrolment.confirm(
      Personal("000000"), label: "", in: pending, office.claim("budi", holding: pending))
    guard case .gone = early else { return XCTFail("a factor under a password that another officer knows") }
    let maySet = try await office.sessions.passwordSession(holding: pending.exposed)
    XCTAssertNotNil(maySet)
    let changed = try await office.changePassword(of: "budi", in: pending, from: first)
    let token = try XCTUnwrap(changed.token)
    let session = try await office.sessions.session(holding: token.exposed)
    let next = try await office.factors.next(for: XCTUnwrap(session))
    XCTAssertEqual(next, .enrolment)
    let enrolled = try await office.enrol("budi", in: token)
    let officer = try await office.officer(enrolled.token)
    XCTAssertNotNil(officer)
  }

  // MARK: Setting up

  func testASecretCountsForNothingUntilACodeOfItWasTyped() async throws {
    let office = try await StaffedOffice()
    try await office.add("siti")
    let token = try await office.enter("siti")
    let (first, second) = try await (office.offered(in: token), office.offered(in: token))
    XCTAssertEqual(first, second, "the page may be loaded again")
    let session = try await office.session(token)
    let proven = try await office.proof.give(
      .password(office.claim("siti", holding: token, password: StaffedOffice.password), code: Personal("")), in: token,
      of: XCTUnwrap(session))
    guard case .right(let renewed) = proven else { return XCTFail("the password proves nothing") }
    let third = try await office.offered(in: renewed)
    XCTAssertEqual(first, third, "a proof on the way changes nothing")
    let wrong = try await office.enrolment.confirm(
      Personal("000000"), label: "", in: renewed, office.claim("siti", holding: renewed))
    guard case .wrong = wrong else { return XCTFail("any code sets a factor up") }
    let again = try await office.attempt("siti")
    XCTAssertTrue(again.isOpened)
  }

  func testTheCodeOfSettingUpOpensNothingAndNoSecretIsOfferedTwice() async throws {
    let office = try await StaffedOffice()
    let account = try await office.add("siti")
    let token = try await office.enter("siti")
    let before = try await office.offered(in: token)
    let code = try AuthenticatorApp(showing: StaffedOffice.grouped(before)).code(at: office.base.clock.now)
    let first = try await office.enrol("siti", in: token)
    XCTAssertNotEqual(first.token, token)
    office.base.clock.advance(by: .zero - TimeCode.period)
    let taken = try await office.take(code, "siti", holding: office.begin("siti"))
    XCTAssertTrue(taken.isWrong)
    office.base.clock.advance(by: TimeCode.period)
    let after = try await office.offered(in: first.token)
    XCTAssertNotEqual(before, after)
    let second = try await office.enrol("siti", in: first.token, label: "ponsel kantor")
    XCTAssertEqual(second.paper, [], "codes on paper are there already")
    let own = try await office.factors.overview(of: account.id)
    XCTAssertEqual(own.proofs.map(\.label), ["", "ponsel kantor"])
    XCTAssertEqual(own.recoveryCodesLeft, 10)
    for app in [first.app, second.app] {
      let right = try await office.take(app.code(at: office.base.clock.now), "siti", holding: office.begin("siti"))
      XCTAssertNotNil(right.tokens)
    }
  }

  func testThePasswordAloneAddsNoFactorBesideOneThatIsThere() async throws {
    let office = try await StaffedOffice()
    try await office.add("siti")
    _ = try await office.enrol("siti", in: office.enter("siti"))
    let pending = try await office.begin("siti")
    let secret = try await office.offered(in: pending)
    let code = try AuthenticatorApp(showing: StaffedOffice.grouped(secret)).code(at: office.base.clock.now)
    let added = try await office.enrolment.confirm(
      Personal(code), label: "", in: pending, office.claim("siti", holding: pending))
    guard case .gone = added else { return XCTFail("a way around the second step") }
    let maySet = try await office.sessions.passwordSession(holding: pending.exposed)
    XCTAssertNil(maySet, "the password is changed before the second step")
  }

  // MARK: Taking away

  func testTheLastOneStaysWhereTheRoleDemandsOneAndTheOthersGo() async throws {
    let office = try await StaffedOffice(demanding: .byRole)
    let account = try await office.add("budi", role: .supervisor)
    guard case .halfway(let pending, .enrolment) = try await office.attempt("budi") else { return XCTFail("no step") }
    let first = try await office.enrol("budi", in: pending)
    let second = try await office.enrol("budi", in: first.token)
    let own = try await office.factors.overview(of: account.id)
    let ids = own.proofs.map(\.id)
    let principal = Principal.officer(account.id, .supervisor)
    let renewed = try await office.factors.remove(ids[0], of: account.id, in: second.token, by: principal)
    let officer = try await office.officer(renewed)
    XCTAssertNotNil(officer)
    await XCTAssertProblem("officers.last-factor") {
      _ = try await office.factors.remove(ids[1], of: account.id, in: renewed, by: principal)
    }
    await XCTAssertProblem("officers.unknown-factor") {
      _ = try await office.factors.remove(ids[0], of: account.id, in: renewed, by: principal)
    }
    let gone = try await office.take(
      first.app.code(at: office.base.clock.now), "budi", holding: office.begin("budi"))
    XCTAssertTrue(gone.isWrong)
  }

  func testAClerksLastOneGoesWithTheCodesOnPaper() async throws {
    let office = try await StaffedOffice(demanding: .byRole)
    let account = try await office.add("sari")
    let enrolled = try await office.enrol("sari", in: office.enter("sari"))
    let other = try await office.add("dewi")
    let own = try await office.factors.overview(of: account.id)
    let id = try XCTUnwrap(own.proofs.first).id
    await XCTAssertProblem("officers.unknown-factor") {
      _ = try await office.factors.remove(
        id, of: other.id, in: enrolled.token, by: .officer(other.id, .clerk))
    }
    _ = try await office.factors.remove(id, of: account.id, in: enrolled.token, by: .officer(account.id, .clerk))
    let entered = try await office.attempt("sari")
    XCTAssertTrue(entered.isOpened)
    let rows: Int? = try await office.base.store.read {
      try $0.value(
        "SELECT (SELECT count(*) FROM officers_factor) + (SELECT count(*) FROM officers_recovery_code)")
    }
    XCTAssertEqual(rows, 0)
  }

  func testNewCodesOnPaperTakeThePlaceOfTheOldOnes() async throws {
    let office = try await StaffedOffice()
    let account = try await office.add("siti")
    await XCTAssertProblem("officers.unknown-factor") {
      _ = try await office.factors.renewRecoveryCodes(of: account.id, by: .officer(account.id, .clerk))
    }
    let old = try await office.enrol("siti", in: office.enter("siti")).paper
    let new = try await office.factors.renewRecoveryCodes(of: account.id, by: .officer(account.id, .clerk)).exposed
    XCTAssertTrue(Set(old).isDisjoint(with: new))
    let refused = try await office.take(old[0], "siti", holding: office.begin("siti"))
    XCTAssertTrue(refused.isWrong)
    let taken = try await office.take(new[0], "siti", holding: office.begin("siti"))
    XCTAssertNotNil(taken.tokens)
    let kinds = try await office.base.store.journal.events(after: 0, limit: 10).map(\.kind)
    XCTAssertEqual(kinds, ["officer.added", "officer.factor-added", "officer.recovery-renewed"])
  }

  // MARK: Lost

  func testASupervisorTakesLostFactorsAwayWithSessionsAndPasswordAndItIsWrittenDown() async throws {
    let office = try await StaffedOffice(demanding: .byRole)
    let chief = try await office.add("rina", role: .supervisor)
    let account = try await office.add("budi", role: .supervisor)
    guard case .halfway(let pending, _) = try await office.attempt("budi") else { return XCTFail("no step") }
    let enrolled = try await office.enrol("budi", in: pending)
    let reset = FactorReset(staff: office.staff, ledger: nil)
    let principal = Principal.officer(chief.id, .supervisor)
    for (reason, code) in [("hilang", "officers.reason-missing"), ("", "officers.reason-missing")] {
      await XCTAssertProblem(code) { _ = try await reset.reset(account.id, because: reason, by: principal) }
    }
    await XCTAssertProblem("officers.own-factors") {
      _ = try await reset.reset(chief.id, because: Self.reason, by: principal)
    }
    let before = try await office.officer(enrolled.token)
    XCTAssertNotNil(before, "a refusal ends nothing")
    let password = try await reset.reset(account.id, because: Self.reason, by: principal).password
    let after = try await office.officer(enrolled.token)
    XCTAssertNil(after)
    let old = try await office.attempt("budi")
    XCTAssertTrue(old.isRefused)
    let entered = try await office.attempt("budi", password: password)
    XCTAssertEqual(entered.next, .newPassword, "the lost factor is asked for")
    let written = try await reset.latest()
    XCTAssertEqual(written.map(\.reason), [Self.reason])
    XCTAssertEqual(written.map(\.principal), ["officer:\(chief.id):supervisor"])
    XCTAssertEqual(written.map(\.account.description), ["budi"])
    let last = try await office.base.store.journal.events(after: 0, limit: 20).last
    XCTAssertEqual(last?.kind, "officer.factors-reset")
    XCTAssertEqual(last?.entity, "officer:\(account.id)")
  }

  func testTheCommandTakesThemAwayFromTheOnlySupervisor() async throws {
    let office = try await StaffedOffice(demanding: .byRole)
    try await office.add("budi", role: .supervisor)
    guard case .halfway(let pending, _) = try await office.attempt("budi") else { return XCTFail("no step") }
    _ = try await office.enrol("budi", in: pending)
    let command = try XCTUnwrap(office.module.commands().first { $0.path == ["officer", "reset"] })
    func run(_ options: [String: String]) async throws -> String {
      try await command.run(CommandInput(arguments: ["budi"], options: options) { _ in Personal("") })
        .lines.joined(separator: "\n")
    }
    let kept = try await run([:])
    XCTAssertTrue(kept.contains("new password of budi"))
    await XCTAssertProblem("officers.reason-missing") { _ = try await run(["lost-factors": ""]) }
    let said = try await run(["lost-factors": Self.reason])
    let password = try XCTUnwrap(said.firstMatch(of: /[0-9a-z]{4}(-[0-9a-z]{4}){3}/))
    let entered = try await office.attempt("budi", password: Personal(String(password.output.0)))
    XCTAssertEqual(entered.next, .newPassword)
  }

  // MARK: Proven anew

  func testTheOwnProofIsThePasswordAndACodeWhereThereIsAny() async throws {
    let office = try await StaffedOffice()
    let account = try await office.add("siti")
    func prove(
      _ code: String, _ password: Personal<String> = StaffedOffice.password, as id: OfficerID? = nil
    ) async throws -> OwnRefusal? {
      let attempt = SignIn.Attempt(username: "siti", password: password, address: [1], device: nil)
      let verdict = try await office.own.password.isRight(attempt, code: Personal(code), of: id ?? account.id) { _, _ in
      }
      if case .refused(let refusal) = verdict { return refusal }
      return nil
    }
    let without = try await prove("")
    XCTAssertNil(without)
    let enrolled = try await office.enrol("siti", in: office.enter("siti"))
    let code = try enrolled.app.code(at: office.base.clock.now)
    for (typed, password, refusal) in [
      ("", StaffedOffice.password, .wrongCode), (code, Personal("bukan ini juga"), .wrongPassword),
      (code, StaffedOffice.password, nil), (code, StaffedOffice.password, .wrongCode),
      (enrolled.paper[3], StaffedOffice.password, nil), (enrolled.paper[3], StaffedOffice.password, .wrongCode),
    ] as [(String, Personal<String>, OwnRefusal?)] {
      let found = try await prove(typed, password)
      XCTAssertEqual(found, refusal)
    }
    let stranger = try await prove("", as: OfficerID(99))
    XCTAssertEqual(stranger, .wrongPassword)
  }
}
