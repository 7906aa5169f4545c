import Contracts
import Core
import Crypto

/// One document on its way in: inspected, freed of where it was taken, and sealed piece by piece, on a queue of its own.
///
/// Unless it is settled or left, what it has written goes with it.
actor Draft {
  private let executor = SerialQueueExecutor(label: "documents.draft")
  nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

  /// What came.
  struct Content: Sendable {
    let type: DocumentType
    let byteCount: Int
    /// The sealed file's digest.
    let digest: [UInt8]
  }

  private let sealer: DocumentSealer
  private let library: CryptoLibrary
  private let byteCountMax: Int
  private var inspector = ContentInspector()
  private var eraser = GPSEraser()
  /// How much has come; some of it may still be held back.
  private var byteCount = 0
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
    guard byteCount + bytes.count <= byteCountMax else {
      throw Problem(.tooLarge, "document.too-large", ["megabytes": DocumentSize.megabytes(byteCountMax)])
    }
    byteCount += bytes.count
    try unsafe bytes.withUnsafeBytes { bytes in try unsafe inspector.take(bytes) }
    try seal(eraser.take(bytes))
  }

  private func seal(_ bytes: [UInt8]) throws {
    try unsafe bytes.withUnsafeBytes { bytes in
      // All of it may be held back.
      guard bytes.count > 0 else { return }
      try unsafe writer?.take(bytes)
    }
  }

  /// Seals the last chunk and brings the file to the disk under its lasting name.
  ///
  /// - Throws: `ContentRefusal`, `DocumentFailure`.
  func publish() throws -> Content {
    let type = try inspector.finish()
    try seal(eraser.finish())
    try writer?.finish()
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
