internal import Contracts
internal import Core
internal import Store

/// Whether a visitor knows an account's password: at the sign-in, and where a signed-in officer must prove it again.
/// Each try is counted before the password is compared, and a failure is written down.
///
/// A browser in which the officer has signed in before has a lane of its own: neither what is tried under their name
/// elsewhere, nor what others try from the same address, makes them wait there.
struct PasswordProof: Sendable {
  /// How a try ended.
  enum Result<Value: Sendable>: Sendable {
    /// What was done with the right password.
    case right(Value)
    /// User name or password is wrong, or the account is closed; which one is not told.
    case wrong
    /// Too many failures: no try is allowed for so long.
    case wait(Duration)
  }

  /// A try with the right password.
  struct Proven: Sendable {
    let account: Account
    let claimant: Claimant
    let at: Instant
  }

  let store: Store
  let clock: any WallClock
  let hasher: any PasswordHasher
  let keyed: any KeyedHash

  /// Whether the officer whose name it is has signed in with that browser lately.
  func knows(_ attempt: SignIn.Attempt) async throws -> Bool {
    let claimant = Claimant(attempt, keyed: keyed)
    let now = clock.now
    return try await store.read { try claimant.isKnown(at: now, in: $0) }
  }

  /// One try.
  ///
  /// - Parameters:
  ///   - wrong: how a wrong password is written down.
  ///   - right: what is done with the right one, in the transaction that finds it still right.
  func check<Value: Sendable>(
    _ attempt: SignIn.Attempt, wrong: SignInLog.Outcome = .wrong,
    _ right: @escaping @Sendable (borrowing Transaction, Proven) throws -> Value
  ) async throws -> Result<Value> {
    try await check(attempt, wrong: wrong, preparing: {}) { transaction, proven, _ in try right(transaction, proven) }
  }

  /// Likewise, with what takes long and is worth it only once the password has been found right.
  func check<Prepared: Sendable, Value: Sendable>(
    _ attempt: SignIn.Attempt, wrong: SignInLog.Outcome, preparing: @Sendable () async throws -> Prepared,
    _ right: @escaping @Sendable (borrowing Transaction, Proven, Prepared) throws -> Value
  ) async throws -> Result<Value> {
    let claimant = Claimant(attempt, keyed: keyed)
    let (lane, wait, found) = try await begin(claimant)
    guard wait == .zero else { return .wait(wait) }
    var credentials = found
    while true {
      let compared = try await compare(attempt, credentials, in: lane, preparing)
      let now = clock.now
      let answer: Result<Value>? = try await store.write { [credentials] transaction in
        // The account may have been closed while the password was being compared.
        let present = try credentials.flatMap { try AccountTable.credentials(of: $0.account.id, in: transaction) }
        guard let present, let (upkeep, prepared) = compared, !present.account.isDisabled else {
          let outcome = compared != nil && present?.account.isDisabled == true ? .disabled : wrong
          try SignInLog.append(
            outcome, account: present?.account.id, addressMark: claimant.addressMark, at: now, in: transaction)
          return .wrong
        }
        guard present.hash == credentials?.hash else { return nil }
        try SignInGuard.clear(lane.name, in: transaction)
        if let address = lane.address { try SignInGuard.takeBack(address, in: transaction) }
        let account = try upkeep.apply(to: present.account, in: transaction)
        return .right(try right(transaction, Proven(account: account, claimant: claimant, at: now), prepared))
      }
      if let answer { return answer }
      // Another hash is there meanwhile, of another password or of the same one: it is compared with that.
      credentials = try await store.read { [credentials] snapshot in
        try credentials.flatMap { try AccountTable.credentials(of: $0.account.id, in: snapshot) }
      }
    }
  }

  /// Counts the try, and finds the account.
  private func begin(
    _ claimant: Claimant
  ) async throws -> (lane: Lane, wait: Duration, credentials: AccountTable.Credentials?) {
    let begun = clock.now
    return try await store.write { transaction in
      let lane = try claimant.lane(at: begun, in: transaction)
      let wait = try SignInGuard.begin(lane.subjects, at: begun, in: transaction)
      let credentials = try claimant.username.flatMap { try AccountTable.credentials($0, in: transaction) }
      if wait > .zero {
        try SignInLog.append(
          .waiting, account: credentials?.account.id, addressMark: claimant.addressMark, at: begun, in: transaction)
      }
      return (lane, wait, credentials)
    }
  }

