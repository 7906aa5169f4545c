import Crypto

/// The ledger's own keys. They come from the house key, so a new root key leaves the mark on every entry and the public key
/// of every receipt as they are.
final class LedgerKeys: Sendable {
  let signing: SigningKey
  let verifying: VerifyingKey
  /// Authenticates each entry's index and hash.
  let marks: AuthenticationKey
  /// Authenticates the ledger's end.
  let tip: AuthenticationKey

  init(house: borrowing HouseKey, library: CryptoLibrary) throws(CryptoFailure) {
    signing = try SigningKey(seed: house.key(for: .ledgerSigning, library: library))
    verifying = try VerifyingKey(signing.publicKey)
    marks = try house.authenticationKey(for: .ledgerMarks, library: library)
    tip = try house.authenticationKey(for: .ledgerTip, library: library)
  }
}
