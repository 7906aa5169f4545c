import COpenSSL

/// Why a cryptographic operation gave no result.
public enum CryptoFailure: Error, Equatable {
  /// The tag does not fit: another key, other associated data, or changed bytes. Which of them it was cannot be told.
  case notAuthentic
  /// No envelope, padding or hash that this program would have written.
  case malformed
  /// libcrypto refused; `reason` is its own text and never holds data.
  case refused(operation: String, reason: String)
}

extension CryptoFailure {
  /// libcrypto's refusal of `operation`; empties the thread's error queue, so that no later failure is blamed on it.
  static func drained(_ operation: StaticString) -> CryptoFailure {
    let code = ERR_get_error()
    let text = unsafe ERR_reason_error_string(code)
    let reason = if let text = unsafe text { unsafe String(cString: text) } else { "no reason given" }
    ERR_clear_error()
    return .refused(operation: operation.description, reason: reason)
  }
}
