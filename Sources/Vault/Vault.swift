public import Contracts
import Core
import Store
import Synchronization

/// Keeps personal data sealed, one data key a person, and answers only who says why.
///
/// Until `open()` has succeeded every call throws `Problem` `vault.locked`.
public final class Vault: Sendable, CustomReflectable {
  private let source: RootKeySource
  private let store: Store
  let clock: any WallClock
  let random: any RandomSource
  let log: any Log
  private let library: CryptoLibrary
  private let state = Mutex<OpenedVault?>(nil)

  init(
    source: RootKeySource, store: Store, clock: any WallClock, random: any RandomSource, log: any Log,
    library: CryptoLibrary
  ) {
    self.source = source
    self.store = store
    self.clock = clock
    self.random = random
    self.log = log
    self.library = library
  }

  /// Reads the root key, recognises it by the canary and opens the key ring; in a new database it begins them.
  ///
  /// - Throws: `Problem` `vault.root-key-…`, `vault.wrong-root-key`, `vault.kek-unreadable`; each says how to mend
  ///   it.
  public func open() async throws {
    guard state.withLock({ $0 == nil }) else { return }
    let opened = try await store.write { [source, library, clock] transaction in
      try OpenedVault(root: try source.read(), library: library, now: clock.now, in: transaction)
    }
    state.withLock { $0 = $0 ?? opened }
  }

  /// Goes over the whole audit, row by row.
  public func verifyAudit() async throws -> AuditVerdict {
    let opened = try opened
    return try await store.read { snapshot in try opened.audit.verify(in: snapshot) }
  }

  /// What a sysadmin wants to know, once the canary has opened under the root key in use.
  ///
  /// - Throws: `Problem` `vault.locked`, `vault.wrong-root-key`.
  func condition() async throws -> (kekVersion: Int, auditLength: Int64) {
    let opened = try opened
    return try await store.read { snapshot in
      try Canary.check(root: opened.root, library: opened.library, in: snapshot)
      return (opened.keyRing.currentVersion, try opened.audit.length(in: snapshot))
    }
  }

  var opened: OpenedVault {
    get throws(Problem) {
      guard let opened = state.withLock({ $0 }) else { throw Problem(.unavailable, "vault.locked") }
      return opened
    }
  }

  public var customMirror: Mirror { Mirror(self, children: [], displayStyle: .class) }
}

extension Vault: KeyedHash {
  public func authenticate(_ message: [UInt8], for purpose: StaticString) -> [UInt8] {
    do {
      return try opened.key(for: purpose.description).authenticate(message)
    } catch {
      // Locked: a module has begun to serve before its dependencies were started. Otherwise libcrypto has no memory
      // left, at which Swift's own next allocation would end the program as well.
      preconditionFailure("message authentication for \(purpose) before the vault is open: \(error)")
    }
  }
}
