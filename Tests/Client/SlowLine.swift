internal import Foundation
internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#endif

/// A slow mobile line to a port of this machine: so many bits a second each way, shared by all connections, a delay, and
/// a round trip before the first byte of each connection, which the kernel's own handshake on this machine would spare.
public final class SlowLine: Sendable {
  /// What the line is like.
  public struct Quality: Sendable {
    public let downBitsPerSecond: Int
    public let upBitsPerSecond: Int
    public let roundTrip: Duration

    public init(downBitsPerSecond: Int, upBitsPerSecond: Int, roundTrip: Duration) {
      self.downBitsPerSecond = downBitsPerSecond
      self.upBitsPerSecond = upBitsPerSecond
      self.roundTrip = roundTrip
    }

    /// EDGE, as a phone has it at the edge of a town.
    public static let secondGeneration = Quality(
      downBitsPerSecond: 250_000, upBitsPerSecond: 50_000, roundTrip: .milliseconds(300))
  }

  /// As large as one packet.
  private static let packetByteCount = 1400

  /// Where the line begins.
  public let port: UInt16
  private let quality: Quality
  private let target: UInt16
  private let listener: Int32
  private let up: Channel
  private let down: Channel

  /// Opens a line on a free port.
  ///
  /// - Parameter target: the port of 127.0.0.1 to which it leads.
  /// - Throws: `Connection.Failure` when it cannot listen.
  public init(to target: UInt16, _ quality: Quality = .secondGeneration) throws {
    self.target = target
    self.quality = quality
    port = try FreePort.next()
    up = Channel(bitsPerSecond: quality.upBitsPerSecond, delay: quality.roundTrip / 2)
    down = Channel(bitsPerSecond: quality.downBitsPerSecond, delay: quality.roundTrip / 2)
    listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var yes: Int32 = 1
    unsafe setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    guard unsafe Self.call(bind, listener, port), listen(listener, 64) == 0 else {
      throw Connection.Failure.cannotConnect(reason: errno)
    }
    Thread.detachNewThread { [self] in accept() }
  }

  /// Takes no more connections.
  public func close() { shutdown(listener, Int32(SHUT_RDWR)) }

  /// Bytes that have gone down the line to the phone.
  public var byteCountDown: Int { down.byteCount }

  private func accept() {
    while true {
      let near = Glibc.accept(listener, nil, nil)
      guard near >= 0 else { break }
      let far = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
      guard unsafe Self.call(connect, far, target) else {
        _ = (Glibc.close(near), Glibc.close(far))
        continue
      }
      var yes: Int32 = 1
      for end in [near, far] {
        unsafe setsockopt(end, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
      }
      let pair = Pair(near, far)
      pass(from: near, to: far, by: up, after: .now + quality.roundTrip, pair)
      pass(from: far, to: near, by: down, after: .now, pair)
    }
    Glibc.close(listener)
  }

  /// Reads in one thread and delivers in another, so that what is under way does not hold up what follows.
  private func pass(
    from source: Int32, to sink: Int32, by channel: Channel, after start: ContinuousClock.Instant, _ pair: Pair
  ) {
    let transit = Transit()
    Thread.detachNewThread {
      var buffer = [UInt8](repeating: 0, count: Self.packetByteCount)
      while case let count = unsafe read(source, &buffer, buffer.count), count > 0 {
        transit.put(Array(buffer[..<count]), at: channel.arrival(ofBytes: count, from: start))
      }
      transit.put([], at: .now)
    }
    Thread.detachNewThread {
      while let (bytes, arrival) = transit.next(), !bytes.isEmpty {
        Thread.sleep(forTimeInterval: max(0, (arrival - .now) / .seconds(1)))
        guard unsafe send(sink, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count else { break }
      }
      shutdown(sink, Int32(SHUT_WR))
      shutdown(source, Int32(SHUT_RD))
      pair.oneWayIsDone()
    }
  }

  private static func call(
    _ function: (Int32, UnsafePointer<sockaddr>?, socklen_t) -> Int32, _ descriptor: Int32, _ port: UInt16
  ) -> Bool {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return unsafe withUnsafePointer(to: &address) { address in
      unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe function(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
  }
}

/// One direction of the line: bytes follow each other at its rate.
private final class Channel: Sendable {
  private let secondsPerByte: Double
  private let delay: Duration
  private let state = Mutex((free: ContinuousClock.now, byteCount: 0))

  init(bitsPerSecond: Int, delay: Duration) {
    secondsPerByte = 8 / Double(bitsPerSecond)
    self.delay = delay
  }

  var byteCount: Int { state.withLock { $0.byteCount } }

  /// When the last of so many bytes is at the other end, which are sent as soon as the line is free.
  func arrival(ofBytes count: Int, from start: ContinuousClock.Instant) -> ContinuousClock.Instant {
    state.withLock { state in
      state.free = max(state.free, max(.now, start)) + .seconds(1) * (Double(count) * secondsPerByte)
      state.byteCount += count
      return state.free + delay
    }
  }
}

/// What is under way on one connection in one direction.
private final class Transit: Sendable {
  private let queue = Mutex<[(bytes: [UInt8], arrival: ContinuousClock.Instant)]>([])
  private let count = DispatchSemaphore(value: 0)

  func put(_ bytes: [UInt8], at arrival: ContinuousClock.Instant) {
    queue.withLock { $0.append((bytes, arrival)) }
    count.signal()
  }

  func next() -> (bytes: [UInt8], arrival: ContinuousClock.Instant)? {
    count.wait()
    return queue.withLock { $0.isEmpty ? nil : $0.removeFirst() }
  }
}

/// The two ends of a connection, closed when both directions are done.
private final class Pair: Sendable {
  private let ends: [Int32]
  private let openWays = Mutex(2)

  init(_ near: Int32, _ far: Int32) { ends = [near, far] }

  func oneWayIsDone() {
    let isLast = openWays.withLock { openWays in
      openWays -= 1
      return openWays == 0
    }
    if isLast { for end in ends { Glibc.close(end) } }
  }
}
