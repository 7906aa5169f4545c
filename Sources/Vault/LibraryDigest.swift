internal import Contracts
import Crypto

/// SHA-256 for what the public recomputes, such as a draw.
struct LibraryDigest: PublicDigest {
  let library: CryptoLibrary

  func sha256(_ message: [UInt8]) throws -> [UInt8] { try library.sha256(message) }
}
