public import Contracts
public import Core
public import Store

/// The Vault as a module. It is always there: what holds personal data cannot be switched off.
public final class VaultModule: Module, Persistent {
  public static let name = "vault"
  public static let schema = Schema.vault
  public static let provides = [
    ServiceKey((any VaultService).self), ServiceKey((any PasswordHasher).self), ServiceKey((any KeyedHash).self),
    ServiceKey((any ErasureService).self),
  ]
  public static let requires = [
    ServiceKey(Store.self), ServiceKey((any WallClock).self), ServiceKey((any RandomSource).self),
    ServiceKey((any Log).self), ServiceKey(RootKeySource.self),
  ]

  /// The vault itself, for what is not in its service: opening it, going over the audit.
  public let vault: Vault
  let store: Store
  let source: RootKeySource
  let library: CryptoLibrary
  private let passwords: Scrypter

  /// Takes a `RootKeySource` from the registry besides the platform's values. Reads no key yet, so that
  /// `gapura vault init` can make one.
  public init(services: ServiceRegistry) throws {
    library = try CryptoLibrary()
    store = services.require(Store.self)
    source = services.require(RootKeySource.self)
    vault = Vault(
      source: source, store: store, clock: services.require((any WallClock).self),
      random: services.require((any RandomSource).self), log: services.require((any Log).self), library: library,
      zone: services.find(Office.self)?.zone ?? .wib)
    passwords = Scrypter(library: library)
  }

  public func provide(to services: inout ServiceRegistry) {
    services.provide((any VaultService).self, vault)
    services.provide((any PasswordHasher).self, passwords)
    services.provide((any KeyedHash).self, vault)
    services.provide((any ErasureService).self, vault)
  }

  public func start() async throws { try await vault.open() }
}

extension VaultModule: Observed {
  public func health() async -> HealthReport {
    do {
      let condition = try await vault.condition()
      return HealthReport(
        isHealthy: true,
        detail: "canary opens; key-encryption key version \(condition.kekVersion); "
          + "\(condition.auditLength) audit rows")
    } catch {
      return HealthReport(isHealthy: false, detail: "\(error)")
    }
  }

  public func metrics() async -> [Metric] {
    guard let condition = try? await vault.condition() else { return [] }
    return [
      Metric(
        "gapura_vault_kek_version", help: "Version of the key-encryption key in use.",
        value: Double(condition.kekVersion)),
      Metric("gapura_vault_audit_rows", help: "Rows in the audit of openings.", value: Double(condition.auditLength)),
    ]
  }
}
