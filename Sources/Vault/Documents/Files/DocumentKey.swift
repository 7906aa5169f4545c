import Contracts
import Crypto

/// The key of one document's file, with what the file's header says of it.
final class DocumentKey: Sendable {
  let salt: [UInt8]
  let dataKeyVersion: Int
  /// Seals and opens the file's chunks.
  let chunks: ChunkKey

  /// Derives it from the person's data key.
  init(
    of document: DocumentID, of subject: SubjectID, under dataKey: borrowing DataKey, salt: [UInt8],
    library: CryptoLibrary
  ) throws(CryptoFailure) {
    chunks = ChunkKey(
      try library.derive(
        from: dataKey.key, salt: salt,
        info: DataKeyLabel.document(document, of: subject, keyVersion: dataKey.version).info),
      binding: .documentChunk(of: subject, document: document))
    self.salt = salt
    dataKeyVersion = dataKey.version
  }
}
