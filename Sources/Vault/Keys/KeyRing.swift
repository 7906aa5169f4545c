import Contracts
import Core
import Crypto
import Glibc
import Store
import Synchronization

/// The key ring: a second database file with the key-encryption keys and one wrapped data key a person.
///
/// It stands apart from the records so that it can be backed up apart and its copies kept for a short time only: then
/// destroying a key reaches every data backup, however old. docs/decisions/0007 says how the two files stay consistent.
final class KeyRing: Sendable {
  let file: CompanionStore
  let roots: RootTable
  let library: CryptoLibrary
  let clock: any WallClock
  let root: RootKey
  let officeKey: OfficeKey
  private let lock: ProcessLock
  private let keks = Mutex<[Int: KeyEncryptionKey]>([:])
  let prepared = Mutex(PreparedKeys())
  /// How many data keys were unwrapped so far.
  let unwrappedCount = Mutex(0)

  /// Whether no other process had the ring open when this one was opened.
  var wasAlone: Bool { lock.wasAlone }

  private init(
    file: CompanionStore, roots: RootTable, clock: any WallClock, root: consuming RootKey,
    officeKey: consuming OfficeKey, lock: consuming ProcessLock
  ) {
    self.file = file
    self.roots = roots
    library = roots.library
    self.clock = clock
    self.root = root
    self.officeKey = officeKey
    self.lock = lock
  }

  /// Opens the ring, and begins one where there is none.
  ///
  /// - Parameters:
  ///   - isNeeded: there are records already, so a ring that has not been begun is one that was lost.
  ///   - mayUpgrade: as the data file's (`Store.open`).
  /// - Throws: `Problem` `vault.wrong-root-key`, `vault.key-ring-missing`, `vault.kek-unreadable`,
  ///   `vault.key-ring-unusable`; `StoreError`.
  static func open(
    _ files: KeyRingFiles, root: consuming RootKey, isNeeded: Bool, library: CryptoLibrary, clock: any WallClock,
    log: any Log, mayUpgrade: Bool
  ) throws -> KeyRing {
    let file = try CompanionStore.open(
      at: files.file, schema: .keyRing, clock: clock, log: log, mayUpgrade: mayUpgrade)
    let roots = RootTable(library: library)
    let fresh = OfficeKey(try library.randomKey())
    let isBegun = try file.read { try !roots.isEmpty(in: $0) }
    if !isBegun {
      guard !isNeeded else { throw Problem(.unavailable, "vault.key-ring-missing", ["path": files.file]) }
      try file.write { transaction in
        // Another process may have begun it since.
        guard try roots.isEmpty(in: transaction) else { return }
        let kek = KeyEncryptionKey(version: 1, key: try library.randomKey())
        try roots.add(root, officeKey: fresh, keks: [kek], now: clock.now, in: transaction)
        try transaction.run("INSERT INTO keyring_batch (id, batch) VALUES (1, 0)")
      }
    }
    let standing = try file.read { try roots.standing(under: root, in: $0) }
    let officeKey = try roots.officeKey(standing, under: root)
    let name = try root.name(library: library)
    let lock = try ProcessLock.take(files.lock) {
      // The process that held the old root key is gone; the newest one is in force alone.
      guard try file.read({ try roots.count(in: $0) }) > 1 else { return }
      try file.write { transaction in
        guard try roots.newestOrdinal(in: transaction) == standing.ordinal else { return }
        try roots.keepOnly([name], in: transaction)
      }
    }
    let ring = KeyRing(file: file, roots: roots, clock: clock, root: root, officeKey: officeKey, lock: lock)
    try ring.file.read { snapshot in try ring.loadKeks(in: snapshot) }
    return ring
  }

  /// The version under which new data keys are wrapped: the highest.
  var currentVersion: Int { keks.withLock { $0.keys.max() ?? 0 } }

  /// The person's data key; nil when there is no such person, or not any more.
  ///
  /// - Throws: `CryptoFailure` when it does not open.
  func dataKey(of subject: SubjectID) throws -> DataKey? {
    let row = try file.read { snapshot in
      try snapshot.row(
        "SELECT key_version, kek_version, wrapped FROM keyring_keys WHERE subject = \(subject)"
      ) { row in
        (keyVersion: try row.get(0) as Int, kekVersion: try row.get(1) as Int, wrapped: try row.get(2) as [UInt8])
      }
    }
    guard let row else { return nil }
    unwrappedCount.withLock { $0 += 1 }
    return try keyEncryptionKey(row.kekVersion)
      .unwrap(row.wrapped, of: subject, keyVersion: row.keyVersion, library: library)
  }

  /// Every key-encryption key that is open now.
  var openKeks: [KeyEncryptionKey] { keks.withLock { $0.values.sorted { $0.version < $1.version } } }

  /// The key of the highest version in the file; another process may have made it a moment ago.
  func newestKek(in database: borrowing some Queryable & ~Copyable) throws -> KeyEncryptionKey {
    let newest: Int = try database.value("SELECT max(version) FROM keyring_keks") ?? 0
    if let key = keks.withLock({ $0[newest] }) { return key }
    try loadKeks(in: database)
    guard let key = keks.withLock({ $0[newest] }) else { throw CryptoFailure.notAuthentic }
    return key
  }

  /// Opens what stands in the file, and drops what does not any more.
  func loadKeks(in database: borrowing some Queryable & ~Copyable) throws {
    let keys = try roots.keks(under: root, in: database)
    keks.withLock { keks in keks = Dictionary(uniqueKeysWithValues: keys.map { ($0.version, $0) }) }
  }

  private func keyEncryptionKey(_ version: Int) throws -> KeyEncryptionKey {
    if let key = keks.withLock({ $0[version] }) { return key }
    // A rotation, in this process or another, has made it since.
    try file.read { snapshot in try loadKeks(in: snapshot) }
    guard let key = keks.withLock({ $0[version] }) else { throw CryptoFailure.notAuthentic }
    return key
  }
}

/// Where the key ring's files lie.
struct KeyRingFiles: Sendable {
  let directory: String
  /// The database.
  let file: String
  /// Held by each process that has it open.
  let lock: String

  /// Whether there is a key ring.
  var isThere: Bool { unsafe access(file, F_OK) == 0 }

  init(directory: String) {
    self.directory = directory
    file = "\(directory)/keyring.db"
    lock = "\(directory)/keyring.lock"
  }
}
