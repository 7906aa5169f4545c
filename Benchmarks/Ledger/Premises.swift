import Contracts
import Core
import FoundationEssentials
import Store
import Vault

/// A vault of its own, with one person in it.
struct Premises: Sendable {
  let store: Store
  let module: VaultModule
  let subject: SubjectID
  private let directory: String

  init() async throws {
    directory = FileManager.default.temporaryDirectory.path + "/gapura-bench-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    store = try Store.open(at: "\(directory)/gapura.db", clock: SystemClock(), log: SilentLog())
    try await store.migrate(VaultModule.schemas)
    var services = ServiceRegistry()
    services.provide(Store.self, store)
    services.provide((any WallClock).self, SystemClock())
    services.provide((any RandomSource).self, SystemRandom())
    services.provide((any Log).self, SilentLog())
    services.provide(RootKeySource.self, RootKeySource(credentialsDirectory: nil, stateDirectory: directory))
    let module = try VaultModule(services: services)
    self.module = module
    _ = try await Self.run(module, ["vault", "init"])
    try await module.start()
    let contact = Contact(telephone: "+6281234567890", email: nil, address: nil)
    subject = try await store.write { transaction in
      let subject = try module.vault.createSubject(in: transaction)
      try module.vault.seal(Personal(contact), of: subject, in: transaction)
      return subject
    }
  }

  /// Runs a command as `gapura` does.
  @discardableResult
  func run(_ path: [String]) async throws -> [String] { try await Self.run(module, path) }

  private static func run(_ module: VaultModule, _ path: [String]) async throws -> [String] {
    guard let command = module.commands().first(where: { $0.path == path }) else { return [] }
    return try await command.run(CommandInput(arguments: [], options: [:]) { _ in Personal("") }).lines
  }

  func open(asOfficer number: Int, in transaction: borrowing Transaction) throws {
    _ = try module.vault.open(
      Contact.self, of: subject, for: .service, as: .officer(OfficerID(Int64(number)), .clerk), in: transaction)
  }

  func close() async {
    await module.stop()
    await store.close()
    try? FileManager.default.removeItem(atPath: directory)
  }
}
