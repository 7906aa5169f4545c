internal import Contracts
internal import Core
internal import Store

/// Takes away what an officer proved themselves with and has lost. With the factors goes the password: the officer signs in
/// with a drawn one, replaces it, and sets up new factors.
struct FactorReset: Sendable {
  /// Shorter than this is no reason that could be judged.
  static let reasonCharacterCountMin = 10
  static let reasonCharacterCountMax = 300
  /// How many a supervisor is shown at once.
  static let shownMax = 20

  let staff: StaffService
  let ledger: (any LedgerService)?

  /// Takes all factors of an account away, ends its sessions and draws a password, which is returned once.
  ///
  /// - Throws: `Problem` `officers.own-factors`, `officers.reason-missing`, `officers.unknown-account`; `forbidden`.
  func reset(
    _ id: OfficerID, because reason: String, by principal: Principal
  ) async throws -> (account: Account, password: Personal<String>) {
    try principal.require(.accounts)
    if principal.officerID == id { throw Problem(.conflict, "officers.own-factors") }
    guard (Self.reasonCharacterCountMin...Self.reasonCharacterCountMax).contains(reason.count) else {
      throw Problem(.invalid, "officers.reason-missing")
    }
    let (now, salt) = (staff.clock.now, staff.random.bytes(16))
    return try await staff.resetPassword(of: id, by: principal, as: "officer.factors-reset") { transaction in
      try FactorService.removeAll(of: id, in: transaction)
      let number = try FactorResetTable.insert(
        of: id, by: principal, because: reason, salt: salt, at: now, in: transaction)
      guard let ledger else { return }
      try ledger.append(
        LedgerEntry(
          .factorReset, by: principal,
          facts: [LedgerFact("officer", id.rawValue), LedgerFact("reset", number)],
          commitment: ledger.commitment(to: Array(reason.utf8), salt: salt)), in: transaction)
    }
  }

  /// The latest ones.
  func latest() async throws -> [FactorResetTable.Reset] {
    try await staff.store.read { try FactorResetTable.latest(Self.shownMax, in: $0) }
  }
}
