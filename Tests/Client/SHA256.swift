internal import Crypto

/// SHA-256 (FIPS 180-4), for what a browser can reckon as well as the server.
public enum SHA256 {
  private static let library = try? CryptoLibrary()

  public static func digest(_ bytes: [UInt8]) -> [UInt8] {
    guard let digest = try? library?.sha256(bytes) else { preconditionFailure("libcrypto makes no digest") }
    return digest
  }
}
