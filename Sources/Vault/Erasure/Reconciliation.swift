import Contracts
import Core
import Crypto
import Store

/// Brings the data file and the key ring to the same erasures: before anyone is served, whichever of the two was put
/// back from a backup, and after a kill in between. What either of them knows to be erased is erased in both.
struct Reconciliation: Sendable {
  let keyRing: KeyRing
  let whenErased: ErasureFollower
  /// How many people may be erased again without a confirmation; nil where it was given.
  let limit: RetentionGuard?

  /// What was found and done.
  struct Outcome: Sendable, Equatable {
    /// People whom the ring knew to be erased and the data file did not.
    var replayed = 0
    /// People whom the data file knew to be erased and whose key was still in the ring.
    var destroyed = 0
    /// How many of them had a key that was destroyed before and came back with an older ring.
    var cameBack = 0
    /// All the people whom the data file knew, the erased ones too.
    var peopleCount = 0
    /// Keys made ahead for people who never came.
    var swept = 0
    var age = RingAge.same

    /// What is held against the share that may go unconfirmed.
    var again: Int { max(replayed, cameBack) }
  }

  /// The erasures that only one of the two knows, and what comes of them.
  private struct Difference {
    let inRing: [Erasure]
    let inData: [Erasure]
    var outcome = Outcome()
  }

  /// What there is to be done. Nothing is changed.
  ///
  /// - Throws: `Problem` `vault.many-erasures` when more people would be erased than may go unconfirmed; a copy or a key
  ///   ring of another time may have been put here by mistake.
  func find(in database: borrowing some Queryable & ~Copyable) throws -> Outcome {
    try difference(in: database).outcome
  }

  /// Does it, by what stands in the two files now.
  ///
  /// - Throws: as `find`, and then nothing was changed.
  func run(in transaction: borrowing Transaction) throws -> Outcome {
    let found = try difference(in: transaction)
    var outcome = found.outcome
    for erasure in found.inRing {
      try ErasureTable.erase(erasure, isSettled: true, in: transaction)
      try whenErased(erasure.subject, transaction)
    }
    try keyRing.destroy(found.inData)
    try ErasureTable.settle(found.inData, in: transaction)
    if keyRing.wasAlone && outcome.age == .same { outcome.swept = try sweep(in: transaction) }
    return outcome
  }

  private func difference(in database: borrowing some Queryable & ~Copyable) throws -> Difference {
    var found = Difference(inRing: try erasedInRingAlone(database), inData: try erasedInDataAlone(database))
    found.outcome.age = try keyRing.age(in: database)
    found.outcome.peopleCount = try database.value("SELECT count(*) FROM vault_subjects") ?? 0
    (found.outcome.replayed, found.outcome.destroyed) = (found.inRing.count, found.inData.count)
    for erasure in found.inData where try ErasureTable.isSettled(erasure.subject, in: database) {
      found.outcome.cameBack += 1
    }
    if let limit, !limit.allows(found.outcome.again, of: found.outcome.peopleCount) {
      throw Problem(
        .conflict, "vault.many-erasures",
        ["count": String(found.outcome.again), "total": String(found.outcome.peopleCount)])
    }
    return found
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

  private func erasedInRingAlone(_ database: borrowing some Queryable & ~Copyable) throws -> [Erasure] {
    var (last, found) = (SubjectID(-1), [Erasure]())
    while case let page = try keyRing.tombstones(after: last, limit: 1000), let end = page.last {
      for erasure in page where try ErasureTable.find(erasure.subject, in: database) == nil { found.append(erasure) }
      last = end.subject
    }
    return found
  }

  private func erasedInDataAlone(_ database: borrowing some Queryable & ~Copyable) throws -> [Erasure] {
    var (last, found) = (SubjectID(-1), [Erasure]())
    while case let page = try ErasureTable.page(after: last, in: database), let end = page.last {
      for erasure in page where try !keyRing.isTombstone(erasure.subject) { found.append(erasure) }
      last = end.subject
    }
    return found
  }
}
