internal import Contracts
internal import Core
internal import Store

/// Whether a visitor knows an account's password: at the sign-in, and where a signed-in officer must prove it again.
/// Each try is counted before the password is compared, and a failure is written down.
///
/// A browser in which the officer has signed in before has a lane of its own: neither what is tried under their name
/// elsewhere, nor what others try from the same address, makes them wait there, nor stands in their way when passwords are
/// compared. Passkeys and second factors pass through none of this: what fails here holds no officer up there.
///
/// How long an answer takes tells nothing: an unknown name costs the same work as a known one, and a try that has to wait is
/// told so when the others would be told theirs (`UsualTime`), without the work, which strangers would otherwise have for
/// nothing.
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
  /// Where strangers' tries wait while a storm lasts; one for all that use the same hasher.
  var line = SignInLine()
  /// Is told of failures; nil where there is none to tell.
  var watch: SignInWatch?

  /// A try that has to wait is told so after this time at the latest.
  static let heldTimeMax = Duration.seconds(5)

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
    let (begun, started) = (clock.now, ContinuousClock.now)
    let isStorm = watch?.isStorm ?? false
    let counted = try await store.write { try count(claimant, at: begun, isStorm: isStorm, in: $0) }
    guard counted.wait == .zero else {
      await watch?.note(from: claimant.addressMark, isHeld: true)
      try await passUsualTime(since: started, as: counted, Password.tidied(attempt.password))
      return .wait(counted.wait)
    }
    var credentials = counted.credentials
    while true {
      let compared = try await compare(attempt, credentials, as: counted, preparing)
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
        try SignInGuard.clear(counted.lane.name, in: transaction)
        if let address = counted.lane.address { try SignInGuard.takeBack(address, in: transaction) }
        let account = try upkeep.apply(to: present.account, in: transaction)
        return .right(try right(transaction, Proven(account: account, claimant: claimant, at: now), prepared))
      }
      if let answer { return await noted(answer, counted, since: started) }
      // Another hash is there meanwhile, of another password or of the same one: it is compared with that.
      credentials = try await store.read { [credentials] snapshot in
        try credentials.flatMap { try AccountTable.credentials(of: $0.account.id, in: snapshot) }
      }
    }
  }

  /// A try that was counted, before its password is looked at.
  private struct Counted: Sendable {
    let lane: Lane
    /// Zero where the password may be looked at.
    let wait: Duration
    let rank: SignInLine.Rank
    let credentials: AccountTable.Credentials?
    /// Of the network from which it came.
    let mark: String
    let isStorm: Bool
  }

  /// Counts the try, and finds the account.
  ///
  /// - Parameter isStorm: whether so many tries have to wait that those under names that are no account's are only counted.
  private func count(
    _ claimant: Claimant, at now: Instant, isStorm: Bool, in transaction: borrowing Transaction
  ) throws -> Counted {
    let lane = try claimant.lane(at: now, in: transaction)
    let wait = try SignInGuard.begin(lane.subjects, at: now, in: transaction)
    let credentials = try claimant.username.flatMap { try AccountTable.credentials($0, in: transaction) }
    if wait > .zero, credentials != nil || !isStorm {
      try SignInLog.append(
        .waiting, account: credentials?.account.id, addressMark: claimant.addressMark, at: now, in: transaction)
    }
    let failureCount = try lane.address.map { try SignInGuard.failureCount(of: $0, at: now, in: transaction) }
    let rank = failureCount.map { SignInLine.Rank.stranger(failureCount: $0) } ?? .known
    return Counted(
      lane: lane, wait: wait, rank: rank, credentials: credentials, mark: claimant.addressMark, isStorm: isStorm)
  }

  /// Compares the password, and prepares what follows from the right one.
  ///
  /// - Returns: nil where it is wrong.
  private func compare<Prepared: Sendable>(
    _ attempt: SignIn.Attempt, _ credentials: AccountTable.Credentials?, as counted: Counted,
    _ preparing: @Sendable () async throws -> Prepared
  ) async throws -> (upkeep: PasswordUpkeep, prepared: Prepared)? {
    let password = Password.tidied(attempt.password)
    do {
      // Compared also where there is no such account, so that the time taken does not tell.
      let isRight = try await line.pass(counted.rank, isStorm: counted.isStorm) {
        try await hasher.verify(password, against: credentials?.hash, in: counted.lane.turn)
      }
      guard isRight else { return nil }
      let upkeep = await PasswordUpkeep(of: password, fitting: credentials?.hash, hasher)
      return (upkeep, try await preparing())
    } catch {
      if let problem = error as? Problem, problem.kind == .tooMany {
        await watch?.note(from: counted.mark, isHeld: true)
      }
      // What was not compared, since too many wait, is no failure of the one who tries; in a storm the network has tried.
      let subjects = counted.isStorm ? [counted.lane.name] : counted.lane.subjects
      try await store.write { transaction in
        for subject in subjects { try SignInGuard.takeBack(subject, in: transaction) }
      }
      throw error
    }
  }

  /// Takes in how a try ended whose password was compared.
  private func noted<Value: Sendable>(
    _ answer: Result<Value>, _ counted: Counted, since started: ContinuousClock.Instant
  ) async -> Result<Value> {
    line.usualTime(of: counted.rank).note(ContinuousClock.now - started)
    if case .wrong = answer { await watch?.note(from: counted.mark) }
    return answer
  }

  /// Waits until a try whose password is compared would be answered.
  private func passUsualTime(
    since started: ContinuousClock.Instant, as counted: Counted, _ password: Personal<String>
  ) async throws {
    guard let usual = line.usualTime(of: counted.rank).median else {
      // Before the first try none knows how long it takes.
      _ = try await line.pass(counted.rank, isStorm: counted.isStorm) {
        try await hasher.verify(password, against: nil, in: counted.lane.turn)
      }
      return
    }
    try await Task.sleep(until: started + min(usual, Self.heldTimeMax), clock: .continuous)
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
