import Contracts
import Core
import Crypto
import Ledger
import Store
import Synchronization

/// What stands open once the root key has been read and found right. Its parts hold keys, so it says nothing of itself.
final class OpenedVault: Sendable, CustomReflectable {
  let library: CryptoLibrary
  let keyRing: KeyRing
  let blindIndex: BlindIndex
  let ledger: Ledger
  /// One key a purpose, derived at its first use; the purposes are literals of the source, so they are few.
  private let purposeKeys = Mutex<[String: AuthenticationKey]>([:])

  /// Opens the key ring, recognises the root key by its canary and the data file by its mark; begins what is not begun.
  ///
  /// - Throws: `Problem` `vault.wrong-root-key`, `vault.key-ring-missing`, `vault.foreign-key-ring`,
  ///   `vault.kek-unreadable`.
  convenience init(
    root: consuming RootKey, at files: KeyRingFiles, library: CryptoLibrary, clock: any WallClock, log: any Log,
    mayUpgrade: Bool, in transaction: borrowing Transaction
  ) throws {
    let isBegun = try Pairing.isPresent(in: transaction)
    let keyRing = try KeyRing.open(
      files, root: root, isNeeded: isBegun, library: library, clock: clock, log: log, mayUpgrade: mayUpgrade)
    // New data beside the keys of people: the data was lost, and an empty office would pass for the whole.
    guard try isBegun || !keyRing.hasServed() else {
      throw Problem(
        .invalid, "state.data-missing", ["path": "\(files.directory)/gapura.db", "list": files.file])
    }
    try self.init(keyRing, library)
    if isBegun {
      try Pairing.check(keyRing.officeKey, library: library, in: transaction)
    } else {
      try Pairing.begin(keyRing.officeKey, library: library, in: transaction)
      try ledger.begin(in: transaction)
    }
  }

  private static func readOnly(_ files: KeyRingFiles) -> Problem {
    Problem(
      .unavailable, "state.read-only", ["path": files.directory, "mount": MountPoint.holding(files.directory)])
  }

  /// Opens what has been begun, and changes nothing.
  ///
  /// - Throws: as the other one; `Problem` `state.read-only` when there is something to be changed first.
  convenience init(
    reading root: consuming RootKey, at files: KeyRingFiles, library: CryptoLibrary, clock: any WallClock, log: any Log,
    in database: borrowing some Queryable & ~Copyable
  ) throws {
    guard try Pairing.isPresent(in: database) else {
      throw Self.readOnly(files)
    }
    let keyRing = try KeyRing.open(
      files, root: root, isNeeded: true, library: library, clock: clock, log: log, mayUpgrade: false)
    try Pairing.check(keyRing.officeKey, library: library, in: database)
    guard try Reconciliation.isSettled(keyRing, in: database) else {
      throw Self.readOnly(files)
    }
    try self.init(keyRing, library)
  }

  private init(_ keyRing: KeyRing, _ library: CryptoLibrary) throws {
    blindIndex = try BlindIndex(officeKey: keyRing.officeKey, library: library)
    ledger = Ledger(keys: try LedgerKeys(officeKey: keyRing.officeKey, library: library), library: library)
    self.library = library
    self.keyRing = keyRing
  }

  /// The key under which messages of that purpose are authenticated.
  func key(for purpose: String) throws -> AuthenticationKey {
    try purposeKeys.withLock { keys in
      if let key = keys[purpose] { return key }
      let key = try keyRing.officeKey.authenticationKey(for: .keyedHash(purpose), library: library)
      keys[purpose] = key
      return key
    }
  }

  var customMirror: Mirror { Mirror(self, children: [], displayStyle: .class) }
}
