import Crypto
import Ledger

extension LedgerKeys {
  /// The ledger's keys of an office. They come from the office key, so a new root key leaves the mark on every entry and
  /// the public key of every receipt as they are.
  convenience init(officeKey: borrowing OfficeKey, library: CryptoLibrary) throws(CryptoFailure) {
    try self.init(
      seed: officeKey.key(for: .ledgerSigning, library: library),
      marks: officeKey.authenticationKey(for: .ledgerMarks, library: library),
      tip: officeKey.authenticationKey(for: .ledgerTip, library: library))
  }
}
