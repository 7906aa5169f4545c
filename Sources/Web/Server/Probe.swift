internal import Core
internal import Dispatch

/// Runs what blocks on a thread outside the cooperative pool.
enum OwnThread {
  static func run<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
    await withCheckedContinuation { continuation in
      // A queue of its own has a thread of its own; the global queues share theirs with Swift's tasks.
      DispatchQueue(label: "web.own-thread").async { continuation.resume(returning: work()) }
    }
  }
}

/// One request to our own listener.
struct Probe: Sendable {
  private let endpoint: Endpoint
  private let isSecure: Bool

  /// With TLS any answer counts, even the refusal to speak without it: there is a program at the other end.
  init(_ endpoint: Endpoint, isSecure: Bool) {
    self.endpoint = endpoint
    self.isSecure = isSecure
  }

  /// Whether an answer came in time. Blocks.
  func succeeds(within timeout: Duration) -> Bool {
    guard let connection = endpoint.connect(timeout: timeout) else { return false }
    let request = "GET \(RequestHandler.probePath) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    guard connection.send(Array(request.utf8)), let answer = connection.receive(atMost: 64) else { return false }
    // A listener with TLS may also just hang up.
    return isSecure || answer.starts(with: "HTTP/1.1 200".utf8)
  }
}
