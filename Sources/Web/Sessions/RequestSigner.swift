/// Signs short texts with a key that survives restarts, so that a form opened before a restart can
/// still be sent after it.
public protocol RequestSigner: Sendable {
  /// A keyed message authentication code of at least 16 bytes (HMAC-SHA-256).
  func sign(_ bytes: [UInt8]) -> [UInt8]
}
