import Contracts

/// The key of one document's file, and what its chunks are bound to.
final class DocumentKey: Sendable {
  let salt: [UInt8]
  let dataKeyVersion: Int
  let associated: AssociatedData
  private let key: SecretBytes

  /// Derives it from the person's data key.
  init(
    of document: DocumentID, of subject: SubjectID, under dataKey: borrowing DataKey, salt: [UInt8],
    library: CryptoLibrary
  ) throws(CryptoFailure) {
    key = try library.derive(
      from: dataKey.key, salt: salt,
      info: DataKeyLabel.document(document, of: subject, keyVersion: dataKey.version).info)
    self.salt = salt
    dataKeyVersion = dataKey.version
    associated = .documentChunk(of: subject, document: document)
  }

  /// Lends the key's bytes.
  func withBytes<Result: ~Copyable, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try unsafe key.withBytes(body)
  }
}
