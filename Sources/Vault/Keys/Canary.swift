import Core
import Store

/// A sealed word that opens only under the root key with which the database was begun.
enum Canary {
  private static let word = Array("gapura".utf8)

  /// Whether the database has one, that is, whether it has been begun.
  static func isPresent(in database: borrowing some Queryable & ~Copyable) throws -> Bool {
    let count: Int? = try database.value("SELECT count(*) FROM vault_canary")
    return count != 0
  }

  /// Seals the canary in a new database.
  static func plant(root: borrowing RootKey, library: CryptoLibrary, in transaction: borrowing Transaction) throws {
    let plaintext = unsafe SecretBytes.filled(count: word.count) { buffer in unsafe buffer.copyBytes(from: word) }
    let sealed = try library.seal(
      plaintext, under: root.key(for: .canary, library: library), binding: AssociatedData("gapura/v1/canary"))
    try transaction.run("INSERT INTO vault_canary (id, sealed) VALUES (1, \(sealed))")
  }

  /// - Throws: `Problem` `vault.wrong-root-key` when the canary does not open.
  static func check(
    root: borrowing RootKey, library: CryptoLibrary, in database: borrowing some Queryable & ~Copyable
  ) throws {
    let sealed: [UInt8]? = try database.value("SELECT sealed FROM vault_canary WHERE id = 1")
    let key = try root.key(for: .canary, library: library)
    guard let sealed, (try? library.open(sealed, under: key, binding: AssociatedData("gapura/v1/canary"))) != nil else {
      throw Problem(.unavailable, "vault.wrong-root-key")
    }
  }
}
