public import Contracts
public import Core
import Crypto
import Ledger
import Store
import Synchronization

/// Keeps personal data sealed, one data key a person, and answers only callers that say why.
///
/// Until `open()` has succeeded every call throws `Problem` `vault.locked`.
public final class Vault: Sendable, CustomReflectable {
  private let source: RootKeySource
  let store: Store
  let clock: any WallClock
  let random: any RandomSource
  let log: any Log
  /// The zone whose calendar days count.
  let zone: OfficeZone
  private let library: CryptoLibrary
  private let applications: ApplicationsOfPeople?
  private let status: StatusLine?
  private let state = Mutex<OpenedVault?>(nil)
  let policyInForce: Reloadable<VaultPolicy>
  private let erasureFollowers = Mutex<[ErasureFollower]>([])
  private let inspectors = Mutex<[Inspector]>([])
  private let agingHoldings = Mutex<[RecordKind: any AgingHolding]>([:])

  init(
    source: RootKeySource, store: Store, clock: any WallClock, random: any RandomSource, log: any Log,
    library: CryptoLibrary, zone: OfficeZone = .wib, policy: Reloadable<VaultPolicy> = Reloadable(.shipped) { nil },
    applications: ApplicationsOfPeople? = nil, status: StatusLine? = nil
  ) {
    self.applications = applications
    self.status = status
    self.source = source
    self.store = store
    self.clock = clock
    self.random = random
    self.log = log
    self.library = library
    self.zone = zone
    policyInForce = policy
  }

  /// Reads the root key, recognises it by the canary, opens the key ring and brings it and the data file to the same
  /// erasures; in a new database it begins them.
  ///
  /// - Parameter isConfirmed: whether a sysadmin has looked at how many people are erased again.
  /// - Throws: `Problem` `vault.root-key-…`, `vault.wrong-root-key`, `vault.key-ring-missing`,
  ///   `vault.foreign-key-ring`, `vault.kek-unreadable`, `vault.many-erasures`; each says how to mend it.
  /// - Returns: what bringing them together took; nil when it was open already.
  @discardableResult
  func reconcile(isConfirmed: Bool = false) async throws -> Reconciliation.Outcome? {
    guard state.withLock({ $0 == nil }) else { return nil }
    if store.isReadOnly { return try await openForReading() }
    let opened = try await store.write { [self] transaction in
      try OpenedVault(
        root: try rootKey(in: transaction), at: source.keyRing, library: library, clock: clock, log: log,
        mayUpgrade: store.mayUpgrade, in: transaction)
    }
    let reconciliation = Reconciliation(
      keyRing: opened.keyRing, whenErased: { try self.followErasure(of: $0, in: $1) },
      limit: isConfirmed ? nil : policy.retentionGuard)
    // Said once and before anything goes, so outside the transaction that does it, which may run again.
    let found = try await store.read { try reconciliation.find(in: $0) }
    if found.replayed + found.destroyed > 0 { announce(found) }
    let outcome = try await store.write { try reconciliation.run(in: $0) }
    state.withLock { $0 = $0 ?? opened }
    tell(outcome)
    return outcome
  }

  /// The root key. One that is missing beside data is a lost one: a new one would open nothing.
  private func rootKey(in database: borrowing some Queryable & ~Copyable) throws -> RootKey {
    do {
      return try source.read()
    } catch let problem as Problem where problem.code == "vault.root-key-missing" {
      guard try Pairing.isPresent(in: database) else { throw problem }
      throw Problem(.unavailable, "vault.root-key-lost", problem.arguments)
    }
  }

  /// Opens it where nothing can be written.
  private func openForReading() async throws -> Reconciliation.Outcome? {
    let opened = try await store.read { [self] snapshot in
      try OpenedVault(
        reading: try rootKey(in: snapshot), at: source.keyRing, library: library, clock: clock, log: log, in: snapshot)
    }
    state.withLock { $0 = $0 ?? opened }
    return nil
  }

  /// `reconcile`, for a caller that only wants the vault open.
  public func open() async throws { try await reconcile() }

  /// Closes the key ring; until the vault is opened again every call throws `Problem` `vault.locked`.
  public func close() {
    state.withLock { state in
      state?.keyRing.file.close()
      state = nil
    }
  }

