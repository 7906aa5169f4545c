import Client
import Contracts
import Core
import Crypto
import Foundation
import Store
import Synchronization
import XCTest

@testable import Vault

/// Keeps every line, so that tests can search them.
final class RecordingLog: Log {
  private let kept = Mutex<[String]>([])
  var lines: [String] { kept.withLock { $0 } }

  func record(_ level: LogLevel, _ message: StaticString, _ fields: [(name: StaticString, value: String)]) {
    kept.withLock { $0.append("\(level) \(message) \(fields)") }
  }
}

/// A state directory of its own with a store and a root key; the vault on top of it can be opened again and again.
final class House {
  let directory: String
  let store: Store
  let clock = ManualClock(Instant(milliseconds: 1_795_000_000_000))
  let log = RecordingLog()
  var databasePath: String { "\(directory)/gapura.db" }
  var source: RootKeySource { RootKeySource(credentialsDirectory: nil, stateDirectory: directory) }

  init() async throws {
    directory = try makeDirectory()
    store = try Store.open(at: "\(directory)/gapura.db", clock: clock, log: log)
    try await store.migrate(VaultModule.schemas)
    try RootKeyFile.create(source.developmentFile, library: CryptoLibrary())
  }

  /// The files of a directory that is there already.
  init(at directory: String) async throws {
    self.directory = directory
    store = try Store.open(at: "\(directory)/gapura.db", clock: clock, log: log)
    try await store.migrate(VaultModule.schemas)
  }

  /// A state directory put back from a data backup, with a copy of the ring and root key that another one has now.
  init(restoring backup: String, besideTheRingOf house: House) async throws {
    directory = try makeDirectory()
    let files = FileManager.default
    try files.copyItem(atPath: backup, toPath: "\(directory)/gapura.db")
    let rootKey = RootKeySource.name
    if files.fileExists(atPath: "\(house.directory)/\(rootKey)") {
      try files.copyItem(atPath: "\(house.directory)/\(rootKey)", toPath: "\(directory)/\(rootKey)")
    }
    // By SQLite: a log that is carried over while it is copied would be missing.
    try house.tamper("VACUUM ring INTO '\(directory)/keyring.db'")
    store = try Store.open(at: "\(directory)/gapura.db", clock: clock, log: log)
    try await store.migrate(VaultModule.schemas)
  }

  func vault() async throws -> Vault {
    let vault = try newVault()
    try await vault.open()
    return vault
  }

  func newVault() throws -> Vault {
    Vault(
      source: source, store: store, clock: clock, random: SystemRandom(), log: log, library: try CryptoLibrary())
  }

  func module() throws -> VaultModule {
    var services = ServiceRegistry()
    services.provide(Store.self, store)
    services.provide((any WallClock).self, clock)
    services.provide((any RandomSource).self, SystemRandom())
    services.provide((any Log).self, log)
    services.provide(RootKeySource.self, source)
    return try VaultModule(services: services)
  }

  /// Runs SQL on the file as somebody with a database shell would, past Store and its rules.
  func tamper(_ sql: String) throws {
    try DatabaseShell.run(sql, on: databasePath, withRing: "\(directory)/keyring.db")
  }

  deinit { try? FileManager.default.removeItem(atPath: directory) }
}

/// In memory where there is such a place: what is killed here is the process, not the machine.
func makeDirectory() throws -> String {
  let memory = FileManager.default.isWritableFile(atPath: "/dev/shm")
  let path = (memory ? "/dev/shm" : FileManager.default.temporaryDirectory.path) + "/gapura-vault-\(UUID().uuidString)"
  try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  return path
}

extension XCTestCase {
  /// A directory that goes when the test is done. A database that is just closing takes its own files away
  /// at the same moment, so what has gone meanwhile is no fault: what counts is that nothing stays.
  func temporaryDirectory() throws -> String {
    let path = try makeDirectory()
    addTeardownBlock {
      let files = FileManager.default
      for _ in 0..<10 where files.fileExists(atPath: path) { try? files.removeItem(atPath: path) }
      XCTAssertFalse(files.fileExists(atPath: path), "\(path) cannot be removed")
    }
    return path
  }
}

/// Awaits the failure of `body` and returns it.
func failure<T>(
  _ body: () async throws -> T, file: StaticString = #filePath, line: UInt = #line
) async -> (any Error)? {
  do {
    _ = try await body()
    XCTFail("nothing was thrown", file: file, line: line)
    return nil
  } catch {
    return error
  }
}

extension Biodata {
  static let sample = Biodata(
    fullName: "Siti Rahmawati Planted", nik: "3173054107900001", birthPlace: "Plantedtown", dateOfBirth: "1990-07-01",
    sex: "P", nationality: "IDN")
}

extension Contact {
  static let sample = Contact(telephone: "+6281234567890", email: "planted@contoh.id", address: "Jalan Planted 12")
}
