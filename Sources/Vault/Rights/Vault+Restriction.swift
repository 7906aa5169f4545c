public import Contracts
public import Core
public import Store

extension Vault: RightsService {
  /// Whether a restriction began or ended, as the ledger says it.
  private enum RestrictionChange: String, CaseIterable { case begun, lifted }

  /// Lets the person's records be opened from now on for the policy's `purposesWhileRestricted` alone; one who is
  /// restricted stays so.
  ///
  /// - Throws: `Problem` `vault.purpose-forbidden`, `vault.unknown-subject`.
  public func restrict(
    _ subject: SubjectID, as principal: Principal, in transaction: borrowing Transaction
  ) throws {
    try check(.rights, principal, nil)
    try requirePresence(of: subject, in: transaction)
    let count = try transaction.run(
      """
      INSERT INTO vault_restrictions (subject, since) VALUES (\(subject), \(clock.now))
      ON CONFLICT (subject) DO NOTHING
      """)
    if count == 1 { try note(.begun, subject, principal, in: transaction) }
  }

  /// Ends a person's restriction, with a ledger entry; where there is none, nothing happens.
  ///
  /// - Throws: `Problem` `vault.purpose-forbidden`.
  public func liftRestriction(
    of subject: SubjectID, as principal: Principal, in transaction: borrowing Transaction
  ) throws {
    try check(.rights, principal, nil)
    let count = try transaction.run("DELETE FROM vault_restrictions WHERE subject = \(subject)")
    if count == 1 { try note(.lifted, subject, principal, in: transaction) }
  }

  private func note(
    _ change: RestrictionChange, _ subject: SubjectID, _ principal: Principal, in transaction: borrowing Transaction
  ) throws {
    try append(
      LedgerEntry(.restriction, by: principal, about: subject, facts: [LedgerFact("change", change)]),
      in: transaction)
  }

  /// The moment at which the person's restriction began; nil where there is none.
  public func restrictedSince<Database: Queryable & ~Copyable>(
    _ subject: SubjectID, in database: borrowing Database
  ) throws -> Instant? {
    try database.value("SELECT since FROM vault_restrictions WHERE subject = \(subject)")
  }

  /// Leaves the entry that the person was given their data.
  ///
  /// - Throws: `Problem` `vault.purpose-forbidden`.
  public func noteAccess(
    of subject: SubjectID, as principal: Principal, in transaction: borrowing Transaction
  ) throws {
    try check(.rights, principal, nil)
    try append(LedgerEntry(.access, by: principal, about: subject), in: transaction)
  }

  /// - Throws: `Problem` `vault.restricted` when the person's records may not be opened for that purpose now.
  func refuseRestricted(
    _ subject: SubjectID, _ purpose: Purpose, in database: borrowing some Queryable & ~Copyable
  ) throws {
    if policy.purposesWhileRestricted.contains(purpose) { return }
    guard try restrictedSince(subject, in: database) == nil else { throw Problem(.forbidden, "vault.restricted") }
  }
}
