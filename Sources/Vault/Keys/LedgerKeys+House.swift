import Crypto
import Ledger

extension LedgerKeys {
  /// The ledger's keys of an office. They come from the house key, so a new root key leaves the mark on every entry and
  /// the public key of every receipt as they are.
  convenience init(house: borrowing HouseKey, library: CryptoLibrary) throws(CryptoFailure) {
    try self.init(
      seed: house.key(for: .ledgerSigning, library: library),
      marks: house.authenticationKey(for: .ledgerMarks, library: library),
      tip: house.authenticationKey(for: .ledgerTip, library: library))
  }
}
