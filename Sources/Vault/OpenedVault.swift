import Contracts
import Core
import Store
import Synchronization

/// What stands open once the root key has been read and found right. Its parts hold keys, so it says nothing of itself.
final class OpenedVault: Sendable, CustomReflectable {
  let root: RootKey
  let library: CryptoLibrary
  let keyRing: KeyRing
  let blindIndex: BlindIndex
  let audit: AuditChain
  /// One key a purpose, derived at its first use; the purposes are literals of the source, so they are few.
  private let purposeKeys = Mutex<[String: AuthenticationKey]>([:])

  /// Recognises the root key by the canary and opens the key ring; begins both in a new database.
  ///
  /// - Throws: `Problem` `vault.wrong-root-key`, `vault.kek-unreadable`.
  init(root: consuming RootKey, library: CryptoLibrary, now: Instant, in transaction: borrowing Transaction) throws {
    let audit = try AuditChain(root: root, library: library)
    if try Canary.isPresent(in: transaction) {
      try Canary.check(root: root, library: library, in: transaction)
    } else {
      try Canary.plant(root: root, library: library, in: transaction)
      try audit.begin(in: transaction)
    }
    keyRing = try KeyRing(root: root, library: library, now: now, in: transaction)
    blindIndex = try BlindIndex(root: root, library: library)
    self.audit = audit
    self.library = library
    self.root = root
  }

  /// The key under which messages of that purpose are authenticated.
  func key(for purpose: String) throws -> AuthenticationKey {
    try purposeKeys.withLock { keys in
      if let key = keys[purpose] { return key }
      let key = try root.authenticationKey(for: .keyedHash(purpose), library: library)
      keys[purpose] = key
      return key
    }
  }

  var customMirror: Mirror { Mirror(self, children: [], displayStyle: .class) }
}
