public import Core
import Crypto
public import Store

/// What going over the ledger has found when all is as it was written.
public struct LedgerInspection: Equatable, Sendable {
  /// How many entries there are.
  public let size: Int64
  let root: TreeHash
  /// How many signed heads were found right on the way.
  public let headCount: Int
}

extension Ledger {
  /// Goes over the whole ledger, or over what came after a head, and proves that it goes on from another one.
  ///
  /// - Parameters:
  ///   - start: a head that was found right before; what came before it is taken as it is.
  ///   - witness: a head kept elsewhere.
  ///   - progress: told how many entries are done, and of how many.
  /// - Throws: `LedgerFault`, the first one; `Problem` `vault.ledger-not-extended`.
  public func inspect(
    since start: SignedHead?, extending witness: SignedHead?, in snapshot: borrowing Snapshot,
    progress: (_ done: Int64, _ total: Int64) -> Void
  ) throws -> LedgerInspection {
    for head in [start, witness].compactMap({ $0 }) { try check(head) }
    if let start { try checkReached(start, in: snapshot) }
    let found = try LedgerInspector(ledger: self).inspect(since: start, in: snapshot, progress: progress)
    if let witness { try check(witness, isBeginningOf: found.root, size: found.size, in: snapshot) }
    return LedgerInspection(size: found.size, root: found.root, headCount: found.headCount)
  }

  /// - Throws: `LedgerFault.headChanged` unless this ledger has signed the head.
  private func check(_ head: SignedHead) throws {
    guard try head.isSigned(by: keys.verifying, as: name()) else { throw LedgerFault.headChanged(size: head.size) }
  }

  /// - Throws: `Problem` `vault.ledger-not-extended` when the head knows of more entries than there are.
  private func checkReached(_ head: SignedHead, in database: borrowing some Queryable & ~Copyable) throws {
    let present = try size(in: database)
    guard head.size <= present else { throw Self.notExtended(head, present: present) }
  }

  private static func notExtended(_ head: SignedHead, present: Int64) -> Problem {
    Problem(.invalid, "vault.ledger-not-extended", ["size": String(head.size), "present": String(present)])
  }

  /// Proves that the tree found now goes on from the head's.
  private func check(
    _ head: SignedHead, isBeginningOf root: TreeHash, size: Int64, in database: borrowing some Queryable & ~Copyable
  ) throws {
    let hasher = try TreeHasher(library)
    let path = try TreeReader(hasher: hasher).consistencyPath(from: head.size, to: size, in: database)
    guard
      try MerkleProof.isConsistent(head.root, oldSize: head.size, with: root, size: size, path: path, hasher)
    else { throw Self.notExtended(head, present: size) }
  }
}

extension LedgerFault {
  /// What the sysadmin is told. Entries are numbered from 0.
  public var problem: Problem {
    switch self {
    case .entryMissing(let entry): Problem(.invalid, "vault.ledger-entry-missing", ["entry": String(entry)])
    case .entryChanged(let entry): Problem(.invalid, "vault.ledger-entry-changed", ["entry": String(entry)])
    case .entryInserted(let entry): Problem(.invalid, "vault.ledger-entry-inserted", ["entry": String(entry)])
    case .nodeChanged(let first): Problem(.invalid, "vault.ledger-node-changed", ["entry": String(first)])
    case .nodeInserted: Problem(.invalid, "vault.ledger-node-inserted")
    case .headChanged(let size): Problem(.invalid, "vault.ledger-head-changed", ["size": String(size)])
    case .headMissing(let size): Problem(.invalid, "vault.ledger-head-missing", ["size": String(size)])
    case .tipForged(let entries): Problem(.invalid, "vault.ledger-tip-forged", ["entry": String(entries)])
    }
  }
}
