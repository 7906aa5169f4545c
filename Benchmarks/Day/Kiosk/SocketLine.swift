internal import Console
internal import Core

#if canImport(Glibc)
  internal import Glibc
#endif

/// A connection to the daemon's Unix socket that says hello, as the daemon's documentation describes it.
final class SocketLine: TerminalLine {
  private enum Message {
    static let hello: UInt8 = 0x01
    static let input: UInt8 = 0x02
    static let output: UInt8 = 0x81
    static let bye: UInt8 = 0x82
    static let version: UInt8 = 1
  }

  private static let payloadByteCountMax = 4096

  private let name: String
  private let descriptor: Int32
  private var held: [UInt8] = []
  private var unfinished: [UInt8] = []

  /// Connects and introduces itself.
  ///
  /// - Throws: `Trouble` when nobody listens at the path.
  init(to path: String, name: String, size: Size, timeout: Duration) throws {
    self.name = name
    descriptor = try UnixStream.connect(to: path, timeout: timeout)
    let numbers = [size.columns, size.rows].flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    try UnixStream.send(Self.message(Message.hello, [Message.version] + numbers + Array(name.utf8)), to: descriptor)
  }

  deinit { UnixStream.close(descriptor) }

  func send(_ keys: String) throws {
    try UnixStream.send(Self.message(Message.input, Array(keys.utf8)), to: descriptor)
  }

  func receive(within time: Duration) throws -> [UInt8]? {
    guard UnixStream.wait(for: descriptor, time), let bytes = try UnixStream.receive(from: descriptor) else {
      return nil
    }
    held += bytes
    var drawn: [UInt8] = []
    while held.count >= 3 {
      let length = Int(held[1]) << 8 | Int(held[2])
      guard held.count >= 3 + length else { break }
      let payload = Array(held[3..<(3 + length)])
      switch held[0] {
      case Message.output:
        unfinished += payload
        // A full message may be cut anywhere; what follows completes it.
        if length < Self.payloadByteCountMax {
          drawn += unfinished
          unfinished = []
        }
      case Message.bye:
        throw Trouble("kiosk \(name) was told to go: \(String(decoding: payload.dropFirst(), as: UTF8.self))")
      default: throw Trouble("kiosk \(name) got a message of unknown type \(held[0])")
      }
      held.removeFirst(3 + length)
    }
    return drawn
  }

  private static func message(_ type: UInt8, _ payload: [UInt8]) -> [UInt8] {
    [type, UInt8(payload.count >> 8), UInt8(payload.count & 0xFF)] + payload
  }
}

/// A Unix stream socket of a client, blocking.
enum UnixStream {
  static func connect(to path: String, timeout: Duration) throws -> Int32 {
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw Trouble("no socket could be made (\(errno))") }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
      close(descriptor)
      throw Trouble("the path of the kiosk socket is too long for a Unix socket")
    }
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: bytes) }
    var limit = timeval(tv_sec: Int(timeout.components.seconds), tv_usec: 0)
    unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    let result = unsafe withUnsafePointer(to: &address) { address in
      unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard result == 0 else {
      let reason = errno
      close(descriptor)
      throw Trouble("no kiosk service listens on the socket (\(reason))")
    }
    return descriptor
  }

  static func send(_ bytes: [UInt8], to descriptor: Int32) throws {
    var sent = 0
    while sent < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { bytes in
        unsafe Glibc.send(descriptor, bytes.baseAddress?.advanced(by: sent), bytes.count - sent, Int32(MSG_NOSIGNAL))
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw Trouble("the kiosk service has gone (\(errno))") }
      sent += count
    }
  }

  /// - Returns: whether there is something to receive by then, be it that the other side has gone.
  static func wait(for descriptor: Int32, _ time: Duration) -> Bool {
    var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return unsafe poll(&entry, 1, Int32(time.milliseconds)) > 0
  }

  /// - Returns: nil when nothing came in the time given to `connect`.
  /// - Throws: `Trouble` when the other side has gone.
  static func receive(from descriptor: Int32) throws -> ArraySlice<UInt8>? {
    var bytes = [UInt8](repeating: 0, count: 16 * 1024)
    while true {
      let count = unsafe recv(descriptor, &bytes, bytes.count, 0)
      if count < 0, errno == EINTR { continue }
      if count < 0, errno == EAGAIN { return nil }
      guard count > 0 else { throw Trouble("the kiosk service has gone (\(count == 0 ? 0 : errno))") }
      return bytes[..<count]
    }
  }

  static func close(_ descriptor: Int32) { _ = Glibc.close(descriptor) }
}
