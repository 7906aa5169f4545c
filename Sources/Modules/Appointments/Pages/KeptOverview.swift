import Core
import Synchronization

/// The overview that was counted last, and for how long it is the present one.
final class KeptOverview: Sendable {
  private struct Kept {
    let overview: SlotOverview
    /// The last commit that shows in it.
    let commit: Int64
    let from: Instant
    /// From when on it is another one without any commit: a release, a half-hour's begin, a slot that returns.
    let until: Instant
  }

  private let state = Mutex<Kept?>(nil)

  /// The overview, where nothing has been committed since, and no time has passed that would change it; else nil.
  func kept(at now: Instant, after commit: Int64) -> SlotOverview? {
    state.withLock { kept in
      guard let kept, kept.commit == commit, kept.from <= now, now < kept.until else { return nil }
      return kept.overview
    }
  }

  func keep(_ overview: SlotOverview, from now: Instant, until end: Instant, after commit: Int64) {
    state.withLock { $0 = Kept(overview: overview, commit: commit, from: now, until: end) }
  }
}
