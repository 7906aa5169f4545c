import Contracts
import Core
import Crypto

/// One document on its way out, on a queue of its own.
actor OpenDocument {
  private let executor = SerialQueueExecutor(label: "documents.open")
  nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

  private let row: DocumentRow
  private let folder: DocumentFolder
  private let library: CryptoLibrary
  private var reader: DocumentReader?

  init(_ row: DocumentRow, in folder: DocumentFolder, library: CryptoLibrary) {
    self.row = row
    self.folder = folder
    self.library = library
  }

  /// The salt in the file's header.
  func salt() throws -> [UInt8] { try DocumentReader.salt(of: folder.open(row.name)) }

  /// The sealed file's digest.
  func digest() throws -> [UInt8] { try library.sha256(of: folder.open(row.name)) }

  /// Opens the file and proves that it is whole.
  func begin(by sealer: DocumentSealer) throws {
    reader = try DocumentReader.open(
      folder.open(row.name), byteCount: row.summary.byteCount, by: sealer, library: library)
  }

  /// The next chunk; nil after the last one.
  func next() throws -> [UInt8]? { try reader?.next() }

  /// Shows all of it to the scanner.
  ///
  /// - Throws: `Clamd.Failure`, `DocumentFailure`.
  func scan(by settings: ClamdSettings) throws -> Clamd.Verdict {
    let clamd = try Clamd.begin(at: settings.address, timeout: settings.timeout)
    while let chunk = try reader?.next() { try clamd.take(chunk) }
    return try clamd.finish()
  }
}
