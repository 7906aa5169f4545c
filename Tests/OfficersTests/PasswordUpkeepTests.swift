import Contracts
import Core
import Crypto
import Expectations
import ModuleHarness
import Store
import XCTest

@testable import Officers
@testable import Vault

/// What becomes of a password while it is compared, and of its hash.
final class PasswordUpkeepTests: XCTestCase {
  private func scrypter(rounds: Int) throws -> Scrypter {
    Scrypter(library: try CryptoLibrary(), cost: ScryptCost(logN: 4, blockSize: 1, parallelism: rounds))
  }

  private func attempt(_ name: String, _ password: String, in device: SessionToken? = nil) -> SignIn.Attempt {
    SignIn.Attempt(username: name, password: Personal(password), address: [1], device: device?.exposed)
  }

  private func hash(of account: Account, in office: StaffedOffice) async throws -> String {
    let found = try await office.base.store.read { try AccountTable.credentials(of: account.id, in: $0)?.hash }
    return try XCTUnwrap(found)
  }

  // MARK: The cost of the hash

  func testAHashOfAnEarlierCostIsReplacedOnceThePasswordWasRight() async throws {
    let office = try await StaffedOffice(hashing: scrypter(rounds: 1))
    let account = try await office.add("siti")
    let signIn = office.signIn(hashing: try scrypter(rounds: 3))
    let old = try await hash(of: account, in: office)
    XCTAssertTrue(old.hasPrefix("$scrypt$ln=4,r=1,p=1$"), old)
    let wrong = try await signIn.make(attempt("siti", "salah salah salah"))
    XCTAssertTrue(wrong.isRefused)
    let kept = try await hash(of: account, in: office)
    XCTAssertEqual(kept, old, "a wrong password has changed the hash")
    let right = try await signIn.make(attempt("siti", StaffedOffice.password.exposed))
    XCTAssertTrue(right.isOpened)
    let renewed = try await hash(of: account, in: office)
    XCTAssertTrue(renewed.hasPrefix("$scrypt$ln=4,r=1,p=3$"), renewed)
    let again = try await signIn.make(attempt("siti", StaffedOffice.password.exposed))
    XCTAssertTrue(again.isOpened)
    let last = try await hash(of: account, in: office)
    XCTAssertEqual(last, renewed, "a hash of today's cost is left alone")
  }

  func testASecondSignInAtTheSameTimeIsLetInThoughTheFirstHasReplacedTheHash() async throws {
    let watched = WatchedHash(try scrypter(rounds: 1))
    let office = try await StaffedOffice(hashing: watched)
    let account = try await office.add("siti")
    let other = try await watched.hash(StaffedOffice.password)
    watched.letHappen {
      try await office.base.store.write { try AccountTable.renewHash(other, of: account.id, in: $0) }
    }
    let result = try await office.attempt("siti")
    XCTAssertTrue(result.isOpened)
    XCTAssertEqual(watched.taken().count, 2, "compared with the hash that was there, and with the new one")
    let outcomes = try await office.staff.overview().signIns.map(\.outcome)
    XCTAssertEqual(outcomes, [.success])
  }

  func testAPasswordThatIsReplacedWhileItIsComparedOpensNothing() async throws {
    let watched = WatchedHash()
    let office = try await StaffedOffice(hashing: watched)
    let account = try await office.add("siti")
    watched.letHappen { _ = try await office.staff.resetPassword(of: account.id, by: .system("test")) }
    let result = try await office.attempt("siti")
    XCTAssertTrue(result.isRefused)
    XCTAssertEqual(watched.taken().count, 2)
    let outcomes = try await office.staff.overview().signIns.map(\.outcome)
    XCTAssertEqual(outcomes, [.wrong], "one try is one failure")
  }

  func testAnAccountThatIsClosedWhileItsPasswordIsComparedOpensNothing() async throws {
    let watched = WatchedHash()
    let office = try await StaffedOffice(hashing: watched)
    let account = try await office.add("siti")
    watched.letHappen { _ = try await office.staff.setDisabled(true, account.id, by: .system("test")) }
    let result = try await office.attempt("siti")
    XCTAssertTrue(result.isRefused)
    let outcomes = try await office.staff.overview().signIns.map(\.outcome)
    XCTAssertEqual(outcomes, [.disabled])
  }

  // MARK: The length of the password

