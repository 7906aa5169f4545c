import Contracts
import Core
import ModuleHarness
import Store
import Web
import XCTest

@testable import Officers

final class SessionLockTests: XCTestCase {
  private static let pin = Personal("904127")

  /// A clerk with a PIN, and their session.
  private func staffed() async throws -> (StaffedOffice, Account, SessionToken) {
    let office = try await StaffedOffice()
    let account = try await office.add("siti")
    try await office.lock.setPIN(Self.pin, of: account.id, by: .officer(account.id, .clerk))
    return (office, account, try await office.enter("siti"))
  }

  private func lock(_ office: StaffedOffice, _ token: SessionToken) async throws -> SessionToken {
    let renewed = try await office.lock.lock(token.exposed)
    return try XCTUnwrap(renewed)
  }

  func testALockedSessionAdmitsNobodyUntilItsPINIsTyped() async throws {
    let (office, _, token) = try await staffed()
    let locked = try await lock(office, token)
    XCTAssertNotEqual(locked, token, "what may be done has changed, and the token with it")
    let old = try await office.session(token)
    XCTAssertNil(old)
    let officer = try await office.officer(locked)
    XCTAssertNil(officer)
    let opening = try await office.lock.open(locked, pin: Self.pin)
    let opened = try XCTUnwrap(opening.token)
    XCTAssertNotEqual(opened, locked)
    let again = try await office.officer(opened)
    XCTAssertEqual(again?.name, "siti")
    let closed = try await office.session(locked)
    XCTAssertNil(closed)
  }

  func testThePasswordOpensItToo() async throws {
    let (office, _, token) = try await staffed()
    let locked = try await lock(office, token)
    let held = try await office.session(locked)
    let session = try XCTUnwrap(held)
    func open(with password: Personal<String>) async throws -> SessionLock.Opening {
      let attempt = SignIn.Attempt(username: "siti", password: password, address: [1], device: nil)
      return try await office.lock.open(locked, of: session, .password(attempt, code: Personal("")))
    }
    let wrong = try await open(with: Personal("bukan ini juga"))
    XCTAssertTrue(wrong.isWrongPassword)
    let right = try await open(with: StaffedOffice.password)
    let officer = try await office.officer(try XCTUnwrap(right.token))
    XCTAssertNotNil(officer)
  }

  func testFiveWrongPINsEndTheSessionAndNoOther() async throws {
    let (office, account, token) = try await staffed()
    let other = try await office.enter("siti")
    let locked = try await lock(office, token)
    for left in (1..<SessionLock.tryCountMax).reversed() {
      let opening = try await office.lock.open(locked, pin: Personal("111111"))
      XCTAssertEqual(opening.triesLeft, left)
    }
    let last = try await office.lock.open(locked, pin: Personal("111111"))
    XCTAssertTrue(last.isEnded)
    let late = try await office.lock.open(locked, pin: Self.pin)
    XCTAssertTrue(late.isEnded)
    let (gone, stays) = (try await office.session(locked), try await office.officer(other))
    XCTAssertNil(gone)
    XCTAssertNotNil(stays)
    let hasPIN = try await office.lock.hasPIN(account.id)
    XCTAssertTrue(hasPIN)
  }

