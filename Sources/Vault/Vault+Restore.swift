public import Contracts
public import Core
import Crypto
import FoundationEssentials
import Ledger
public import Store

/// What a copy of the data came to beside a key ring.
public struct RestoredVault: Sendable {
  /// People whom only the key ring knew to be erased, and who were erased again in the data.
  public let replayedCount: Int
  /// People whom only the data knew to be erased, and whose keys were destroyed again.
  public let destroyedCount: Int
  /// How many of either were erased before, as the other knew.
  public let againCount: Int
  /// Whether they are more than may go without confirmation.
  public let needsConfirmation: Bool
  /// All the people whom the copy knows, the erased ones too.
  public let peopleCount: Int
  /// All entries of the ledger, each of which stands in its tree as it was written.
  public let ledgerEntryCount: Int64
  /// How many signed heads of the tree the ledger has, each of which fits it.
  public let signedHeadCount: Int
  /// People in the copy who have no key in the ring and were not erased: their data stays closed.
  public let keylessCount: Int
}

extension Vault {
  /// Opens data that was put beside a key ring, replays erasures, and proves that the two fit and that the ledger is as it
  /// was written.
  ///
  /// - Parameter acceptsMissingKeys: whether it is known that there are people without a key, as after a loss that was
  ///   accepted: else no copy of before could ever be put back.
  /// - Throws: `Problem` as `open`; `vault.key-ring-lacks`, `vault.ledger-…`.
  public func proveRestored(acceptingMissingKeys acceptsMissingKeys: Bool = false) async throws -> RestoredVault {
    // Only a scratch copy is changed; the command that puts it in place looks at what was found.
    let outcome = try await reconcile(isConfirmed: true) ?? Reconciliation.Outcome()
    _ = try await condition()
    let missing = try await missingKeys()
    guard missing.count == 0 || acceptsMissingKeys else {
      throw Problem(
        .unavailable, "vault.key-ring-lacks", ["count": String(missing.count), "total": String(missing.total)])
    }
    let ledger = try await inspectLedger()
    return RestoredVault(
      replayedCount: outcome.replayed, destroyedCount: outcome.destroyed,
      againCount: outcome.again,
      needsConfirmation: !policy.retentionGuard.allows(outcome.again, of: outcome.peopleCount),
      peopleCount: outcome.peopleCount, ledgerEntryCount: ledger.size,
      signedHeadCount: ledger.headCount, keylessCount: missing.count)
  }

  /// Counts the people who have no key in the ring and were not erased.
  func missingKeys() async throws -> MissingKeys { try await MissingKeys.counted(opened.keyRing, in: store) }
}

/// The people whom files that are about to be replaced know to be erased: no one comes back because a copy is older, or
/// because a kill came between an erasure and its key.
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

  /// Makes a key ring ready for older data, with any root key: destroys their keys, and leaves tombstones from which
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

/// The people whom a data file, wherever it lies, knows to be erased.
public enum ErasedPeople {
  /// Whether that person is among them.
  public static func contains(
    _ subject: SubjectID, in database: borrowing some Queryable & ~Copyable
  ) throws -> Bool {
    try ErasureTable.find(subject, in: database) != nil
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