  func testAPasswordThatIsTooShortForItsAccountMustBeChangedAtTheNextSignIn() async throws {
    let office = try await StaffedOffice()
    let account = try await office.add("siti")
    try await office.plant("payung teduh 9", for: account)
    let result = try await office.attempt("siti", password: Personal("payung teduh 9"))
    guard case .opened(let token, _, let mustChange) = result else { return XCTFail("the password opens nothing") }
    XCTAssertTrue(mustChange)
    let officer = try await office.officer(token)
    XCTAssertNil(officer, "the console is open with a password that is too short")
    let found = try await office.staff.account(account.username)
    XCTAssertEqual(found?.mustLengthenPassword, true)
    XCTAssertEqual(found?.isInitialPasswordOver(at: office.base.clock.now + .hours(1_000)), false)
    let changed = try await office.changePassword(of: "siti", in: token, from: Personal("payung teduh 9"))
    let after = try await office.officer(XCTUnwrap(changed.token))
    XCTAssertNotNil(after)
  }

  func testTheSamePasswordIsLongEnoughBesideASecondFactor() async throws {
    let office = try await StaffedOffice()
    let account = try await office.add("siti")
    try await office.giveSecondFactor(to: account)
    try await office.plant("payung t", for: account)
    let result = try await office.attempt("siti", password: Personal("payung t"))
    XCTAssertEqual(result.next, .code)
    let found = try await office.staff.account(account.username)
    XCTAssertEqual(found?.mustChangePassword, false)
  }

  func testANewPasswordIsAsLongAsTheFactorsOfItsAccountAsk() async throws {
    let office = try await StaffedOffice()
    let account = try await office.add("siti")
    let token = try await office.enter("siti")
    await XCTAssertProblem("officers.password-too-short") {
      _ = try await office.changePassword(of: "siti", in: token, from: StaffedOffice.password, to: "payung t")
    }
    try await office.giveSecondFactor(to: account)
    let changed = try await office.changePassword(
      of: "siti", in: token, from: StaffedOffice.password, to: "payung t")
    XCTAssertNotNil(changed.token)
  }

  // MARK: One way for all

  func testUnknownNamesWrongPasswordsAndClosedAccountsTakeTheSameWay() async throws {
    let watched = WatchedHash()
    let office = try await StaffedOffice(hashing: watched)
    try await office.add("siti")
    let closed = try await office.add("budi")
    _ = try await office.staff.setDisabled(true, closed.id, by: .system("test"))
    var ways: [[PasswordTurn]] = []
    var counts: [Int?] = []
    for name in ["siti", "budi", "hantu", "tak ada!"] {
      let result = try await office.attempt(name, password: Personal("bukan kata sandinya"))
      XCTAssertTrue(result.isRefused, name)
      ways.append(watched.taken().map(\.turn))
      counts.append(try await office.base.store.read { try $0.value("SELECT count(*) FROM officers_signin") })
    }
    XCTAssertEqual(Set(ways).count, 1, "\(ways)")
    XCTAssertEqual(ways[0].count, 1, "each is compared once")
    XCTAssertEqual(counts, [1, 2, 3, 4], "each is written down once")
    guard case .stranger = ways[0][0] else { return XCTFail("an unknown browser has an officer's turn") }
  }

  func testAKnownBrowserHasAnOfficersTurnAndAnAddressOneOfItsOwn() async throws {
    let watched = WatchedHash()
    let office = try await StaffedOffice(hashing: watched)
    try await office.add("siti")
    let device = try await office.attempt("siti").device
    _ = try await office.attempt("siti", from: [2])
    let strangers = watched.taken().map(\.turn)
    XCTAssertEqual(Set(strangers).count, 2, "two addresses are two clients")
    XCTAssertFalse(strangers.contains(.officer))
    _ = try await office.attempt("siti", in: device)
    XCTAssertEqual(watched.taken().map(\.turn), [.officer])
  }

  func testATryThatIsNotComparedSinceTooManyWaitIsNoFailure() async throws {
    let watched = WatchedHash()
    let office = try await StaffedOffice(hashing: watched)
    try await office.add("siti")
    watched.beBusy(true)
    for _ in 0..<30 {
      await XCTAssertProblem("vault.passwords-busy") { _ = try await office.attempt("siti") }
    }
    watched.beBusy(false)
    let result = try await office.attempt("siti")
    XCTAssertTrue(result.isOpened, "an officer waits for a storm that others made")
    let outcomes = try await office.staff.overview().signIns.map(\.outcome)
    XCTAssertEqual(outcomes, [.success])
  }
}
