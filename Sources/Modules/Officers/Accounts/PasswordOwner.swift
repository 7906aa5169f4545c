internal import Core
internal import Store

/// The officer whose password it is, as far as its rule asks.
struct PasswordOwner: Sendable {
  let username: Username
  let displayName: String?
  /// Whether the password is one of two things that are asked for.
  let hasSecondFactor: Bool

  /// The words of the officer's own names.
  var words: Set<String> {
    PasswordWords.words(of: username.description).union(displayName.map { PasswordWords.words(of: $0) } ?? [])
  }

  /// How long their password is at least.
  var characterCountMin: Int {
    hasSecondFactor ? PasswordRule.characterCountMinBesideFactor : PasswordRule.characterCountMinAlone
  }
}

extension PasswordOwner {
  /// As the account stands in the database.
  init(_ account: Account, in database: borrowing some Queryable & ~Copyable) throws {
    let factors = try FactorTable.all(of: account.id, in: database)
    self.init(
      username: account.username, displayName: account.displayName,
      hasSecondFactor: factors.contains { $0.kind.isBesidePassword })
  }
}

extension Factor.Kind {
  /// Whether it is asked for besides the password. Codes on paper stand in for what was lost and are used up.
  var isBesidePassword: Bool {
    switch self {
    case .passkey, .timeCode: true
    case .recovery: false
    }
  }
}
