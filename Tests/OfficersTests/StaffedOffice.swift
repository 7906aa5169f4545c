import Client
import Contracts
import Core
import Crypto
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
  let factors: FactorService
  let check: FactorCheck
  let enrolment: Enrolment
  let step: SecondStep
  let own: OwnProof
  let lock: SessionLock
  let proof: FreshProof
  let grants: GrantService
  /// Where officers sit; nowhere until a test says so.
  let seats: OfficerSeats

  /// - Parameters:
  ///   - demand: of whom a second factor is demanded besides what roles say; of no officer, for all that is not about it.
  ///   - hasher: how passwords are hashed; quickly if nothing else is said.
  ///   - address: the one that people type; none, and so no passkeys, if nothing is said.
  ///   - configuration: where `roles.json5` lies; nil for the shipped roles.
  init(
    demanding demand: SecondFactorDemand = .optional,
    hashing hasher: any PasswordHasher = QuickHash(), at address: String? = nil,
    configuration: ConfigurationDirectory? = nil
  ) async throws {
    base = try ModuleOffice()
    let seats = OfficerSeats()
    self.seats = seats
    let sealing = try OneKeySealing()
    module = try await base.open(OfficersModule.self) { services in
      services.provide((any PasswordHasher).self, hasher)
      services.provide((any KeyedHash).self, QuickHash())
      services.provide((any SecretSealing).self, sealing)
      services.provide(SecondFactorDemand.self, demand)
      services.provide(OfficerSeats.self, seats)
      if let address { services.provide(PublicAddress.self, PublicAddress(address)) }
      if let configuration { services.provide(ConfigurationDirectory.self, configuration) }
    }
    var provided = ServiceRegistry()
    module.provide(to: &provided)
    gatekeeper = provided.require((any Gatekeeper).self)
    let hash = QuickHash()
    sessions = Sessions(store: base.store, clock: base.clock, keyed: hash, log: SilentLog())
    factors = FactorService(
      store: base.store, clock: base.clock, random: base.random, sessions: sessions, demand: demand)
    own = module.gatekeeper.proof.form.proof
    check = own.password.check
    enrolment = Enrolment(
      store: base.store, clock: base.clock, random: base.random, sessions: sessions, check: check, factors: factors)
    step = SecondStep(
      store: base.store, clock: base.clock, random: base.random, sessions: sessions, check: check)
    signIn = SignIn(
      store: base.store, clock: base.clock, random: base.random, hasher: hasher, keyed: hash, sessions: sessions,
      factors: factors)
    let words = try PasswordWords(
      reading: base.services().require(PasswordListsDirectory.self), office: base.office)
    staff = StaffService(
      store: base.store, clock: base.clock, random: base.random, hasher: hasher, sessions: sessions,
      rule: PasswordRule(words: words))
    lock = SessionLock(sessions: sessions, random: base.random, hasher: hasher, proof: own)
    proof = FreshProof(sessions: sessions, random: base.random, proof: own)
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

  /// The way in where passwords are hashed otherwise, as after an upgrade.
  func signIn(hashing hasher: any PasswordHasher) -> SignIn {
    SignIn(
      store: base.store, clock: base.clock, random: base.random, hasher: hasher, keyed: QuickHash(), sessions: sessions,
      factors: factors)
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

  /// How the session of that token stands.
  func session(_ token: SessionToken) async throws -> Session? { try await sessions.held(token.exposed) }

  /// A session as it would stand in the database, for what needs one without it.
  static func session(of account: Account, at now: Instant) -> Session {
    Session(
      id: 1, account: account, stage: .open, seed: [], device: DeviceName(userAgent: nil), signedInAt: now,
      lastUsedAt: now, provenAt: now, isShut: false,
      demands: .strictest(of: RoleBook.shipped.roles(of: account.grants, at: now)))
  }

  /// Nil where the office has no address for which browsers have passkeys.
  var passkeys: PasskeyCheck? { own.passkey?.check }

  func officer(_ token: SessionToken) async throws -> SignedInOfficer? {
    try await sessions.officer(holding: token.exposed)
  }

  /// A second process beside this one: the same file, its own memory.
  func otherSessions() -> Sessions {
    Sessions(store: base.store, clock: base.clock, keyed: QuickHash(), log: SilentLog())
  }
}

/// Real seals, under a key of the test's own.
final class OneKeySealing: SecretSealing {
  private let library: CryptoLibrary
  private let key: SecretBytes

  init() throws {
    let library = try CryptoLibrary()
    key = try library.randomKey()
    self.library = library
  }

  func seal(
    _ secret: borrowing SecretBytes, for purpose: StaticString, binding associated: AssociatedData
  ) throws -> [UInt8] {
    try library.seal(secret, under: key, binding: associated.adding(purpose.description))
  }

  func open(
    _ sealed: [UInt8], for purpose: StaticString, binding associated: AssociatedData
  ) throws -> SecretBytes {
    do {
      return try library.open(sealed, under: key, binding: associated.adding(purpose.description))
    } catch {
      throw Problem(.fault, "vault.unreadable")
    }
  }

  func derive(byteCount: Int, for purpose: StaticString, from associated: AssociatedData) throws -> SecretBytes {
    try library.derive(from: key, info: associated.adding(purpose.description).bytes, byteCount: byteCount)
  }
}

extension StaffedOffice {
  /// What an officer has after setting codes up.
  struct Enrolled {
    let app: AuthenticatorApp
    /// The session's token since.
    let token: SessionToken
    /// The codes on paper; none where there were some before.
    let paper: [String]
  }

  /// Sets one-time codes up in a session, which must work.
  func enrol(_ name: String, in token: SessionToken, label: String = "") async throws -> Enrolled {
    let secret = try await offered(in: token)
    let app = try AuthenticatorApp(showing: Self.grouped(secret))
    let result = try await enrolment.confirm(
      Personal(app.code(at: base.clock.now)), label: label, in: token, claim(name, holding: token))
    guard case .done(let tokens, _, let codes) = result else {
      XCTFail("\(name) could not set codes up")
      throw Problem(.conflict, "test")
    }
    // The next code is another one.
    base.clock.advance(by: TimeCode.period)
    return Enrolled(app: app, token: tokens.session, paper: codes?.exposed ?? [])
  }

  /// The secret that is offered in a session.
  func offered(in token: SessionToken) async throws -> String {
    let session = try await session(token)
    return try enrolment.offer(in: XCTUnwrap(session)).secret.exposed
  }

  /// As the page shows it.
  static func grouped(_ secret: String) -> String {
    stride(from: 0, to: secret.count, by: 4).map { String(secret.dropFirst($0).prefix(4)) }.joined(separator: " ")
  }

  func claim(
    _ name: String, holding session: SessionToken?, password: Personal<String> = Personal(""),
    from address: [UInt8] = [1], in device: SessionToken? = nil
  ) -> SignIn.Attempt {
    SignIn.Attempt(
      username: name, password: password, address: address, device: device?.exposed, session: session?.exposed)
  }

  /// One try at the second step.
  func take(
    _ code: String, _ name: String, holding session: SessionToken, from address: [UInt8] = [1],
    in device: SessionToken? = nil
  ) async throws -> SecondStep.Result {
    try await step.take(Personal(code), claim(name, holding: session, from: address, in: device))
  }

  /// Gives the password, which must be right, of an officer with a second step.
  func begin(_ name: String, from address: [UInt8] = [1], in device: SessionToken? = nil) async throws -> SessionToken {
    guard case .halfway(let token, _) = try await attempt(name, from: address, in: device) else {
      XCTFail("\(name) is asked for no second step")
      throw Problem(.signInNeeded, "test")
    }
    return token
  }
}

extension SecondStep.Result {
  var tokens: OpenedTokens? { if case .opened(let tokens) = self { tokens } else { nil } }
  var isWrong: Bool { if case .wrong = self { true } else { false } }
  var isEnded: Bool { if case .ended = self { true } else { false } }
  var isGone: Bool { if case .gone = self { true } else { false } }
  var wait: Duration? { if case .wait(let wait) = self { wait } else { nil } }
}

extension SignIn.Result {
  /// What comes after the password.
  var next: PendingStep? { if case .halfway(_, let next) = self { next } else { nil } }
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
