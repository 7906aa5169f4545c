import Core
import Day

#if canImport(Glibc)
  import Glibc
#endif

/// Many event streams in one thread of their own: when something arrives at each of them.
final class StreamCrowd {
  /// The crowd comes from several of the loopback network's addresses, as a hall and its town do.
  private static let streamsPerAddress = 400

  private let descriptors: [Int32]
  private let reader: Reader

  /// Opens a stream to each path.
  init(port: UInt16, paths: [String]) throws {
    var descriptors: [Int32] = []
    for (place, path) in paths.enumerated() {
      descriptors.append(try Self.open(path, port: port, from: UInt32(2 + place / Self.streamsPerAddress)))
    }
    self.descriptors = descriptors
    reader = Reader(descriptors)
    // First of all: what has come already, as most of it has, is read as soon as the thread runs, and comes only once.
    reader.begin()
    reader.start()
  }

  /// From now on arrivals are timed anew.
  func begin() { reader.begin() }

  /// How long after `begin` each stream got its first bytes; nil for those that got none in time.
  func wait(atMost limit: Duration) -> [Duration?] {
    let deadline = ContinuousClock.now + limit
    while ContinuousClock.now < deadline, !reader.isComplete { usleep(2000) }
    return reader.arrivals
  }

  /// Waits for the content with which each stream begins.
  func awaitBeginnings() throws {
    let missingCount = wait(atMost: .seconds(30)).count { $0 == nil }
    guard missingCount == 0 else { throw Trouble("\(missingCount) of \(descriptors.count) streams did not begin") }
  }

  /// Waits until nothing has come for a while.
  func drain(quietFor silence: Duration) {
    while ContinuousClock.now - reader.latest < silence { usleep(20_000) }
  }

  /// What all of them have received since `begin`.
  var byteCount: Int { reader.byteCount }

  func close() {
    reader.stop()
    for descriptor in descriptors { Glibc.close(descriptor) }
  }

  private static func open(_ path: String, port: UInt16, from host: UInt32) throws -> Int32 {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { throw Trouble("no socket could be made (\(errno))") }
    // 127.0.0.host to 127.0.0.1.
    guard unsafe call(bind, descriptor, 0x7F00_0000 + host, 0) == 0,
      unsafe call(connect, descriptor, 0x7F00_0001, port) == 0
    else {
      throw Trouble("a stream could not be opened (\(errno))")
    }
    let request = Array("GET \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nAccept: text/event-stream\r\n\r\n".utf8)
    guard unsafe send(descriptor, request, request.count, 0) == request.count else {
      throw Trouble("a request could not be sent (\(errno))")
    }
    _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
    return descriptor
  }

  private static func call(
    _ function: (Int32, UnsafePointer<sockaddr>?, socklen_t) -> Int32, _ descriptor: Int32, _ host: UInt32,
    _ port: UInt16
  ) -> Int32 {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = host.bigEndian
    return unsafe withUnsafePointer(to: &address) { address in
      unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe function(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }
}
