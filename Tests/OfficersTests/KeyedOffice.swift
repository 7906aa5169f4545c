import Contracts
import Core
import Crypto
import ModuleHarness
import PasskeyHarness
import Passkeys
import Store
import Web
import XCTest

@testable import Officers

/// Officers who have passkeys, in an office at `localhost`, as for trying things out.
struct KeyedOffice {
  static let origin = "http://localhost:8080"

  let base: ModuleOffice
  let module: OfficersModule
  let gatekeeper: any Gatekeeper
  let staff: StaffService
  let sessions: Sessions
  let service: PasskeyService
  let signIn: PasskeySignIn

  init(at address: String = "http://127.0.0.1:8080") async throws {
    base = try ModuleOffice()
    let hash = QuickHash()
    module = try await base.open(OfficersModule.self) { services in
      services.provide((any PasswordHasher).self, hash)
      services.provide((any KeyedHash).self, hash)
      services.provide(PublicAddress.self, PublicAddress(address))
    }
    var provided = ServiceRegistry()
    module.provide(to: &provided)
    gatekeeper = provided.require((any Gatekeeper).self)
    sessions = Sessions(store: base.store, clock: base.clock, keyed: hash, log: SilentLog())
    staff = StaffService(store: base.store, clock: base.clock, random: base.random, hasher: hash, sessions: sessions)
    let challenges = PasskeyChallenges(clock: base.clock, random: base.random, keyed: hash)
    let party = try XCTUnwrap(RelyingParty(publicAddress: Self.origin))
    let verifier = try PasskeyVerifier(party, library: CryptoLibrary())
    service = PasskeyService(
      store: base.store, clock: base.clock, random: base.random, challenges: challenges, verifier: verifier)
    signIn = PasskeySignIn(
      store: base.store, clock: base.clock, random: base.random, keyed: hash, sessions: sessions,
      challenges: challenges, verifier: verifier)
  }

  /// A new account.
  @discardableResult
  func add(_ name: String, role: Role = .clerk) async throws -> Account {
    let username = try XCTUnwrap(Username(name))
    let new = NewAccount(username: username, displayName: nil, role: role, mustChangePassword: false)
    try await staff.add(new, password: StaffedOffice.password, by: .system("test"))
    let account = try await staff.account(username)
    return try XCTUnwrap(account)
  }

  /// A token such as cookies hold.
  func token() -> SessionToken { SessionToken(from: base.random) }

  /// Makes a passkey of that account with the key, in a session.
  func register(
    _ key: inout SoftKey, of account: Account, named name: String = "Kunci biru"
  ) async throws -> PasskeyRefusal? {
    let session = token()
    let options = try await service.options(of: account.id, in: session, office: "Kantor Contoh")
    let fields = try key.create(challenge: options.challenge, handle: options.user.id)
    return try await service.add(
      FormInput(fields.map { FormInput.Entry($0.name, $0.value) }).attestationResponse, [.usb], named: name,
      of: account.id, in: session)
  }

  /// Signs in with a key.
  func show(_ key: inout SoftKey, in browser: SessionToken? = nil) async throws -> PasskeySignIn.Result {
    let browser = browser ?? token()
    let fields = try key.show(challenge: signIn.options(in: browser).challenge)
    return try await answer(fields, in: browser)
  }

  func answer(
    _ fields: [(name: String, value: String)], in browser: SessionToken, holding session: SessionToken? = nil
  ) async throws -> PasskeySignIn.Result {
    let attempt = SignIn.Attempt(
      username: "", password: Personal(""), address: [1], device: nil, session: session?.exposed)
    let form = FormInput(fields.map { FormInput.Entry($0.name, $0.value) })
    return try await signIn.make(form.assertionResponse, attempt, in: browser)
  }

  /// Which officer a session is.
  func officer(_ result: PasskeySignIn.Result) async throws -> OfficerID? {
    guard let token = result.token else { return nil }
    return try await sessions.officer(holding: token.exposed)?.id
  }

  /// How many rows a table has.
  func count(_ sql: SQL) async throws -> Int? { try await base.store.read { try $0.value(sql) } }
}

extension [(name: String, value: String)] {
  /// These fields with another value in one of them.
  func with(_ name: String, _ value: String) -> Self { map { ($0.name, $0.name == name ? value : $0.value) } }
}

extension PasskeySignIn.Result {
  var token: SessionToken? { if case .opened(let token, _, _) = self { token } else { nil } }
  var refusal: PasskeyRefusal? { if case .refused(let refusal) = self { refusal } else { nil } }
}
