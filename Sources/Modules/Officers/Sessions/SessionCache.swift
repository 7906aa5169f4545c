internal import Core
internal import Synchronization

/// Remembers the sessions looked up most recently, so that a console that asks often costs no query.
///
/// What this process changes it forgets at once. What another process changes (a command beside the
/// running service) shows after `ageMax`.
final class SessionCache: Sendable {
  static let ageMax = Duration.seconds(10)
  /// More than an office has officers; past it everything is forgotten and read again.
  static let sessionCountMax = 1024

  private struct Entry {
    let session: Session
    let readAt: Instant
  }

  private struct State {
    var entries: [[UInt8]: Entry] = [:]
    /// Raised by each forgetting, so that a look-up that began before it does not bring back what it read.
    var generation = 0
  }

  private let state = Mutex(State())

  /// Names the moment from which a look-up reads; hand it back to `keep`.
  var generation: Int { state.withLock(\.generation) }

  /// The session, when it has been read lately.
  func session(_ hash: [UInt8], at now: Instant) -> Session? {
    state.withLock { state in
      guard let entry = state.entries[hash] else { return nil }
      let age = now - entry.readAt
      guard age < Self.ageMax, age >= .zero else {
        state.entries[hash] = nil
        return nil
      }
      return entry.session
    }
  }

  /// Keeps what a look-up read, unless something was forgotten since it began.
  func keep(_ session: Session, _ hash: [UInt8], at now: Instant, from generation: Int) {
    state.withLock { state in
      guard state.generation == generation else { return }
      if state.entries.count >= Self.sessionCountMax, state.entries[hash] == nil { state.entries = [:] }
      state.entries[hash] = Entry(session: session, readAt: now)
    }
  }

  /// Forgets everything; called after each change to a session or an account.
  func forget() {
    state.withLock { state in
      state.generation += 1
      state.entries = [:]
    }
  }
}
