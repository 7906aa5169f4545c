import Contracts
import Core
import ModuleHarness
import Store
import Web
import XCTest

@testable import Officers

/// Officers with its tables, in an office with quick hashes.
struct StaffedOffice {
  static let password = Personal("hujan turun di pasar")

  let base: ModuleOffice
  let module: OfficersModule
  /// What the module provides.
  let gatekeeper: any Gatekeeper
  let sessions: Sessions
  let signIn: SignIn
  let staff: StaffService
  /// Where officers sit; nowhere until a test says so.
  let seats: OfficerSeats

  /// - Parameter hasher: how passwords are hashed; quickly if nothing else is said.
  init(hashing hasher: any PasswordHasher = QuickHash()) async throws {
    base = try ModuleOffice()
    let seats = OfficerSeats()
    self.seats = seats
    module = try await base.open(OfficersModule.self) { services in
      services.provide((any PasswordHasher).self, hasher)
      services.provide((any KeyedHash).self, QuickHash())
      services.provide(OfficerSeats.self, seats)
    }
    var provided = ServiceRegistry()
    module.provide(to: &provided)
    gatekeeper = provided.require((any Gatekeeper).self)
    let hash = QuickHash()
    sessions = Sessions(store: base.store, clock: base.clock, keyed: hash, log: SilentLog())
    signIn = SignIn(
      store: base.store, clock: base.clock, random: base.random, hasher: hasher, keyed: hash, sessions: sessions)
    let words = try PasswordWords(
      reading: base.services().require(PasswordListsDirectory.self), office: base.office)
    staff = StaffService(
      store: base.store, clock: base.clock, random: base.random, hasher: hasher, sessions: sessions,
      rule: PasswordRule(words: words))
  }

  @discardableResult
  func add(_ name: String, role: Role = .clerk) async throws -> Account {
    let username = try XCTUnwrap(Username(name))
    let new = NewAccount(username: username, displayName: nil, role: role, mustChangePassword: false)
    try await staff.add(new, password: Self.password, by: .system("test"))
    let account = try await staff.account(username)
    return try XCTUnwrap(account)
  }

  func attempt(
    _ name: String, password: Personal<String> = StaffedOffice.password, from address: [UInt8] = [1],
    in device: SessionToken? = nil, holding session: SessionToken? = nil
  ) async throws -> SignIn.Result {
    try await signIn.make(
      SignIn.Attempt(
        username: name, password: password, address: address, device: device?.exposed, session: session?.exposed))
  }

  /// The way in where passwords are hashed otherwise, as after an upgrade.
  func signIn(hashing hasher: any PasswordHasher) -> SignIn {
    SignIn(
      store: base.store, clock: base.clock, random: base.random, hasher: hasher, keyed: QuickHash(), sessions: sessions)
  }

  /// Gives the account something that is asked for besides its password.
  func giveSecondFactor(to account: Account) async throws {
    let now = base.clock.now
    _ = try await base.store.write { transaction in
      try FactorTable.insert(.timeCode, of: account.id, label: "", at: now, in: transaction)
    }
  }

  /// Sets a password that the rule for new ones refuses, as one from before the rule.
  func plant(_ password: String, for account: Account) async throws {
    let hash = try await staff.hasher.hash(Personal(password))
    try await base.store.write { transaction in
      try AccountTable.setPassword(hash, initialUntil: nil, of: account.id, in: transaction)
    }
  }

  /// Changes an officer's own password, from the address of `attempt`.
  func changePassword(
    of name: String, in token: SessionToken, from old: Personal<String>, to new: String = "pasar pagi sudah buka"
  ) async throws -> StaffService.PasswordChange {
    try await staff.changePassword(
      SignIn.Attempt(username: name, password: old, address: [1], device: nil), in: token, to: Personal(new))
  }

  /// Signs in, which must work.
  func enter(_ name: String, password: Personal<String> = StaffedOffice.password) async throws -> SessionToken {
    guard case .opened(let token, _, _) = try await attempt(name, password: password) else {
      XCTFail("\(name) is not let in")
      throw Problem(.signInNeeded, "test")
    }
    return token
  }

  func officer(_ token: SessionToken) async throws -> SignedInOfficer? {
    try await sessions.officer(holding: token.exposed)
  }

  /// A second process beside this one: the same file, its own memory.
  func otherSessions() -> Sessions {
    Sessions(store: base.store, clock: base.clock, keyed: QuickHash(), log: SilentLog())
  }
}

extension SignIn.Result {
  var isRefused: Bool { if case .refused = self { true } else { false } }
  var wait: Duration? { if case .wait(let wait) = self { wait } else { nil } }
  var isOpened: Bool { device != nil }
  var isExpired: Bool { if case .expired = self { true } else { false } }
  var token: SessionToken? { if case .opened(let token, _, _) = self { token } else { nil } }
  var device: SessionToken? { if case .opened(_, let device, _) = self { device } else { nil } }
}

extension StaffService.PasswordChange {
  var isWrong: Bool { if case .wrong = self { true } else { false } }
  var wait: Duration? { if case .wait(let wait) = self { wait } else { nil } }
  var token: SessionToken? { if case .changed(let token) = self { token } else { nil } }
}
