internal import Client
public import Core
internal import Foundation
public import Store
internal import Synchronization
public import Vault

/// A state directory of its own with a store and a root key; the vault on top of it can be opened again and again.
public final class VaultOffice {
  public let directory: String
  public let store: Store
  public let clock = ManualClock(Instant(milliseconds: 1_795_000_000_000))
  public let log = RecordingLog()
  public var databasePath: String { "\(directory)/gapura.db" }
  public var source: RootKeySource { RootKeySource(credentialsDirectory: nil, stateDirectory: directory) }

  public init() async throws {
    directory = try makeDirectory()
    store = try Store.open(at: "\(directory)/gapura.db", clock: clock, log: log)
    try await store.migrate(VaultModule.schemas)
    _ = FileManager.default.createFile(
      atPath: source.developmentFile, contents: Data(SystemRandom().bytes(32)), attributes: [.posixPermissions: 0o600])
  }

  /// The files of a directory that is there already.
  public init(at directory: String) async throws {
    self.directory = directory
    store = try Store.open(at: "\(directory)/gapura.db", clock: clock, log: log)
    try await store.migrate(VaultModule.schemas)
  }

  /// A state directory put back from a data backup, with a copy of the ring and root key that another one has now.
  public init(restoring backup: String, besideTheRingOf office: VaultOffice) async throws {
    directory = try makeDirectory()
    let files = FileManager.default
    try files.copyItem(atPath: backup, toPath: "\(directory)/gapura.db")
    let rootKey = RootKeySource.name
    if files.fileExists(atPath: "\(office.directory)/\(rootKey)") {
      try files.copyItem(atPath: "\(office.directory)/\(rootKey)", toPath: "\(directory)/\(rootKey)")
    }
    // By SQLite: a log that is carried over while it is copied would be missing.
    try office.tamper("VACUUM ring INTO '\(directory)/keyring.db'")
    store = try Store.open(at: "\(directory)/gapura.db", clock: clock, log: log)
    try await store.migrate(VaultModule.schemas)
  }

  /// A vault that is open.
  public func vault() async throws -> Vault {
    let vault = try newVault()
    try await vault.open()
    return vault
  }

  /// A vault that is not open yet.
  public func newVault() throws -> Vault { try module().vault }

  /// The Vault as a module.
  public func module() throws -> VaultModule {
    var services = ServiceRegistry()
    services.provide(Store.self, store)
    services.provide((any WallClock).self, clock)
    services.provide((any RandomSource).self, SystemRandom())
    services.provide((any Log).self, log)
    services.provide(RootKeySource.self, source)
    return try VaultModule(services: services)
  }

  /// Runs SQL on the file as a person with a database shell would, past Store and its rules.
  public func tamper(_ sql: String) throws {
    try DatabaseShell.run(sql, on: databasePath, withRing: "\(directory)/keyring.db")
  }

  deinit { try? FileManager.default.removeItem(atPath: directory) }
}

/// Keeps every line, so that tests can search them.
public final class RecordingLog: Log {
  private let kept = Mutex<[String]>([])
  public var lines: [String] { kept.withLock { $0 } }

  public init() {}

  public func record(_ level: LogLevel, _ message: StaticString, _ fields: [(name: StaticString, value: String)]) {
    kept.withLock { $0.append("\(level) \(message) \(fields)") }
  }
}

/// In memory where there is such a place: what is killed here is the process, not the machine.
public func makeDirectory() throws -> String {
  let memory = FileManager.default.isWritableFile(atPath: "/dev/shm")
  let path = (memory ? "/dev/shm" : FileManager.default.temporaryDirectory.path) + "/gapura-vault-\(UUID().uuidString)"
  try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  return path
}
