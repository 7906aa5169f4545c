internal import Synchronization

/// What was measured on the way: how long requests took, and where they went.
public final class Measurements: Sendable {
  private struct State {
    var latencies: [Duration] = []
    var addresses: Set<String> = []
    var faults: [String] = []
    var askedToWaitCount = 0
    var kioskLatencies: [Duration] = []
  }

  private let state = Mutex(State())

  public init() {}

  func note(_ method: String, _ path: String, _ status: Int, took: Duration) {
    state.withLock { state in
      state.latencies.append(took)
      state.addresses.insert(path)
      if status >= 500 { state.faults.append("\(status) \(method) \(path)") }
    }
  }

  func noteAddress(_ path: String) { state.withLock { _ = $0.addresses.insert(path) } }
  func noteAskedToWait() { state.withLock { $0.askedToWaitCount += 1 } }
  func noteKiosk(took: Duration) { state.withLock { $0.kioskLatencies.append(took) } }

  /// Every path and query that was asked for.
  public var addresses: Set<String> { state.withLock { $0.addresses } }
  /// Answers that say the server is at fault.
  public var faults: [String] { state.withLock { $0.faults } }
  /// How often a person was asked to come again later, and did.
  public var askedToWaitCount: Int { state.withLock { $0.askedToWaitCount } }
  /// How long HTTP requests took.
  public var latencies: Distribution { Distribution(state.withLock { $0.latencies }) }
  /// How long a kiosk took from a key to the screen that answers it.
  public var kioskLatencies: Distribution { Distribution(state.withLock { $0.kioskLatencies }) }
}
