internal import Contracts
internal import Core
internal import Store
internal import Web

/// Lets officers in: counts the try, compares the password, opens a session, and writes down how it went.
struct SignIn: Sendable {
  /// How a try ended.
  enum Result: Sendable {
    /// The token for the cookie, and whether the password must be changed first.
    case opened(SessionToken, mustChangePassword: Bool)
    /// User name or password is wrong, or the account is closed; which one is not told.
    case refused
    /// Too many failures: no try is allowed for so long.
    case wait(Duration)
  }

  let store: Store
  let clock: any WallClock
  let random: any RandomSource
  let hasher: any PasswordHasher
  let keyed: any KeyedHash
  let sessions: Sessions

  /// One try to sign in.
  func attempt(username typed: String, password: Personal<String>, from address: [UInt8]) async throws -> Result {
    let visitor = Visitor(typed: typed, address: address, keyed: keyed)
    let begun = clock.now
    let (wait, credentials) = try await store.write { transaction in
      let wait = try SignInGuard.begin([visitor.name, visitor.address], at: begun, in: transaction)
      let credentials = try visitor.username.flatMap { try AccountTable.credentials($0, in: transaction) }
      if wait > .zero {
        try SignInLog.append(
          .waiting, account: credentials?.account.id, addressMark: visitor.addressMark, at: begun, in: transaction)
      }
      return (wait, credentials)
    }
    guard wait == .zero else { return .wait(wait) }
    // Compared also where there is no such account, so that the time taken does not tell.
    let isRight = try await hasher.verify(Password.tidied(password), against: credentials?.hash)
    return try await finish(visitor, credentials, isRight: isRight)
  }

  private func finish(
    _ visitor: Visitor, _ credentials: AccountTable.Credentials?, isRight: Bool
  ) async throws -> Result {
    let token = SessionToken(from: random)
    let hash = sessions.hash(of: token)
    let now = clock.now
    let opened: Account? = try await store.write { transaction in
      // The account may have been closed or its password replaced while the password was being compared.
      let present = try credentials.flatMap { try AccountTable.credentials(of: $0.account.id, in: transaction) }
      guard let present, isRight, present.hash == credentials?.hash, !present.account.isDisabled else {
        let outcome: SignInLog.Outcome = isRight && present?.account.isDisabled == true ? .disabled : .wrong
        try SignInLog.append(
          outcome, account: present?.account.id, addressMark: visitor.addressMark, at: now, in: transaction)
        return nil
      }
      try SessionTable.open(hash, of: present.account.id, at: now, in: transaction)
      try SignInGuard.clear(visitor.name, in: transaction)
      try SignInGuard.takeBack(visitor.address, in: transaction)
      try SignInLog.append(
        .success, account: present.account.id, addressMark: visitor.addressMark, at: now, in: transaction)
      return present.account
    }
    sessions.forget()
    return opened.map { .opened(token, mustChangePassword: $0.mustChangePassword) } ?? .refused
  }
}

/// Whoever tries to sign in, as far as it is counted and written down: by keyed hashes.
private struct Visitor: Sendable {
  let username: Username?
  let name: SignInGuard.Subject
  let address: SignInGuard.Subject
  let addressMark: String

  init(typed: String, address bytes: [UInt8], keyed: any KeyedHash) {
    username = Username(typed)
    // What cannot be a user name is counted all the same, under one name.
    let counted = username?.description ?? ""
    name = SignInGuard.Subject(
      hash: keyed.authenticate(Array(counted.utf8), for: "officers.delay.name"), delay: .account)
    let hash = keyed.authenticate(bytes, for: "officers.address")
    address = SignInGuard.Subject(hash: hash, delay: .address)
    // Forty bits tell the addresses of an office's year apart and say nothing about what they are.
    let mark = hash.prefix(5).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    addressMark = Crockford.encode(mark, length: 8)
  }
}
