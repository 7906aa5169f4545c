internal import CMicrohttpd
internal import Dispatch

#if canImport(Glibc)
  internal import Glibc
#endif

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
    var endpoint = endpoint
    let descriptor = socket(endpoint.family, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    limit(descriptor, timeout)
    guard unsafe endpoint.withAddress({ unsafe connect(descriptor, $0, $1) }) == 0 else { return false }
    let request = Array("GET \(RequestHandler.probePath) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".utf8)
    guard unsafe send(descriptor, request, request.count, Int32(MSG_NOSIGNAL)) == request.count else {
      return false
    }
    var answer = [UInt8](repeating: 0, count: 64)
    let count = unsafe recv(descriptor, &answer, answer.count, 0)
    return isSecure ? count >= 0 : count > 0 && answer.starts(with: "HTTP/1.1 200".utf8)
  }

  private func limit(_ descriptor: Int32, _ timeout: Duration) {
    let (seconds, attoseconds) = timeout.components
    var limit = timeval(tv_sec: Int(seconds), tv_usec: Int(attoseconds / 1_000_000_000_000))
    let size = socklen_t(MemoryLayout<timeval>.size)
    unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, size)
    unsafe setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, size)
  }
}
