import Contracts
import Core
import ModuleHarness
import Synchronization

/// Hashes that say what they were asked, can be too many, and let something happen while a password is compared.
final class WatchedHash: PasswordHasher {
  struct Comparison: Sendable, Equatable {
    let hasHash: Bool
    let turn: PasswordTurn
  }

  private struct State {
    var comparisons: [Comparison] = []
    var isBusy = false
    var meanwhile: (@Sendable () async throws -> Void)?
  }

  private let state = Mutex(State())
  private let inner: any PasswordHasher

  init(_ inner: any PasswordHasher = QuickHash()) { self.inner = inner }

  /// What was compared since it was asked last.
  func taken() -> [Comparison] {
    state.withLock { state in
      defer { state.comparisons = [] }
      return state.comparisons
    }
  }

  func beBusy(_ isBusy: Bool) { state.withLock { $0.isBusy = isBusy } }

  /// Lets it happen once, after the next password was compared and before the answer is used.
  func letHappen(_ meanwhile: @escaping @Sendable () async throws -> Void) {
    state.withLock { $0.meanwhile = meanwhile }
  }

  func hash(_ password: Personal<String>) async throws -> String { try await inner.hash(password) }

  func verify(_ password: Personal<String>, against hash: String?, in turn: PasswordTurn) async throws -> Bool {
    if state.withLock({ $0.isBusy }) { throw Problem(.tooMany, "vault.passwords-busy") }
    let meanwhile = state.withLock { state in
      defer { state.meanwhile = nil }
      state.comparisons.append(Comparison(hasHash: hash != nil, turn: turn))
      return state.meanwhile
    }
    let fits = try await inner.verify(password, against: hash, in: turn)
    try await meanwhile?()
    return fits
  }

  func isOutdated(_ hash: String) -> Bool { inner.isOutdated(hash) }
}
