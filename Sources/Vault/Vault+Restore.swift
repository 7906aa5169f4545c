import Contracts
public import Core
import FoundationEssentials
import Store

/// What a copy of the data came to beside a key ring.
public struct RestoredVault: Sendable {
  /// People whom only the key ring knew to be erased, and who were erased again in the data.
  public let replayedCount: Int
  /// People whom only the data knew to be erased, and whose keys were destroyed again.
  public let destroyedCount: Int
  /// Whether more people were erased again than may go without confirmation.
  public let needsConfirmation: Bool
  /// Everybody whom the copy knows, the erased ones too.
  public let peopleCount: Int
  public let ledgerEntryCount: Int64
  public let signedHeadCount: Int
}

extension Vault {
  /// Opens data that was put beside a key ring, replays erasures, and proves that the two fit and that the ledger is as it
  /// was written.
  ///
  /// - Throws: `Problem` as `open`; `vault.key-ring-older`, `vault.key-ring-lacks`, `vault.ledger-…`.
  public func proveRestored() async throws -> RestoredVault {
    // Only a scratch copy is changed; whoever puts it in place looks at what was found.
    let outcome = try await reconcile(isConfirmed: true) ?? Reconciliation.Outcome()
    _ = try await condition()
    try await requireKeys()
    let ledger = try await inspectLedger()
    return RestoredVault(
      replayedCount: outcome.replayed, destroyedCount: outcome.destroyed,
      needsConfirmation: !policy.retentionGuard.allows(outcome.replayed, of: outcome.peopleCount),
      peopleCount: outcome.peopleCount, ledgerEntryCount: ledger.size,
      signedHeadCount: ledger.headCount)
  }

  /// Everybody in the data has a key in the ring, or was erased. How far both have come does not tell: a ring that was put
  /// back goes on from there, and comes as far as another one without the people whom that had.
  private func requireKeys() async throws {
    let keyRing = try opened.keyRing
    let (lacking, total) = try await store.read { snapshot in
      var (lacking, total) = (0, 0)
      var last = SubjectID(-1)
      while true {
        let page = try snapshot.rows(
          "SELECT subject FROM vault_subjects WHERE subject > \(last) ORDER BY subject LIMIT 1000"
        ) { row in try row.get(0) as SubjectID }
        guard let end = page.last else { return (lacking, total) }
        lacking += try keyRing.strangers(among: page).count
        total += page.count
        last = end
      }
    }
    guard lacking == 0 else {
      throw Problem(.unavailable, "vault.key-ring-lacks", ["count": String(lacking), "total": String(total)])
    }
  }
}

/// Those whom files that are about to be replaced know to be erased: nobody comes back because a copy is older, or because
/// a kill came between an erasure and its key.
public struct KnownErasures: Sendable {
  private static let pageCount = 1000
  private let erasures: [Erasure]

  /// Reads a data file and a key ring, as far as they are there and can be read; changes neither.
  public init(data: String, keyRing: String) {
    let inData = try? Store.peek(at: data) { snapshot in
      try Self.all { try ErasureTable.page(after: $0, in: snapshot) }
    }
    let inRing = try? Store.peek(at: keyRing) { snapshot in
      try Self.all { try Erasure.tombstones(after: $0, limit: Self.pageCount, in: snapshot) }
    }
    erasures = (inData ?? []) + (inRing ?? [])
  }

  /// Makes a key ring ready for older data, whatever its root key: destroys their keys, and leaves tombstones from which
  /// they are replayed; has the keys that were made ahead count as given out. The older data does not know whom they were
  /// given to, and a start beside it would sweep them away: then what was there before could never come back.
  ///
  /// - Throws: `StoreError`.
  public func prepareRing(at path: String, clock: any WallClock, log: any Log) throws {
    let ring = try CompanionStore.open(at: path, schema: .keyRing, clock: clock, log: log)
    defer { ring.close() }
    let known = Set(
      try ring.read { snapshot in
        try Self.all { try Erasure.tombstones(after: $0, limit: Self.pageCount, in: snapshot) }
      }.map(\.subject))
    try ring.destroyKeys(of: erasures.filter { !known.contains($0.subject) })
    try ring.write { try $0.run("DELETE FROM keyring_prepared") }
  }

  private static func all(_ page: (SubjectID) throws -> [Erasure]) rethrows -> [Erasure] {
    var found: [Erasure] = []
    while case let next = try page(found.last?.subject ?? SubjectID(-1)), !next.isEmpty { found += next }
    return found
  }
}

/// The copies that `gapura vault backup-ring` has made.
public enum KeyRingCopies {
  /// The newest copy in a directory; nil where there is none.
  public static func newest(in directory: String) -> String? {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    let copies = names.compactMap { name in RingBackup.moment(of: name).map { (name: name, made: $0) } }
    return copies.max { $0.made < $1.made }.map { "\(directory)/\($0.name)" }
  }
}
