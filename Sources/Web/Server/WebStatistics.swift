internal import Synchronization

/// How the server does, since its start.
public struct WebStatistics: Sendable, Equatable {
  /// Upper bounds of the latency buckets in milliseconds; the last bucket has none.
  public static let latencyBoundsMilliseconds = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000]

  /// Answers by the first digit of their status: index 2 for 2xx to 5 for 5xx.
  public internal(set) var answersByClass = [Int](repeating: 0, count: 6)
  /// Answers by the time from the request's last byte to the first byte of the answer; one more bucket than bounds.
  public internal(set) var answersByLatency = [Int](repeating: 0, count: latencyBoundsMilliseconds.count + 1)
  /// The sum of those times in microseconds.
  public internal(set) var latencyMicroseconds = 0
  /// Connections now.
  public internal(set) var connectionCount = 0
  /// Requests that a handler is at work on now.
  public internal(set) var answeringCount = 0
  /// Event streams now.
  public internal(set) var streamCount = 0

  /// All answers.
  public var answerCount: Int { answersByClass.reduce(0, +) }
}

/// Counts answers.
final class StatisticsRecorder: Sendable {
  private let counts = Mutex(WebStatistics())

  func record(_ status: Status, after latency: Duration) {
    let microseconds = Int(latency.components.seconds * 1_000_000 + latency.components.attoseconds / 1_000_000_000_000)
    let bounds = WebStatistics.latencyBoundsMilliseconds
    let bucket = bounds.firstIndex { microseconds <= $0 * 1000 } ?? bounds.count
    counts.withLock { counts in
      counts.answersByClass[status.rawValue / 100] += 1
      counts.answersByLatency[bucket] += 1
      counts.latencyMicroseconds += microseconds
    }
  }

  var current: WebStatistics { counts.withLock { $0 } }
}
