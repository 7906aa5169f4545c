public import Core
public import Crypto
public import Store

/// Seals and opens one document's file, under a key of the document's own that it gives to no caller.
public struct DocumentSealer: Sendable {
  /// The version of the form in which files are sealed: it stands in each file and is bound to each chunk.
  public static let formVersion: UInt8 = 1
  /// 128 random bits, so that no key serves two files.
  public static let saltByteCount = 16

  /// Drawn for each file, and kept in it: with the salt the same sealer is had again.
  public let salt: [UInt8]
  /// The version of the person's key from which the document's comes.
  public let keyVersion: Int
  /// What seals and opens the chunks.
  public let chunks: ChunkKey

  /// The sealer of the file that has that salt.
  public init(salt: [UInt8], keyVersion: Int, chunks: ChunkKey) {
    self.salt = salt
    self.keyVersion = keyVersion
    self.chunks = chunks
  }
}

/// What keeping documents needs of the keeper of the keys: a sealer for each, whether it may be opened, and an entry that it
/// was.
/// Provided by the Vault.
public protocol DocumentSealing: Sendable {
  /// The sealer of a document's file.
  ///
  /// - Parameter salt: the file's own; nil for a new file, which gets a fresh one.
  /// - Throws: `Problem` `vault.unknown-subject`, also of an erased person; `vault.unreadable`.
  func sealer<Database: Queryable & ~Copyable>(
    for document: DocumentID, of subject: SubjectID, salt: [UInt8]?, in database: borrowing Database
  ) throws -> DocumentSealer

  /// Refuses a purpose for which the principal may open no documents.
  ///
  /// - Throws: `Problem` `vault.purpose-forbidden`, `vault.reason-missing`.
  func requirePermission(for purpose: Purpose, as principal: Principal) throws

  /// Refuses a purpose for which the person's data may not be used now.
  ///
  /// - Throws: `Problem` `vault.restricted`.
  func requireNoRestriction<Database: Queryable & ~Copyable>(
    of subject: SubjectID, for purpose: Purpose, in database: borrowing Database
  ) throws

  /// Leaves the ledger entry of an opening.
  func noteOpening(
    of subject: SubjectID, for purpose: Purpose, as principal: Principal, in transaction: borrowing Transaction
  ) throws
}
