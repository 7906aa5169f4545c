import Contracts
import Core
import Crypto
import Glibc

/// Opens a sealed document chunk by chunk. Nothing is given out that has not been authenticated in its place.
struct DocumentReader: ~Copyable {
  private var cipher: ChunkCipher
  private let buffer = ChunkBuffer(byteCount: DocumentFormat.sealedChunkByteCount)
  private let file: FileDescriptor
  private let byteCount: Int
  private let chunkCount: Int
  private var chunk = 0

  private init(_ file: consuming FileDescriptor, _ cipher: consuming ChunkCipher, byteCount: Int) {
    self.file = file
    self.cipher = cipher
    self.byteCount = byteCount
    chunkCount = DocumentFormat.chunkCount(byteCount)
  }

  /// Proves that the file holds a document of just that length: its last chunk opens as the last one, in that place.
  ///
  /// - Parameter sealer: the one with the salt that `salt(of:)` gave.
  /// - Throws: `DocumentFailure`.
  static func open(
    _ file: consuming FileDescriptor, byteCount: Int, by sealer: DocumentSealer, library: CryptoLibrary
  ) throws -> DocumentReader {
    let found = try length(of: file)
    let expected = DocumentFormat.fileByteCount(byteCount)
    guard found >= expected else { throw DocumentFailure.truncated }
    guard found == expected else { throw DocumentFailure.appended }
    var reader = DocumentReader(
      file, try ChunkCipher(.open, under: sealer.chunks, library: library), byteCount: byteCount)
    _ = try reader.read(reader.chunkCount - 1)
    return reader
  }

  /// The salt in a file's header.
  static func salt(of file: borrowing FileDescriptor) throws -> [UInt8] {
    var header = [UInt8](repeating: 0, count: DocumentFormat.headerByteCount)
    let count = unsafe pread(file.number, &header, header.count, 0)
    guard count >= 0 else { throw DocumentFailure.unreadable(errno) }
    guard count == header.count else { throw DocumentFailure.truncated }
    guard header[0] == DocumentFormat.version else { throw DocumentFailure.malformed }
    return Array(header.dropFirst())
  }

  /// The next chunk's plaintext; nil after the last one.
  mutating func next() throws -> [UInt8]? {
    guard chunk < chunkCount else { return nil }
    defer { chunk += 1 }
    return try read(chunk)
  }

  private mutating func read(_ chunk: Int) throws -> [UInt8] {
    let isLast = chunk == chunkCount - 1
    let count = isLast ? byteCount - chunk * DocumentFormat.chunkByteCount : DocumentFormat.chunkByteCount
    try fill(from: DocumentFormat.offset(ofChunk: chunk), count: count + ChunkCipher.tagByteCount)
    var isAuthentic = false
    let plaintext = unsafe [UInt8](unsafeUninitializedCapacity: max(1, count)) { output, written in
      guard let start = output.baseAddress else { return }
      isAuthentic = unsafe buffer.withBytes { sealed in
        unsafe cipher.open(sealed, count: count, into: start, chunk: chunk, isLast: isLast)
      }
      written = isAuthentic ? count : 0
    }
    guard isAuthentic else { throw DocumentFailure.notAuthentic(chunk: chunk) }
    return plaintext
  }

  private func fill(from offset: Int, count: Int) throws {
    try unsafe buffer.withBytes { buffer in
      var filled = 0
      while filled < count {
        let got = unsafe pread(file.number, buffer + filled, count - filled, off_t(offset + filled))
        if got < 0 && errno == EINTR { continue }
        guard got >= 0 else { throw DocumentFailure.unreadable(errno) }
        guard got > 0 else { throw DocumentFailure.truncated }
        filled += got
      }
    }
  }

  /// How many bytes a document's file has.
  static func length(of file: borrowing FileDescriptor) throws(DocumentFailure) -> Int {
    do throws(SystemCallFailure) { return try file.byteCount() } catch { throw .unreadable(error.code) }
  }
}
