import Contracts
import Core
import Crypto
import Store

/// A root key that takes another's place; a class, since a noncopyable value cannot be optional and shared.
final class NewRootKey: Sendable {
  let key: RootKey

  init(_ key: consuming RootKey) { self.key = key }
}

/// Wraps every data key under a new key-encryption key and, if wanted, those under a new root key, while the service
/// runs.
///
/// Each batch is a transaction of its own on the key ring, which also keeps how far it has come: so a kill loses one
/// batch at most, memory is bounded, and an opening meanwhile waits for no more than one batch. Both versions
/// open until the last key has been wrapped anew; then the old version is destroyed.
struct Rotation {
  /// How many keys are wrapped between two commits: a few milliseconds, in which others wait for the ring.
  static let batchCount = 500

  /// How far it has come.
  struct Progress: Sendable, Equatable {
    var done: Int
    let total: Int
    /// The version under which everything will be.
    let target: Int
  }

  private let keyRing: KeyRing
  /// The root key that takes the present one's place.
  private let newRoot: NewRootKey?
  private var roots: RootTable { keyRing.roots }

  init(_ keyRing: KeyRing, to newRoot: NewRootKey? = nil) {
    self.keyRing = keyRing
    self.newRoot = newRoot
  }

  /// Goes from where it stands to the end.
  ///
  /// - Parameter report: called after each batch.
  /// - Returns: how it ended.
  /// - Throws: `Problem` `vault.root-key-unfinished`; `StoreError`.
  func run(report: (Progress) -> Void) throws -> Progress {
    var progress = try begin()
    repeat {
      report(progress)
      while try !wrapBatch(&progress) { report(progress) }
    } while try !finish(progress)
    report(progress)
    // The destroyed version's bytes go from the log as well.
    try keyRing.file.forgetDeleted()
    return progress
  }

  private func begin() throws -> Progress {
    try addRoot()
    return try keyRing.file.write { transaction in
      if let standing = try standing(in: transaction) { return standing }
      let target = try keyRing.newestKek(in: transaction).version + 1
      let kek = KeyEncryptionKey(version: target, key: try keyRing.library.randomKey())
      try add(kek, in: transaction)
      try keyRing.loadKeks(in: transaction)
      let total: Int = try transaction.value("SELECT count(*) FROM keyring_keys") ?? 0
      try transaction.run(
        """
        INSERT INTO keyring_rotation (id, target, position, done, total) VALUES (1, \(target), -1, 0, \(total))
        """)
      return Progress(done: 0, total: total, target: target)
    }
  }

  /// Lets the ring open under the new root key, beside the present one; forgets one whose taking over was given up.
  private func addRoot() throws {
    let present = try keyRing.root.name(library: keyRing.library)
    guard let newRoot else {
      // A version made now could not be wrapped under a root key that is not at hand.
      let isOther = try keyRing.file.read { snapshot in
        try snapshot.value("SELECT 1 FROM keyring_roots WHERE root <> \(present)") as Int? != nil
      }
      if isOther { throw Problem(.conflict, "vault.root-key-unfinished") }
      return
    }
    let wanted = try newRoot.key.name(library: keyRing.library)
    try keyRing.file.write { transaction in
      try roots.keepOnly([present, wanted], in: transaction)
      let isThere = try transaction.value("SELECT 1 FROM keyring_roots WHERE root = \(wanted)") as Int? != nil
      guard !isThere else { return }
      let keks = try roots.keks(under: keyRing.root, in: transaction)
      try roots.add(newRoot.key, officeKey: keyRing.officeKey, keks: keks, now: keyRing.clock.now, in: transaction)
    }
  }

  private func add(_ kek: KeyEncryptionKey, in transaction: borrowing Transaction) throws {
    try roots.add(kek, under: keyRing.root, now: keyRing.clock.now, in: transaction)
    guard let newRoot else { return }
    try roots.add(kek, under: newRoot.key, now: keyRing.clock.now, in: transaction)
  }

  private func standing(in database: borrowing some Queryable & ~Copyable) throws -> Progress? {
    try database.row("SELECT done, total, target FROM keyring_rotation WHERE id = 1") { row in
      try Progress(done: row.get(0), total: row.get(1), target: row.get(2))
    }
  }

  /// - Returns: whether there was nothing left to wrap.
  private func wrapBatch(_ progress: inout Progress) throws -> Bool {
    let target = progress.target
    let count = try keyRing.file.write { transaction in try wrapBatch(to: target, in: transaction) }
    progress.done = min(progress.done + count, progress.total)
    return count == 0
  }

  private func wrapBatch(to target: Int, in transaction: borrowing Transaction) throws -> Int {
    let position: Int64 = try transaction.value("SELECT position FROM keyring_rotation WHERE id = 1") ?? -1
    // In the order of the table, so that each page is written once.
    let rows = try transaction.rows(
      """
      SELECT subject, key_version, kek_version, wrapped FROM keyring_keys
      WHERE subject > \(position) ORDER BY subject LIMIT \(Self.batchCount)
      """
    ) { row in try WrappedKey(row) }
    guard let last = rows.last else { return 0 }
    let keks = Dictionary(
      uniqueKeysWithValues: try roots.keks(under: keyRing.root, in: transaction).map { ($0.version, $0) })
    for row in rows where row.kekVersion != target {
      guard let old = keks[row.kekVersion], let new = keks[target] else { throw CryptoFailure.notAuthentic }
      let key = try old.unwrap(row.wrapped, of: row.subject, keyVersion: row.keyVersion, library: keyRing.library)
      let wrapped = try new.wrap(key, of: row.subject, library: keyRing.library)
      try transaction.run(
        "UPDATE keyring_keys SET kek_version = \(target), wrapped = \(wrapped) WHERE subject = \(row.subject)")
    }
    try transaction.run(
      "UPDATE keyring_rotation SET position = \(last.subject), done = done + \(rows.count) WHERE id = 1")
    return rows.count
  }

  /// Destroys the versions under which no key is left.
  ///
  /// - Returns: whether none but the new one was left; otherwise it has to be gone over once more.
  private func finish(_ progress: Progress) throws -> Bool {
    let target = progress.target
    return try keyRing.file.write { transaction in
      let isLeft =
        try transaction.value(
          "SELECT 1 FROM keyring_keys WHERE kek_version <> \(target) LIMIT 1") as Int? != nil
      guard !isLeft else {
        try transaction.run("UPDATE keyring_rotation SET position = -1, done = 0 WHERE id = 1")
        return false
      }
      try transaction.run("DELETE FROM keyring_keks WHERE version <> \(target)")
      try transaction.run("DELETE FROM keyring_rotation")
      try keyRing.loadKeks(in: transaction)
      return true
    }
  }

  private struct WrappedKey: Sendable {
    let subject: SubjectID
    let keyVersion: Int
    let kekVersion: Int
    let wrapped: [UInt8]

    init(_ row: borrowing Row) throws {
      subject = try row.get(0)
      keyVersion = try row.get(1)
      kekVersion = try row.get(2)
      wrapped = try row.get(3)
    }
  }
}
