import Contracts
import Core
import Synchronization

/// A hall of which a test tells the snapshots.
final class ToldHall: QueueSnapshotService {
  private let state = Mutex<(latest: QueueSnapshot, observers: [any QueueObserver])>((QueueSnapshot(), []))

  var latest: QueueSnapshot { state.withLock { $0.latest } }

  let followedTickets: Set<PublicCode> = []

  func catchUp() async throws {}

  func add(_ observer: any QueueObserver) { state.withLock { $0.observers.append(observer) } }

  /// A snapshot of these calls, the newest first.
  func tell(_ sequence: Int64, calls: [QueueSnapshot.Call]) {
    var snapshot = QueueSnapshot()
    snapshot.sequence = sequence
    snapshot.calls = calls
    let observers = state.withLock { [snapshot] state in
      state.latest = snapshot
      return state.observers
    }
    for observer in observers { observer.show(snapshot) }
  }
}