  func testManyTriesAtTheSameTimeCannotSlipPastTheCount() async throws {
    let (office, _, token) = try await staffed()
    let locked = try await lock(office, token)
    let (service, right) = (office.lock, Self.pin)
    let opened = try await withThrowingTaskGroup(of: Bool.self) { group in
      for number in 0..<40 {
        group.addTask {
          let pin = number == 39 ? right : Personal("\(100_000 + number)")
          return try await service.open(locked, pin: pin).token != nil
        }
      }
      return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    XCTAssertLessThanOrEqual(opened, 1)
    // Whether the right one was among the first five is chance.
    if opened == 0 {
      let session = try await office.session(locked)
      XCTAssertNil(session)
    }
  }

  func testARightPINForgetsTheWrongOnes() async throws {
    let (office, _, token) = try await staffed()
    var current = token
    for _ in 0..<3 {
      current = try await lock(office, current)
      for _ in 1..<SessionLock.tryCountMax {
        let wrong = try await office.lock.open(current, pin: Personal("111111"))
        XCTAssertNotNil(wrong.triesLeft)
      }
      let right = try await office.lock.open(current, pin: Self.pin)
      current = try XCTUnwrap(right.token)
    }
  }

  func testALockDoesNotMakeASessionLastLonger() async throws {
    let (office, _, token) = try await staffed()
    let locked = try await lock(office, token)
    office.base.clock.advance(by: .hours(12))
    let opening = try await office.lock.open(locked, pin: Self.pin)
    let session = try await office.session(opening.token ?? locked)
    XCTAssertNil(session, "it was locked for as long as a session lasts")
  }

  func testUnlockingIsNoFreshProof() async throws {
    let (office, _, token) = try await staffed()
    office.base.clock.advance(by: .minutes(6))
    let locked = try await lock(office, token)
    let opened = try await office.lock.open(locked, pin: Self.pin)
    let session = try await office.session(try XCTUnwrap(opened.token))
    XCTAssertEqual(session?.isProven(at: office.base.clock.now), false)
  }

  func testAPINGoesWithThePasswordThatIsReplacedAndWithTheAccount() async throws {
    let (office, account, _) = try await staffed()
    _ = try await office.staff.resetPassword(of: account.id, by: .system("test"))
    let afterReset = try await office.lock.hasPIN(account.id)
    XCTAssertFalse(afterReset)
    try await office.lock.setPIN(Self.pin, of: account.id, by: .system("test"))
    _ = try await office.staff.setDisabled(true, account.id, by: .system("test"))
    let afterClosing = try await office.lock.hasPIN(account.id)
    XCTAssertFalse(afterClosing)
  }

  func testAPINIsKeptAsAHashAndItsChangeIsInTheJournal() async throws {
    let (office, account, _) = try await staffed()
    let kept: String? = try await office.base.store.read { try $0.value("SELECT pin FROM officers_pin") }
    XCTAssertEqual(kept?.contains(Self.pin.exposed), false)
    let events = try await office.base.store.journal.events(after: 0, limit: 10)
    XCTAssertEqual(events.last?.kind, "officer.pin-set")
    XCTAssertEqual(events.last?.entity, "officer:\(account.id)")
  }

  func testAPINIsComparedInAnOfficersTurnWhateverStrangersTry() async throws {
    let watched = WatchedHash()
    let office = try await StaffedOffice(hashing: watched)
    let account = try await office.add("siti")
    try await office.lock.setPIN(Self.pin, of: account.id, by: .officer(account.id, .clerk))
    let locked = try await lock(office, office.enter("siti"))
    _ = watched.taken()
    let opening = try await office.lock.open(locked, pin: Self.pin)
    XCTAssertNotNil(opening.token)
    XCTAssertEqual(watched.taken().map(\.turn), [.officer])
  }

  func testASessionWhoseSecondStepIsNotDoneIsNeitherLockedNorOpened() async throws {
    let office = try await StaffedOffice()
    let account = try await office.add("siti")
    try await office.lock.setPIN(Self.pin, of: account.id, by: .officer(account.id, .clerk))
    _ = try await office.enrol("siti", in: office.enter("siti"))
    let pending = try await office.begin("siti")
    let locked = try await office.lock.lock(pending.exposed)
    XCTAssertNil(locked)
    let opening = try await office.lock.open(pending, pin: Self.pin)
    XCTAssertTrue(opening.isEnded)
    let held = try await office.session(pending)
    let session = try XCTUnwrap(held)
    XCTAssertEqual(session.stage, .password)
    office.base.clock.advance(by: .minutes(29))
    XCTAssertFalse(session.isLocked(at: office.base.clock.now))
    let standing = try await office.gatekeeper.standing(of: pending.exposed, isAct: true)
    XCTAssertTrue(standing.isOver)
  }

  func testPINsThatAreTriedFirstAreRefused() {
    for easy in ["111111", "121212", "123123", "123456", "654321", "135791", "000000", "890123"] {
      XCTAssertEqual(PINRule.refusal(of: easy), .easy, easy)
    }
    XCTAssertEqual(PINRule.refusal(of: "90412"), .tooShort)
    for good in ["904127", "170845", "112358", "740291836"] { XCTAssertNil(PINRule.refusal(of: good), good) }
  }
}

extension SessionLock.Opening {
  fileprivate var token: SessionToken? { if case .opened(let token) = self { token } else { nil } }
  fileprivate var triesLeft: Int? { if case .wrongPIN(let left) = self { left } else { nil } }
  fileprivate var isWrongPassword: Bool { if case .refused(.wrongPassword) = self { true } else { false } }
  fileprivate var isEnded: Bool { if case .ended = self { true } else { false } }
}
