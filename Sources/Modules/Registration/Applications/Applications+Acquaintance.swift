import Contracts
import Core
import Store

extension Applications {
  /// An officer knows the person, and leaves the case to a colleague. It stands in the ledger and in the journal; the number
  /// that they have in hand goes to another counter.
  ///
  /// - Returns: false when there is no such application.
  /// - Throws: `Problem` `queue.no-colleague` where the number is in the officer's hand and no other counter could call it;
  ///   `forbidden`.
  func leave(_ number: ApplicationNumber, by principal: Principal) async throws -> Bool {
    try principal.require(.cases)
    guard let known = Acquaintance(of: number, principal) else { throw Problem(.forbidden, "forbidden") }
    return try await store.write { transaction in
      guard let summary = try ApplicationTable.application(number, in: transaction) else { return false }
      try ledger?.append(LedgerEntry(.acquaintance, by: principal, about: summary.subject), in: transaction)
      try transaction.append(
        Event(
          kind: "application.left", entity: number.description, payload: "{\"officer\":\(known.officer)}"))
      try acquaintances?.tell(known, in: transaction)
      return true
    }
  }
}
