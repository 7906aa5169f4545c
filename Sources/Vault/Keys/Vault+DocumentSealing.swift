public import Contracts
public import Core
import Crypto
public import Store

extension Vault: DocumentSealing {
  /// The sealer of one document, under a key that is derived from the person's and the salt.
  ///
  /// - Throws: `Problem` `vault.unknown-subject`, also for a person who is erased; `vault.unreadable` where no key can
  ///   be derived.
  public func sealer<Database: Queryable & ~Copyable>(
    for document: DocumentID, of subject: SubjectID, salt: [UInt8]?, in database: borrowing Database
  ) throws -> DocumentSealer {
    let opened = try opened
    // Between the mark and the key's destruction there is a moment in which the key is still there.
    guard try ErasureTable.find(subject, in: database) == nil else {
      throw Problem(.notFound, "vault.unknown-subject")
    }
    do {
      guard let dataKey = try opened.keyRing.dataKey(of: subject) else {
        throw Problem(.notFound, "vault.unknown-subject")
      }
      return try DocumentSealer(
        for: document, of: subject, under: dataKey,
        salt: try salt ?? opened.library.randomSalt(byteCount: DocumentSealer.saltByteCount), library: opened.library)
    } catch let failure as CryptoFailure {
      log.error(
        "a document's key cannot be derived",
        ["vault.subject": subject.description, "document.id": document.description, "vault.failure": "\(failure)"])
      throw Problem(.fault, "vault.unreadable")
    }
  }

  /// Refuses a purpose for which the policy lets the principal open no documents.
  ///
  /// - Throws: `Problem` `vault.purpose-forbidden`; `vault.reason-missing` for `breakGlass`.
  public func requirePermission(for purpose: Purpose, as principal: Principal) throws {
    try check(purpose, principal, .document)
  }

  /// Refuses a purpose for which a restricted person's documents stay closed.
  ///
  /// - Throws: `Problem` `vault.restricted`.
  public func requireNoRestriction<Database: Queryable & ~Copyable>(
    of subject: SubjectID, for purpose: Purpose, in database: borrowing Database
  ) throws {
    try refuseRestricted(subject, purpose, in: database)
  }

  /// Leaves the ledger entry that a document of the person was opened.
  public func noteOpening(
    of subject: SubjectID, for purpose: Purpose, as principal: Principal, in transaction: borrowing Transaction
  ) throws {
    try leaveEntry(.opened, .document, of: subject, for: purpose, as: principal, in: transaction)
  }
}

extension DocumentSealer {
  /// The sealer of one document, under a key that is derived from the person's data key.
  init(
    for document: DocumentID, of subject: SubjectID, under dataKey: borrowing DataKey, salt: [UInt8],
    library: CryptoLibrary
  ) throws(CryptoFailure) {
    let label = DataKeyLabel.document(document, of: subject, keyVersion: dataKey.version)
    let key = try library.derive(from: dataKey.key, salt: salt, info: label.info)
    self.init(
      salt: salt, keyVersion: dataKey.version,
      chunks: ChunkKey(key, binding: .documentChunk(of: subject, document: document)))
  }
}

extension AssociatedData {
  /// What a document's chunk belongs to; its place is in the nonce.
  static func documentChunk(of subject: SubjectID, document: DocumentID) -> Self {
    Self("gapura/v1/document-chunk").adding(Int64(DocumentSealer.formVersion)).adding(subject.rawValue)
      .adding(document.rawValue)
  }
}
