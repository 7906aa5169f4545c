import Core
import Crypto
import Ledger
import Store

extension Vault {
  /// Signs a head when something was added since the latest one.
  ///
  /// - Returns: the latest head; nil of an empty ledger.
  func signHead() async throws -> SignedHead? {
    let (ledger, now) = (try opened.ledger, clock.now)
    return try await store.write { transaction in try ledger.signHead(at: now, in: transaction) }
  }

  /// Goes over the whole ledger, or over what came after a head, and proves that it goes on from another one.
  ///
  /// - Parameters:
  ///   - start: a head that was found right before; what came before it is taken as it is.
  ///   - witness: a head kept elsewhere.
  /// - Throws: `Problem` `vault.ledger-…`, which names the first bad entry.
  func inspectLedger(
    since start: SignedHead? = nil, extending witness: SignedHead? = nil,
    progress: @escaping @Sendable (_ done: Int64, _ total: Int64) -> Void = { _, _ in }
  ) async throws -> LedgerInspection {
    let ledger = try opened.ledger
    return try await store.read { snapshot in
      do {
        return try ledger.inspect(since: start, extending: witness, in: snapshot, progress: progress)
      } catch let fault as LedgerFault {
        self.log.note(.damageFound, ["vault.found": fault.problem.code])
        throw fault.problem
      }
    }
  }
}
