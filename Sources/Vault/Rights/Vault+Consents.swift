public import Contracts
public import Core
import Crypto
import Ledger
public import Store

extension Vault: ConsentService {
  /// Whether consent was given or taken back, as the ledger says it.
  private enum ConsentChange: String, CaseIterable { case given, withdrawn }

  /// Notes an agreement with its words, and ends one to other words on the same matter. Its ledger entry commits to the
  /// words under a salt.
  ///
  /// - Throws: `Problem` `vault.unknown-subject`, also for a person who is erased.
  public func give(
    _ text: ConsentText, of subject: SubjectID, by way: ConsentWay, as principal: Principal,
    in transaction: borrowing Transaction
  ) throws {
    try requirePresence(of: subject, in: transaction)
    let id = try ConsentTable.file(text, in: transaction)
    if let standing = try ConsentTable.standing(text.matter, of: subject, in: transaction) {
      if standing == id { return }
      // Other words: a person who agrees to those no longer needs to have agreed to these.
      _ = try ConsentTable.withdraw(text.matter, of: subject, at: clock.now, in: transaction)
    }
    let salt = try opened.library.randomSalt(byteCount: 16)
    try append(
      LedgerEntry(
        .consent, by: principal, about: subject,
        facts: [
          LedgerFact("matter", text.matter), LedgerFact("version", Int64(text.version)), LedgerFact("way", way),
          LedgerFact("change", ConsentChange.given),
        ], commitment: try commitment(to: Array(text.text.utf8), salt: salt)), in: transaction)
    try ConsentTable.insert(
      text: id, matter: text.matter, of: subject, by: way, salt: salt, at: clock.now, in: transaction)
  }

  /// Ends the agreement on that matter, with a ledger entry; where there is none, nothing happens.
  public func withdraw(
    _ matter: ConsentMatter, of subject: SubjectID, as principal: Principal, in transaction: borrowing Transaction
  ) throws {
    guard try ConsentTable.withdraw(matter, of: subject, at: clock.now, in: transaction) > 0 else { return }
    try append(
      LedgerEntry(
        .consent, by: principal, about: subject,
        facts: [LedgerFact("matter", matter), LedgerFact("change", ConsentChange.withdrawn)]), in: transaction)
  }

  /// All that a person has agreed to, the first one first, what was taken back too.
  public func consents<Database: Queryable & ~Copyable>(
    of subject: SubjectID, in database: borrowing Database
  ) throws -> [Consent] {
    try ConsentTable.all(of: subject, in: database)
  }

  /// - Throws: `Problem` `vault.unknown-subject` for no person, and for one who is erased.
  func requirePresence(of subject: SubjectID, in transaction: borrowing Transaction) throws {
    let isKnown = try transaction.value("SELECT 1 FROM vault_subjects WHERE subject = \(subject)") as Int? != nil
    guard isKnown, try ErasureTable.find(subject, in: transaction) == nil else {
      throw Problem(.notFound, "vault.unknown-subject")
    }
  }
}
