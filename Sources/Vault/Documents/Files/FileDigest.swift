import COpenSSL
import Glibc

extension CryptoLibrary {
  /// SHA-256 over all of a file, from its beginning, whatever has been read of it.
  ///
  /// - Throws: `DocumentFailure.unreadable`, `CryptoFailure`.
  func sha256(of file: borrowing FileDescriptor) throws -> [UInt8] {
    let context = try unsafe LibraryObject("digest context", EVP_MD_CTX_new()) { unsafe EVP_MD_CTX_free($0) }
    let buffer = ChunkBuffer()
    var digest = [UInt8](repeating: 0, count: Self.digestByteCount)
    var isRight = unsafe context.withPointer { context in
      unsafe sha256.withPointer { algorithm in unsafe EVP_DigestInit_ex2(context, algorithm, nil) == 1 }
    }
    var offset = 0
    while isRight {
      let count = unsafe buffer.withBytes { bytes in
        unsafe pread(file.number, bytes, DocumentFormat.chunkByteCount, off_t(offset))
      }
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw DocumentFailure.unreadable(errno) }
      guard count > 0 else { break }
      isRight = unsafe context.withPointer { context in
        unsafe buffer.withBytes { bytes in unsafe EVP_DigestUpdate(context, bytes, count) == 1 }
      }
      offset += count
    }
    let isDone = unsafe context.withPointer { context in
      unsafe isRight && EVP_DigestFinal_ex(context, &digest, nil) == 1
    }
    guard isDone else { throw CryptoFailure.drained("SHA-256") }
    return digest
  }
}
