import COpenSSL
import Glibc

/// What this process has had of the processors: other work on the machine does not change it, as it does the wall's time.
enum Processor {
  /// Seconds so far.
  static var seconds: Double { Double(clock()) / 1_000_000 }

  /// Seconds that bare libcrypto takes for SHA-256 over so many messages of that length.
  static func secondsOfBareSHA256(messages count: Int, of byteCount: Int) -> Double {
    let message = [UInt8](repeating: 0x5a, count: byteCount)
    var digest = [UInt8](repeating: 0, count: 32)
    guard let algorithm = unsafe EVP_MD_fetch(nil, "SHA2-256", nil), let context = unsafe EVP_MD_CTX_new() else {
      return 0
    }
    defer {
      unsafe EVP_MD_CTX_free(context)
      unsafe EVP_MD_free(algorithm)
    }
    let start = seconds
    for _ in 0..<count {
      unsafe _ = EVP_DigestInit_ex2(context, algorithm, nil)
      unsafe _ = EVP_DigestUpdate(context, message, message.count)
      unsafe _ = EVP_DigestFinal_ex(context, &digest, nil)
    }
    return seconds - start
  }
}
