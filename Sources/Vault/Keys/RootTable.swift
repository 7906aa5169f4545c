import Contracts
import Core
import Crypto
import Store

/// The root keys under which the key ring opens, and what each of them wraps.
///
/// There is one; only while one takes the other's place are there two, so that a process that still holds the old one can
/// go on.
struct RootTable: Sendable {
  let library: CryptoLibrary

  private static let canaryWord = Array("gapura".utf8)

  /// What stands under one root key.
  struct Standing: Sendable {
    /// The order in which root keys came; the newest has the highest.
    let ordinal: Int
    let canary: [UInt8]
    let officeKey: [UInt8]
  }

  /// Whether the ring has not been begun.
  func isEmpty(in database: borrowing some Queryable & ~Copyable) throws -> Bool {
    try database.value("SELECT root FROM keyring_roots LIMIT 1") as [UInt8]? == nil
  }

  /// How many root keys open the ring; two while one takes the other's place.
  func count(in database: borrowing some Queryable & ~Copyable) throws -> Int {
    try database.value("SELECT count(*) FROM keyring_roots") ?? 0
  }

  /// Lets the ring open under a root key: its canary, and the office key and each key-encryption key wrapped under it.
  func add(
    _ root: borrowing RootKey, officeKey: borrowing OfficeKey, keks: [KeyEncryptionKey], now: Instant,
    in transaction: borrowing Transaction
  ) throws {
    let name = try root.name(library: library)
    let wrappingKey = try root.key(for: .keyWrapping, library: library)
    let ordinal = (try newestOrdinal(in: transaction) ?? 0) + 1
    try transaction.run(
      """
      INSERT INTO keyring_roots (root, ordinal, canary, office_key, created)
      VALUES (
        \(name), \(ordinal), \(try canary(root)), \(try officeKey.wrapped(under: wrappingKey, library: library)), \(now))
      """)
    for kek in keks { try add(kek, under: root, now: now, in: transaction) }
  }

  /// Keeps a key-encryption key wrapped under a root key.
  func add(
    _ kek: KeyEncryptionKey, under root: borrowing RootKey, now: Instant, in transaction: borrowing Transaction
  ) throws {
    let wrapped = try kek.wrapped(under: root.key(for: .keyWrapping, library: library), library: library)
    try transaction.run(
      """
      INSERT INTO keyring_keks (version, root, wrapped, created)
      VALUES (\(kek.version), \(try root.name(library: library)), \(wrapped), \(now)) ON CONFLICT DO NOTHING
      """)
  }

  /// What stands under that root key.
  ///
  /// - Throws: `Problem` `vault.wrong-root-key` when nothing does, or its canary does not open.
  func standing(under root: borrowing RootKey, in database: borrowing some Queryable & ~Copyable) throws -> Standing {
    let name = try root.name(library: library)
    let standing = try database.row("SELECT ordinal, canary, office_key FROM keyring_roots WHERE root = \(name)") {
      row in
      try Standing(ordinal: row.get(0), canary: row.get(1), officeKey: row.get(2))
    }
    let key = try root.key(for: .canary, library: library)
    guard let standing, (try? library.open(standing.canary, under: key, binding: .canary)) != nil else {
      throw Problem(.unavailable, "vault.wrong-root-key")
    }
    return standing
  }

  /// The office key wrapped under that root key.
  ///
  /// - Throws: `Problem` `vault.kek-unreadable` when it does not open.
  func officeKey(_ standing: Standing, under root: borrowing RootKey) throws -> OfficeKey {
    let wrappingKey = try root.key(for: .keyWrapping, library: library)
    guard let key = try? library.open(standing.officeKey, under: wrappingKey, binding: .officeKey),
      key.count == CryptoLibrary.keyByteCount
    else { throw Problem(.unavailable, "vault.kek-unreadable", ["version": "0"]) }
    return OfficeKey(key)
  }

  /// The key-encryption keys wrapped under that root key, lowest version first.
  ///
  /// - Throws: `Problem` `vault.kek-unreadable` when one does not open.
  func keks(under root: borrowing RootKey, in database: borrowing some Queryable & ~Copyable) throws
    -> [KeyEncryptionKey]
  {
    let name = try root.name(library: library)
    let wrappingKey = try root.key(for: .keyWrapping, library: library)
    let rows = try database.rows(
      "SELECT version, wrapped FROM keyring_keks WHERE root = \(name) ORDER BY version"
    ) { row in (version: try row.get(0) as Int, wrapped: try row.get(1) as [UInt8]) }
    return try rows.map { version, wrapped in
      guard let key = try? library.open(wrapped, under: wrappingKey, binding: .keyEncryptionKey(version: version)),
        key.count == CryptoLibrary.keyByteCount
      else { throw Problem(.unavailable, "vault.kek-unreadable", ["version": String(version)]) }
      return KeyEncryptionKey(version: version, key: key)
    }
  }

  /// The number of the newest root key in their order; nil before the ring is begun.
  func newestOrdinal(in database: borrowing some Queryable & ~Copyable) throws -> Int? {
    try database.value("SELECT max(ordinal) FROM keyring_roots")
  }

  /// Lets the ring open no more under any root key but those named.
  func keepOnly(_ names: [[UInt8]], in transaction: borrowing Transaction) throws {
    try transaction.run("DELETE FROM keyring_keks WHERE root NOT IN \(anyOf: names)")
    try transaction.run("DELETE FROM keyring_roots WHERE root NOT IN \(anyOf: names)")
  }

  private func canary(_ root: borrowing RootKey) throws -> [UInt8] {
    let word = unsafe SecretBytes.filled(count: Self.canaryWord.count) { buffer in
      unsafe buffer.copyBytes(from: Self.canaryWord)
    }
    return try library.seal(word, under: root.key(for: .canary, library: library), binding: .canary)
  }
}

extension AssociatedData {
  /// What a canary belongs to.
  static var canary: Self { Self("gapura/v1/canary") }
}
