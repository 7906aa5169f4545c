internal import COpenSSL

/// SHA-256 (FIPS 180-4), for what a browser can reckon as well as the server.
public enum SHA256 {
  public static func digest(_ bytes: [UInt8]) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: 32)
    let isDone = unsafe EVP_Digest(bytes, bytes.count, &digest, nil, EVP_sha256(), nil) == 1
    precondition(isDone, "libcrypto makes no digest")
    return digest
  }
}
