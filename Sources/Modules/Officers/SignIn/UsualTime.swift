internal import Synchronization

/// How long a try to sign in takes as a rule: the middle of the latest whose passwords were compared, on this machine and with
/// as many waiting as there are now.
final class UsualTime: Sendable {
  /// So many that one that was slow by chance moves nothing, and so few that it follows a storm within seconds.
  static let sampleCount = 15

  private let latest = Mutex<[Duration]>([])

  /// Takes in how long a try has taken.
  func note(_ duration: Duration) {
    latest.withLock { $0 = $0.suffix(Self.sampleCount - 1) + [duration] }
  }

  /// Nil before the first try.
  var median: Duration? {
    let sorted = latest.withLock { $0 }.sorted()
    return sorted.isEmpty ? nil : sorted[sorted.count / 2]
  }
}