  /// What `vault check` reads: the databases first, since all else is in them.
  var allInspectors: [Inspector] {
    get throws {
      let (opened, files) = (try opened, [store.path, source.keyRing.file])
      return [
        { [store] in DatabaseInspector(files: files, isReadOnly: store.isReadOnly).run($0) },
        { [self] _ in
          let missing = try await missingKeys()
          return Inspection(
            unit: "people, each with a key", count: missing.total,
            faults: missing.sentence(state: keyRingDirectory).map { [$0] } ?? [])
        },
        { [self] in try await RecordInspector(opened: opened, store: store, whose: whose).run($0) },
      ] + inspectors.withLock { $0 }
    }
  }

  /// Where the key ring lies.
  var keyRingDirectory: String { source.keyRing.directory }

  /// Says how many will be erased again, before any of them is.
  private func announce(_ outcome: Reconciliation.Outcome) {
    log.notice(
      "erasures will be replayed",
      ["vault.replayed": String(outcome.replayed), "vault.destroyed": String(outcome.destroyed)])
    status?.say("Erasing \(outcome.replayed) people again and destroying \(outcome.destroyed) keys again")
  }

  private func tell(_ outcome: Reconciliation.Outcome) {
    if outcome.replayed + outcome.destroyed > 0 {
      log.notice(
        "erasures replayed",
        ["vault.replayed": String(outcome.replayed), "vault.destroyed": String(outcome.destroyed)])
    }
    switch outcome.age {
    case .same: break
    case .dataIsOlder: log.notice("the data file is older than the key ring")
    case .ringIsOlder: log.error("the key ring is older than the data file; put its newest copy back")
    }
  }

  /// What a sysadmin wants to know, once the data file's mark has opened beside the key ring in use.
  ///
  /// - Throws: `Problem` `vault.locked`, `vault.foreign-key-ring`.
  func condition() async throws -> (kekVersion: Int, ledgerSize: Int64) {
    let opened = try opened
    return try await store.read { snapshot in
      let keyRing = opened.keyRing
      try Pairing.check(keyRing.officeKey, library: opened.library, in: snapshot)
      return (keyRing.currentVersion, try opened.ledger.size(in: snapshot))
    }
  }

  /// Who may open what, and how long things are kept.
  var policy: VaultPolicy {
    get { policyInForce.now }
    set { policyInForce.put(newValue) }
  }

  /// Has `body` run in every transaction in which a person is erased, in the order in which the bodies were given.
  public func whenErased(_ body: @escaping ErasureFollower) { erasureFollowers.withLock { $0.append(body) } }

  /// Has the modules forget what they keep of a person who is erased in this transaction.
  func followErasure(of subject: SubjectID, in transaction: borrowing Transaction) throws {
    for follow in erasureFollowers.withLock({ $0 }) { try follow(subject, transaction) }
  }

  /// What of that kind is kept beside the records.
  func agingHolding(_ kind: RecordKind) -> (any AgingHolding)? { agingHoldings.withLock { $0[kind] } }

  var opened: OpenedVault {
    get throws(Problem) {
      guard let opened = state.withLock({ $0 }) else { throw Problem(.unavailable, "vault.locked") }
      return opened
    }
  }

  /// Nothing, so that a dump shows no key.
  public var customMirror: Mirror { Mirror(self, children: [], displayStyle: .class) }
}

extension Vault: HoldingService {
  /// Has `vault check` read what the module keeps sealed, after the vault's own.
  public func alsoInspects(_ inspector: @escaping Inspector) { inspectors.withLock { $0.append(inspector) } }

  /// Puts what a module keeps of people under the retention plan, one holding for each kind.
  public func alsoRetains(_ holding: some AgingHolding) { agingHoldings.withLock { $0[holding.kind] = holding } }

  /// The person's number, with the numbers of their applications where there are any: `person 7 (application …)`.
  public func whose(_ subject: SubjectID) async throws -> String {
    let numbers = try await store.read { [applications] in try applications?.of(subject, in: $0) ?? [] }
    guard !numbers.isEmpty else { return "person \(subject)" }
    return "person \(subject) (application \(numbers.map(\.printed).joined(separator: ", ")))"
  }
}

extension Vault: KeyedHash {
  /// HMAC-SHA-256 of `message` under the purpose's key, which is derived once. Ends the program when the vault is not
  /// open.
  public func authenticate(_ message: [UInt8], for purpose: StaticString) -> [UInt8] {
    do {
      return try opened.key(for: purpose.description).authenticate(message)
    } catch {
      // Locked: a module has begun to serve before its dependencies were started. Otherwise libcrypto has no memory
      // left, at which Swift's own next allocation would end the program as well.
      preconditionFailure("message authentication for \(purpose) before the vault is open: \(error.inLog)")
    }
  }
}