  /// Compares the password, and prepares what follows from the right one.
  ///
  /// - Returns: nil where it is wrong.
  private func compare<Prepared: Sendable>(
    _ attempt: SignIn.Attempt, _ credentials: AccountTable.Credentials?, in lane: Lane,
    _ preparing: @Sendable () async throws -> Prepared
  ) async throws -> (upkeep: PasswordUpkeep, prepared: Prepared)? {
    let password = Password.tidied(attempt.password)
    do {
      // Compared also where there is no such account, so that the time taken does not tell.
      guard try await hasher.verify(password, against: credentials?.hash, in: lane.turn) else { return nil }
      let upkeep = await PasswordUpkeep(of: password, fitting: credentials?.hash, hasher)
      return (upkeep, try await preparing())
    } catch {
      // What was not compared, since too many wait, is no failure of the one who tries.
      try await store.write { transaction in
        for subject in lane.subjects { try SignInGuard.takeBack(subject, in: transaction) }
      }
      throw error
    }
  }
}

extension PasswordProof {
  /// Where a try is counted.
  struct Lane: Sendable {
    /// The user name, from its address or in its known browser.
    let name: SignInGuard.Subject
    /// Nil in a known browser.
    let address: SignInGuard.Subject?

    var subjects: [SignInGuard.Subject] { [name] + (address.map { [$0] } ?? []) }

    /// In a known browser an officer's, before those of strangers; else its address's.
    var turn: PasswordTurn { address.map { PasswordTurn.stranger($0.hash) } ?? .officer }
  }

  /// The person who tries to sign in, as far as it is counted and written down: by keyed hashes.
  struct Claimant: Sendable {
    let username: Username?
    let addressMark: String
    let deviceHash: [UInt8]?
    private let nameFromAddress: SignInGuard.Subject
    private let nameInDevice: SignInGuard.Subject?
    private let address: SignInGuard.Subject

    init(_ attempt: SignIn.Attempt, keyed: any KeyedHash) {
      username = Username(attempt.username)
      // What cannot be a user name is counted all the same, under one name. No name holds the byte between the two.
      let counted = Array((username?.description ?? "").utf8) + [0]
      func name(beside bytes: [UInt8], for purpose: StaticString) -> SignInGuard.Subject {
        SignInGuard.Subject(hash: keyed.authenticate(counted + bytes, for: purpose), delay: .account)
      }
      nameFromAddress = name(beside: attempt.address, for: "officers.delay.name-address")
      let hash = keyed.authenticate(attempt.address, for: "officers.address")
      address = SignInGuard.Subject(hash: hash, delay: .address)
      deviceHash = attempt.device.flatMap(SessionToken.init).map { Self.hash(ofDevice: $0, keyed: keyed) }
      nameInDevice = deviceHash.map { name(beside: $0, for: "officers.delay.name-device") }
      // Forty bits tell the addresses of an office's year apart and say nothing about what they are.
      let mark = hash.prefix(5).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      addressMark = Crockford.encode(mark, length: 8)
    }

    static func hash(ofDevice token: SessionToken, keyed: any KeyedHash) -> [UInt8] {
      keyed.authenticate(Array(token.exposed.utf8), for: "officers.device")
    }

    func isKnown(at now: Instant, in database: borrowing some Queryable & ~Copyable) throws -> Bool {
      guard let username, let deviceHash else { return false }
      return try DeviceTable.isKnown(deviceHash, of: username, at: now, in: database)
    }

    func lane(at now: Instant, in database: borrowing some Queryable & ~Copyable) throws -> Lane {
      guard let nameInDevice, try isKnown(at: now, in: database) else {
        return Lane(name: nameFromAddress, address: address)
      }
      return Lane(name: nameInDevice, address: nil)
    }
  }
}
