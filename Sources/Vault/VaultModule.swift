public import Contracts
public import Core
import Crypto
import Ledger
public import Store

/// The Vault as a module. It is always there: what holds personal data cannot be switched off.
public final class VaultModule: Module, Persistent {
  /// The prefix of the tables of persons, records and rights; the ledger's have their own.
  public static let name = "vault"
  /// What is kept of persons, beside the keys, which lie in a file of their own.
  public static let schema = Schema.vault
  /// The ledger's tables first, then its own.
  public static let schemas = [Schema.ledger, Schema.vault]
  /// Everything around personal data: records, erasure, rights, the ledger, passwords, and sealers for documents and secrets.
  public static let provides = [
    ServiceKey((any VaultService).self), ServiceKey((any PasswordHasher).self), ServiceKey((any KeyedHash).self),
    ServiceKey((any ErasureService).self), ServiceKey((any VaultOversight).self),
    ServiceKey((any LedgerService).self), ServiceKey((any ConsentService).self), ServiceKey((any RightsService).self),
    ServiceKey((any PublicDigest).self), ServiceKey((any DocumentSealing).self),
    ServiceKey((any HoldingService).self), ServiceKey((any SecretSealing).self), ServiceKey(Vault.self),
  ]
  /// What it cannot keep a person without; the root key's source is the composition root's to choose.
  public static let requires = [
    ServiceKey(Store.self), ServiceKey((any WallClock).self), ServiceKey((any RandomSource).self),
    ServiceKey((any Log).self), ServiceKey(RootKeySource.self),
  ]

  /// The vault itself, for what is not in its service: opening it, going over the ledger.
  public let vault: Vault
  let store: Store
  let source: RootKeySource
  let library: CryptoLibrary
  /// Where a command tells the service of damage; nil in the service itself.
  let notice: DamageNotice?
  private let passwords: Scrypter
  private let headSigner: HeadSigner
  private let nightlyRetention: NightlyRetention
  private let keyWatch: KeyWatch
  /// The words of health, which are a sysadmin's; nil in a test.
  private let words: Words?

  /// Takes a `RootKeySource` from the registry besides the platform's values. Reads no key yet, so that
  /// `gapura vault init` can make one.
  public init(services: ServiceRegistry) throws {
    library = try CryptoLibrary()
    store = services.require(Store.self)
    source = services.require(RootKeySource.self)
    notice = services.find(DamageNotice.self)
    let policyFile = PolicyFile(directory: services.find(ConfigurationDirectory.self))
    vault = Vault(
      source: source, store: store, clock: services.require((any WallClock).self),
      random: services.require((any RandomSource).self), log: services.require((any Log).self), library: library,
      zone: services.find(Office.self)?.zone ?? .wib,
      policy: Reloadable(try policyFile.read()) { try policyFile.read() },
      applications: services.find(ApplicationsOfPeople.self), status: services.find(StatusLine.self))
    words = services.find(Locales.self)?.words(.english)
    keyWatch = KeyWatch(vault: vault)
    passwords = Scrypter(library: library)
    let work = services.find(RegularWork.self) ?? RegularWork()
    headSigner = HeadSigner(vault: vault, work: work, log: services.require((any Log).self))
    nightlyRetention = NightlyRetention(vault: vault, work: work)
  }

  /// Puts the vault there under each of its services, with the password hasher, the digest and the sealer.
  public func provide(to services: inout ServiceRegistry) {
    services.provide((any VaultService).self, vault)
    services.provide((any PasswordHasher).self, passwords)
    services.provide((any KeyedHash).self, vault)
    services.provide((any ErasureService).self, vault)
    services.provide((any VaultOversight).self, vault)
    services.provide((any LedgerService).self, vault)
    services.provide((any ConsentService).self, vault)
    services.provide((any RightsService).self, vault)
    services.provide((any PublicDigest).self, LibraryDigest(library: library))
    services.provide((any DocumentSealing).self, vault)
    services.provide((any HoldingService).self, vault)
    services.provide((any SecretSealing).self, SecretSealer(vault: vault))
    services.provide(Vault.self, vault)
  }

  /// Opens the vault, and begins to sign heads, to apply retention each night and to watch the keys.
  ///
  /// - Throws: `Problem` where the root key is missing or does not fit the key ring or the data.
  public func start() async throws {
    try await vault.open()
    keyWatch.start()
    headSigner.start()
    nightlyRetention.start()
  }

  /// `vault.json5`: who may open what, and how long records are kept.
  public var configuration: [any ReloadableFile] { [vault.policyInForce] }

  /// Ends the nightly work, the watch and the signing, and waits for what is under way.
  public func stop() async {
    await nightlyRetention.stop()
    await keyWatch.stop()
    await headSigner.stop()
  }
}

extension VaultModule: Observed {
  /// Unhealthy while keys are in trouble, while the vault is locked, and while retention waits for a confirmation.
  public func health() async -> HealthReport {
    if let trouble = await keyWatch.trouble() { return HealthReport(isHealthy: false, detail: trouble) }
    do {
      let condition = try await vault.condition()
      let waiting = try await nightlyRetention.waiting()
      guard waiting.isEmpty else {
        return HealthReport(
          isHealthy: false,
          detail: "retention waits: "
            + waiting.map { "\($0.recordCount) of \($0.totalCount) \($0.rule.record.rawValue)" }.joined(separator: ", ")
            + "; look with `gapura vault retention --dry-run`, then confirm with --confirm or correct vault.json5")
      }
      return HealthReport(
        isHealthy: true,
        detail: "canary opens; key-encryption key version \(condition.kekVersion); "
          + "\(condition.ledgerSize) ledger entries")
    } catch {
      return HealthReport(failing: error, words)
    }
  }

  /// The key-encryption key's version and the length of the ledger; nothing while the vault is locked.
  public func metrics() async -> [Metric] {
    guard let condition = try? await vault.condition() else { return [] }
    return [
      Metric(
        "gapura_vault_kek_version", help: "Version of the key-encryption key in use.",
        value: Double(condition.kekVersion)),
      Metric("gapura_vault_ledger_entries", help: "Entries in the ledger.", value: Double(condition.ledgerSize)),
    ]
  }
}
