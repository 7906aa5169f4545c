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
  /// Idle connections that were closed for new ones, or sooner because the pool was full.
  public internal(set) var closedIdleCount = 0
  /// Connections that were not let in.
  public internal(set) var refusedConnectionCount = 0
  /// Event streams that were ended for others.
  public internal(set) var endedStreamCount = 0
  /// Requests whose client was told to come back later (429, 503).
  public internal(set) var refusalCount = 0

  /// All answers.
  public var answerCount: Int { answersByClass.reduce(0, +) }

  /// Both listeners together.
  static func + (one: WebStatistics, other: WebStatistics) -> WebStatistics {
    var sum = one
    for (place, count) in other.answersByClass.enumerated() { sum.answersByClass[place] += count }
    for (place, count) in other.answersByLatency.enumerated() { sum.answersByLatency[place] += count }
    sum.latencyMicroseconds += other.latencyMicroseconds
    sum.connectionCount += other.connectionCount
    sum.answeringCount += other.answeringCount
    sum.streamCount += other.streamCount
    sum.closedIdleCount += other.closedIdleCount
    sum.refusedConnectionCount += other.refusedConnectionCount
    sum.endedStreamCount += other.endedStreamCount
    sum.refusalCount += other.refusalCount
    return sum
  }
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

  func recordClosed(_ count: Int) { counts.withLock { $0.closedIdleCount += count } }
  func recordRefusedConnection() { counts.withLock { $0.refusedConnectionCount += 1 } }
  func recordEndedStream() { counts.withLock { $0.endedStreamCount += 1 } }
  func recordRefusal() { counts.withLock { $0.refusalCount += 1 } }

  var current: WebStatistics { counts.withLock { $0 } }
}
