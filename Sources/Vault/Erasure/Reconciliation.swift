import Contracts
import Core
import Store

/// Brings the data file and the key ring to the same erasures: before anyone is served, whichever of the two was put
/// back from a backup, and after a kill in between. What either of them knows to be erased is erased in both.
struct Reconciliation: Sendable {
  let keyRing: KeyRing
  let whenErased: ErasureFollower
  /// How many people may be erased again without anybody's confirmation; nil where somebody has confirmed it.
  let limit: RetentionGuard?

  /// What was found and done.
  struct Outcome: Sendable, Equatable {
    /// People whom the ring knew to be erased and the data file did not.
    var replayed = 0
    /// People whom the data file knew to be erased and whose key was still in the ring.
    var destroyed = 0
    /// Everybody whom the data file knew, the erased ones too.
    var peopleCount = 0
    /// Keys made ahead for people who never came.
    var swept = 0
    var age = RingAge.same
  }

  /// Does it, in the transaction with which the vault is opened.
  ///
  /// - Throws: `Problem` `vault.many-erasures` when more people would be erased than may go unconfirmed; a copy or a key
  ///   ring of another time may have been put here by mistake.
  func run(in transaction: borrowing Transaction) throws -> Outcome {
    var outcome = Outcome()
    outcome.age = try keyRing.age(in: transaction)
    outcome.peopleCount = try transaction.value("SELECT count(*) FROM vault_subjects") ?? 0
    outcome.replayed = try replayRing(in: transaction)
    if let limit, !limit.allows(outcome.replayed, of: outcome.peopleCount) {
      throw Problem(
        .conflict, "vault.many-erasures",
        ["count": String(outcome.replayed), "total": String(outcome.peopleCount)])
    }
    outcome.destroyed = try destroyKeys(in: transaction)
    if keyRing.wasAlone && outcome.age == .same { outcome.swept = try sweep(in: transaction) }
    return outcome
  }

  /// Whether the data file and the ring know the same erasures already.
  static func isSettled(_ keyRing: KeyRing, in database: borrowing some Queryable & ~Copyable) throws -> Bool {
    var last = SubjectID(-1)
    while case let page = try keyRing.tombstones(after: last, limit: 1000), let end = page.last {
      for erasure in page where try ErasureTable.find(erasure.subject, in: database) == nil { return false }
      last = end.subject
    }
    last = SubjectID(-1)
    while case let page = try ErasureTable.page(after: last, in: database), let end = page.last {
      for erasure in page where try !keyRing.isTombstone(erasure.subject) { return false }
      last = end.subject
    }
    return true
  }

  /// Only room is lost where it cannot be done now.
  private func sweep(in transaction: borrowing Transaction) throws -> Int {
    do {
      return try keyRing.sweepPrepared(in: transaction)
    } catch let error as StoreError where error.isOfDisk {
      return 0
    }
  }

  private func replayRing(in transaction: borrowing Transaction) throws -> Int {
    var last = SubjectID(-1)
    var count = 0
    while true {
      let page = try keyRing.tombstones(after: last, limit: 1000)
      guard let end = page.last else { return count }
      for erasure in page where try ErasureTable.find(erasure.subject, in: transaction) == nil {
        try ErasureTable.erase(erasure, isSettled: true, in: transaction)
        try whenErased(erasure.subject, transaction)
        count += 1
      }
      last = end.subject
    }
  }

  private func destroyKeys(in transaction: borrowing Transaction) throws -> Int {
    var last = SubjectID(-1)
    var count = 0
    while true {
      let page = try ErasureTable.page(after: last, in: transaction)
      guard let end = page.last else { return count }
      let missing = try page.filter { try !keyRing.isTombstone($0.subject) }
      try keyRing.destroy(missing)
      try ErasureTable.settle(missing, in: transaction)
      count += missing.count
      last = end.subject
    }
  }
}
