import Contracts
import Core
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

  let office: StaffedOffice
  let service: PasskeyService
  let signIn: PasskeySignIn

  init(
    demanding demand: SecondFactorDemand = .optional,
    hashing hasher: any PasswordHasher = QuickHash()
  ) async throws {
    office = try await StaffedOffice(demanding: demand, hashing: hasher, at: "http://127.0.0.1:8080")
    let base = office.base
    let check = try XCTUnwrap(office.passkeys)
    service = PasskeyService(
      store: base.store, clock: base.clock, random: base.random, challenges: check.challenges,
      verifier: check.verifier)
    signIn = PasskeySignIn(
      store: base.store, clock: base.clock, random: base.random, sessions: office.sessions, check: check)
  }

  var base: ModuleOffice { office.base }
  var staff: StaffService { office.staff }
  var sessions: Sessions { office.sessions }

  /// A new account.
  @discardableResult
  func add(_ name: String, role: Role = .clerk) async throws -> Account { try await office.add(name, role: role) }

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

  /// Takes a passkey away, as its officer does.
  func remove(_ factor: Int64, of account: Account) async throws {
    _ = try await office.factors.remove(
      factor, of: account.id, in: token(), by: .officer(account.id, office.sessions.rights(of: account)))
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
    try await signIn.make(Self.response(fields), Self.attempt(holding: session), in: browser)
  }

  /// What a key gives as a fresh proof in a session, or to open it.
  func proof(_ key: inout SoftKey, in session: Session) async throws -> OwnAnswer {
    let passkey = try XCTUnwrap(office.own.passkey)
    let challenge = try await passkey.options(for: session).challenge
    return .passkey(Self.response(try key.show(challenge: challenge)), Self.attempt())
  }

  static func response(_ fields: [(name: String, value: String)]) -> AssertionResponse {
    FormInput(fields.map { FormInput.Entry($0.name, $0.value) }).assertionResponse
  }

  static func attempt(holding session: SessionToken? = nil) -> SignIn.Attempt {
    SignIn.Attempt(
      username: "", password: Personal(""), address: [1], device: nil, session: session?.exposed)
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
  var token: SessionToken? { if case .opened(let tokens, _) = self { tokens.session } else { nil } }
  var refusal: PasskeyRefusal? { if case .refused(let refusal) = self { refusal } else { nil } }
}
