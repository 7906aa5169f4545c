import Core
import Crypto
import Glibc

extension CryptoLibrary {
  /// SHA-256 over all of a file, from its beginning, wherever it stands in reading.
  ///
  /// - Throws: `DocumentFailure.unreadable`, `CryptoFailure`.
  func sha256(of file: borrowing FileDescriptor) throws -> [UInt8] {
    let digester = try Digester(self)
    let buffer = ChunkBuffer(byteCount: DocumentFormat.chunkByteCount)
    try digester.begin()
    var offset = 0
    while true {
      let count = unsafe buffer.withBytes { bytes in
        unsafe pread(file.number, bytes, DocumentFormat.chunkByteCount, off_t(offset))
      }
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw DocumentFailure.unreadable(errno) }
      guard count > 0 else { return try digester.finish() }
      try unsafe buffer.withBytes { bytes in
        try unsafe digester.take(UnsafeRawBufferPointer(start: bytes, count: count))
      }
      offset += count
    }
  }
}
