import Catalogue
import Client
import Contracts
import Core
import Foundation
import Queue
import Store
import Vault

/// The modules that are measured, put together in this process over a real store.
struct MeasuredModules: Sendable {
  let store: Store
  let database: String
  let services: ServiceRegistry
  private let modules: [any Module]

  static func open(_ office: OfficeProcess) async throws -> MeasuredModules {
    let database = "\(office.state)/gapura.db"
    let configuration = ConfigurationDirectory(path: office.configuration.path)
    let store = try Store.open(at: database, clock: SystemClock(), log: SilentLog())
    var services = ServiceRegistry()
    services.provide(Store.self, store)
    services.provide((any WallClock).self, SystemClock())
    services.provide((any RandomSource).self, SeededRandom(seed: BenchCommand.seed))
    services.provide((any Log).self, SilentLog())
    services.provide(LookUpGuard.self, LookUpGuard(clock: SystemClock(), log: SilentLog()))
    services.provide(
      Locales.self,
      try Locales.load(directory: OfficeProcess.repository.appendingPathComponent("share/locales").path))
    services.provide(Office.self, Self.office)
    services.provide(ConfigurationDirectory.self, configuration)
    services.provide(
      RootKeySource.self, RootKeySource(credentialsDirectory: nil, stateDirectory: office.state))
    let types: [any Module.Type] = [VaultModule.self, CatalogueModule.self, QueueModule.self]
    let modules = try Assembly.assemble(types, services: &services)
    try await store.migrate(types.flatMap { ($0 as? any Persistent.Type)?.schemas ?? [] })
    for module in modules { try await module.start() }
    return MeasuredModules(store: store, database: database, services: services, modules: modules)
  }

  private static let office = Office(
    name: LocalizedText([.indonesian: "Kantor Uji", .english: "Test office"]), zone: .wib, address: "Jalan Contoh 1",
    telephone: "", counters: (1...4).map { Office.Counter(number: $0, services: []) })

  func close() async {
    for module in modules.reversed() { await module.stop() }
    await store.close()
  }
}
