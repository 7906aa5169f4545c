import Contracts
import Core
import Crypto

/// One document on its way in: inspected and sealed piece by piece, on a queue of its own.
///
/// Unless it is settled or left, what it has written goes with it.
actor Draft {
  private let executor = SerialQueueExecutor(label: "documents.draft")
  nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

  /// What came.
  struct Content: Sendable {
    let type: DocumentType
    let byteCount: Int
    /// Of the sealed file.
    let digest: [UInt8]
  }

  private let sealer: DocumentSealer
  private let library: CryptoLibrary
  private let byteCountMax: Int
  private var inspector = ContentInspector()
  private var file: DraftFile?
  private var writer: DocumentWriter?

  init(by sealer: DocumentSealer, library: CryptoLibrary, byteCountMax: Int) {
    self.sealer = sealer
    self.library = library
    self.byteCountMax = byteCountMax
  }

  /// Makes the file.
  func begin(_ name: String, in folder: DocumentFolder) throws {
    let file = try DraftFile(name, in: folder)
    writer = try DocumentWriter.begin(into: file.file.number, by: sealer, library: library)
    self.file = consume file
  }

  /// - Throws: `ContentRefusal`, `Problem` `document.too-large`, `DocumentFailure`.
  func take(_ bytes: [UInt8]) throws {
    guard (writer?.byteCount ?? 0) + bytes.count <= byteCountMax else {
      throw Problem(.tooLarge, "document.too-large", ["megabytes": DocumentSize.megabytes(byteCountMax)])
    }
    try unsafe bytes.withUnsafeBytes { bytes in
      try unsafe inspector.take(bytes)
      try unsafe writer?.take(bytes)
    }
  }

  /// Seals the last chunk and brings the file to the disk under its lasting name.
  ///
  /// - Throws: `ContentRefusal`, `DocumentFailure`.
  func publish() throws -> Content {
    let type = try inspector.finish()
    try writer?.finish()
    let byteCount = writer?.byteCount ?? 0
    writer = nil
    try file?.publish()
    let digest = try file?.digest(by: library) ?? []
    return Content(type: type, byteCount: byteCount, digest: digest)
  }

  /// Its row is durable.
  func settle() { file.take()?.settle() }

  /// Whether its row is durable is not known.
  func leave() { file.take()?.leave() }
}
