import Contracts
import Core
import Crypto
import Store

// What the documents need of the Vault: a key, and who is gone.
extension Vault {
  /// The key of a document's file.
  ///
  /// - Parameter salt: the file's own; nil for a new file, which gets a fresh one.
  /// - Throws: `Problem` `vault.unknown-subject`, `vault.unreadable`.
  func documentKey(
    of document: DocumentID, of subject: SubjectID, salt: [UInt8]? = nil,
    in database: borrowing some Queryable & ~Copyable
  ) throws -> DocumentKey {
    let opened = try opened
    // Between the mark and the key's destruction there is a moment in which the key is still there.
    guard try ErasureTable.find(subject, in: database) == nil else {
      throw Problem(.notFound, "vault.unknown-subject")
    }
    do {
      guard let dataKey = try opened.keyRing.dataKey(of: subject) else {
        throw Problem(.notFound, "vault.unknown-subject")
      }
      return try DocumentKey(
        of: document, of: subject, under: dataKey,
        salt: try salt ?? opened.library.randomSalt(byteCount: DocumentFormat.saltByteCount), library: opened.library)
    } catch let failure as CryptoFailure {
      log.error(
        "a document's key cannot be derived",
        ["vault.subject": subject.description, "document.id": document.description, "vault.failure": "\(failure)"])
      throw Problem(.fault, "vault.unreadable")
    }
  }

  /// The people who are erased, some at a time in the order of their numbers.
  func erasedSubjects(
    after subject: SubjectID, in database: borrowing some Queryable & ~Copyable
  ) throws -> [SubjectID] {
    try ErasureTable.page(after: subject, in: database).map(\.subject)
  }
}
