import Core
import Crypto
import Store

/// The data file's mark: a sealed word that opens only beside the key ring with which the file was begun.
enum Pairing {
  private static let word = Array("gapura".utf8)
  private static let binding = AssociatedData("gapura/v1/pairing")

  /// Whether the data file has one, that is, whether it has been begun.
  static func isPresent(in database: borrowing some Queryable & ~Copyable) throws -> Bool {
    let count: Int? = try database.value("SELECT count(*) FROM vault_canary")
    return count != 0
  }

  /// Marks a new data file as this ring's.
  static func begin(_ officeKey: borrowing OfficeKey, library: CryptoLibrary, in transaction: borrowing Transaction)
    throws
  {
    let plaintext = unsafe SecretBytes.filled(count: word.count) { buffer in unsafe buffer.copyBytes(from: word) }
    let sealed = try library.seal(plaintext, under: officeKey.key(for: .pairing, library: library), binding: binding)
    try transaction.run("INSERT INTO vault_canary (id, sealed) VALUES (1, \(sealed))")
    try transaction.run("INSERT INTO vault_key_ring (id, batch) VALUES (1, 0)")
  }

  /// - Throws: `Problem` `vault.foreign-key-ring` when the mark is another ring's.
  static func check(
    _ officeKey: borrowing OfficeKey, library: CryptoLibrary, in database: borrowing some Queryable & ~Copyable
  ) throws {
    let sealed: [UInt8]? = try database.value("SELECT sealed FROM vault_canary WHERE id = 1")
    let key = try officeKey.key(for: .pairing, library: library)
    guard let sealed, (try? library.open(sealed, under: key, binding: binding)) != nil else {
      throw Problem(.unavailable, "vault.foreign-key-ring")
    }
  }
}
