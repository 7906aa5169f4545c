import COpenSSL

/// SHA-256 (FIPS 180-4) in a context that is set up once and used again and again.
///
/// Belongs to one task at a time. `digest` is for what is at hand; what comes in pieces goes through `begin`, `take` and
/// `finish`.
public final class Digester {
  private let library: CryptoLibrary
  private let context: LibraryObject

  /// Sets the context up; the first digest needs no more.
  public init(_ library: CryptoLibrary) throws(CryptoFailure) {
    self.library = library
    context = try unsafe LibraryObject("digest context", EVP_MD_CTX_new()) { unsafe EVP_MD_CTX_free($0) }
  }

  /// Writes SHA-256 of two byte strings, one after the other, over `digest`, which has 32 bytes.
  public func digest(_ first: [UInt8], _ second: [UInt8], into digest: inout [UInt8]) throws(CryptoFailure) {
    precondition(digest.count == CryptoLibrary.digestByteCount, "SHA-256 has 32 bytes")
    let isDone = unsafe context.withPointer { context in
      unsafe library.sha256.withPointer { algorithm in
        unsafe EVP_DigestInit_ex2(context, algorithm, nil) == 1
          && EVP_DigestUpdate(context, first, first.count) == 1
          && EVP_DigestUpdate(context, second, second.count) == 1
          && EVP_DigestFinal_ex(context, &digest, nil) == 1
      }
    }
    guard isDone else { throw .drained("SHA-256") }
  }

  /// Begins with nothing, and drops what was taken before.
  public func begin() throws(CryptoFailure) {
    let isReady = unsafe context.withPointer { context in
      unsafe library.sha256.withPointer { algorithm in unsafe EVP_DigestInit_ex2(context, algorithm, nil) == 1 }
    }
    guard isReady else { throw .drained("SHA-256") }
  }

  /// Takes the next bytes.
  public func take(_ bytes: UnsafeRawBufferPointer) throws(CryptoFailure) {
    let isTaken = unsafe context.withPointer { context in
      unsafe EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) == 1
    }
    guard isTaken else { throw .drained("SHA-256") }
  }

  /// SHA-256 of all that was taken since `begin`.
  public func finish() throws(CryptoFailure) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: CryptoLibrary.digestByteCount)
    let isDone = unsafe context.withPointer { context in unsafe EVP_DigestFinal_ex(context, &digest, nil) == 1 }
    guard isDone else { throw .drained("SHA-256") }
    return digest
  }
}
