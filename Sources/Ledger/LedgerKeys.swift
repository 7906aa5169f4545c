public import Crypto

/// The ledger's own keys, which it is handed.
public final class LedgerKeys: Sendable {
  let signing: SigningKey
  let verifying: VerifyingKey
  /// Authenticates each entry's index and hash.
  let marks: AuthenticationKey
  /// Authenticates the ledger's end. Apart from `marks`, since every mark stands in the table in clear.
  let tip: AuthenticationKey

  /// - Parameter seed: of the key that signs heads and receipts.
  public init(seed: borrowing SecretBytes, marks: AuthenticationKey, tip: AuthenticationKey) throws(CryptoFailure) {
    signing = try SigningKey(seed: seed)
    verifying = try VerifyingKey(signing.publicKey)
    self.marks = marks
    self.tip = tip
  }
}
