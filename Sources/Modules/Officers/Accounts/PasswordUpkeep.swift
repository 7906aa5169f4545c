internal import Contracts
internal import Core
internal import Store

/// What is done for an account whose password was found right: a hash of an earlier cost is replaced, and a password that is
/// shorter than the account needs must be changed. Such ones are older than the rule, or stood beside a second factor that
/// is gone.
struct PasswordUpkeep: Sendable {
  private let password: Personal<String>
  /// Of today's cost; nil where the stored one is.
  private let renewedHash: String?

  /// - Parameter hash: the one that the password fits.
  init(of password: Personal<String>, fitting hash: String?, _ hasher: any PasswordHasher) async {
    self.password = password
    guard let hash, hasher.isOutdated(hash) else {
      renewedHash = nil
      return
    }
    // While too many wait it waits for the next time.
    renewedHash = try? await hasher.hash(password)
  }

  /// Does it in the transaction that finds the password still right.
  ///
  /// - Returns: the account as it is then.
  func apply(to account: Account, in transaction: borrowing Transaction) throws -> Account {
    if let renewedHash { try AccountTable.renewHash(renewedHash, of: account.id, in: transaction) }
    guard !account.mustChangePassword else { return account }
    guard try PasswordRule.isTooShort(password, for: PasswordOwner(account, in: transaction)) else { return account }
    try AccountTable.demandChange(of: account.id, in: transaction)
    return try AccountTable.account(account.id, in: transaction) ?? account
  }
}
