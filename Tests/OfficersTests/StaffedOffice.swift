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
  let grants: GrantService
  /// Where officers sit; nowhere until a test says so.
  let seats: OfficerSeats

  /// - Parameter configuration: where `roles.json5` lies; nil for the shipped roles.
  init(configuration: ConfigurationDirectory? = nil) async throws {
    base = try ModuleOffice()
    let seats = OfficerSeats()
    self.seats = seats
    module = try await base.open(OfficersModule.self) { services in
      services.provide((any PasswordHasher).self, QuickHash())
      services.provide((any KeyedHash).self, QuickHash())
      services.provide(OfficerSeats.self, seats)
      if let configuration { services.provide(ConfigurationDirectory.self, configuration) }
    }
    var provided = ServiceRegistry()
    module.provide(to: &provided)
    gatekeeper = provided.require((any Gatekeeper).self)
    let hash = QuickHash()
    sessions = Sessions(store: base.store, clock: base.clock, keyed: hash, log: SilentLog())
    signIn = SignIn(
      store: base.store, clock: base.clock, random: base.random, hasher: hash, keyed: hash, sessions: sessions)
    staff = StaffService(store: base.store, clock: base.clock, random: base.random, hasher: hash, sessions: sessions)
    grants = GrantService(store: base.store, clock: base.clock, sessions: sessions, ledger: nil)
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
