import Contracts
import Core
import Crypto
import Glibc

/// Seals a document into an open file while its content arrives, one chunk in memory at a time.
struct DocumentWriter: ~Copyable {
  private var cipher: ChunkCipher
  private let buffer = ChunkBuffer(byteCount: DocumentFormat.sealedChunkByteCount)
  private let file: Int32
  private var filled = 0
  private var chunk = 0
  /// How much plaintext has been taken.
  private(set) var byteCount = 0

  private init(_ cipher: consuming ChunkCipher, into file: Int32) {
    self.cipher = cipher
    self.file = file
  }

  /// Begins a file with its header. `file` stays the caller's.
  static func begin(into file: Int32, by sealer: DocumentSealer, library: CryptoLibrary) throws -> DocumentWriter {
    let header = [DocumentFormat.version] + sealer.salt
    try unsafe header.withUnsafeBytes { header in try unsafe writeAll(header, to: file) }
    return DocumentWriter(try ChunkCipher(.seal, under: sealer.chunks, library: library), into: file)
  }

  /// Takes the next bytes of the content.
  mutating func take(_ bytes: UnsafeRawBufferPointer) throws {
    var taken = 0
    while taken < bytes.count {
      // A full chunk is sealed only when more comes: not before is it known not to be the last.
      if filled == DocumentFormat.chunkByteCount { try flush(isLast: false) }
      let count = min(bytes.count - taken, DocumentFormat.chunkByteCount - filled)
      unsafe buffer.withBytes { buffer in
        if let start = bytes.baseAddress { unsafe memcpy(buffer + filled, start + taken, count) }
      }
      filled += count
      taken += count
    }
    byteCount += bytes.count
  }

  /// Seals what is left as the last chunk. Nothing may be taken after it.
  mutating func finish() throws { try flush(isLast: true) }

  private mutating func flush(isLast: Bool) throws {
    let (filled, chunk, file) = (filled, chunk, file)
    try unsafe buffer.withBytes { buffer in
      try unsafe cipher.seal(buffer, count: filled, chunk: chunk, isLast: isLast)
      try unsafe Self.writeAll(
        UnsafeRawBufferPointer(start: buffer, count: filled + ChunkCipher.tagByteCount), to: file)
    }
    self.chunk += 1
    self.filled = 0
  }

  private static func writeAll(_ bytes: UnsafeRawBufferPointer, to file: Int32) throws {
    var written = 0
    while written < bytes.count {
      let count = unsafe write(file, bytes.baseAddress.map { unsafe $0 + written }, bytes.count - written)
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw DocumentFailure.unreadable(errno) }
      written += count
    }
  }
}
