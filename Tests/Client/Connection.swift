#if canImport(Glibc)
  internal import Glibc
#endif

/// One TCP connection to a server on this machine, blocking and with a time-out; for tests that want to
/// say exactly which bytes go over the wire. Use it from one thread at a time.
public final class Connection {
  /// What goes wrong with a connection.
  public enum Failure: Error, Equatable {
    case cannotConnect(reason: Int32)
    case cannotSend(reason: Int32)
    /// Nothing came in time.
    case timedOut
    /// The other end cut the connection.
    case reset
    /// The other end closed in the middle of an answer.
    case endedEarly
    case malformed(String)
  }

  private static let readByteCount = 64 * 1024

  private var descriptor: Int32
  private var buffer: [UInt8] = []
  private var position = 0

  /// Connects to an IPv4 address of this machine.
  ///
  /// - Parameter receiveByteCount: a small receive buffer makes a slow reader.
  public init(
    to host: String = "127.0.0.1", port: UInt16, timeout: Duration = .seconds(10), receiveByteCount: Int? = nil
  ) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw Failure.cannotConnect(reason: errno) }
    if let receiveByteCount { set(SOL_SOCKET, SO_RCVBUF, Int32(receiveByteCount)) }
    set(Int32(IPPROTO_TCP), TCP_NODELAY, 1)
    limit(timeout)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    guard unsafe inet_pton(AF_INET, host, &address.sin_addr) == 1 else { throw Failure.cannotConnect(reason: EINVAL) }
    try reach(address)
  }

  /// Connects to a Unix socket.
  public init(unixSocket path: String, timeout: Duration = .seconds(10)) throws {
    descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw Failure.cannotConnect(reason: errno) }
    limit(timeout)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let isShort = unsafe withUnsafeMutableBytes(of: &address.sun_path) { place in
      guard path.utf8.count < place.count else { return false }
      unsafe place.copyBytes(from: path.utf8)
      return true
    }
    guard isShort else { throw Failure.cannotConnect(reason: ENAMETOOLONG) }
    try reach(address)
  }

  private func reach<Address>(_ address: Address) throws {
    let size = socklen_t(MemoryLayout<Address>.size)
    let result = unsafe withUnsafePointer(to: address) { address in
      unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        Self.uninterrupted { unsafe connect(descriptor, address, size) }
      }
    }
    guard result == 0 else {
      let reason = errno
      close()
      throw Failure.cannotConnect(reason: reason)
    }
  }

  /// A signal, such as a fuzzer's alarm, interrupts a call that goes on when it is made again.
  private static func uninterrupted(_ call: () -> Int32) -> Int32 {
    var result = call()
    while result != 0, errno == EINTR { result = call() }
    return result
  }

  deinit { close() }

  /// Sends all of it.
  public func send(_ bytes: [UInt8]) throws {
    var sent = 0
    while sent < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { bytes in
        unsafe Glibc.send(
          descriptor, bytes.baseAddress?.advanced(by: sent), bytes.count - sent, Int32(MSG_NOSIGNAL))
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw Failure.cannotSend(reason: errno) }
      sent += count
    }
  }

  /// Sends the text in UTF-8.
  public func send(_ text: String) throws { try send(Array(text.utf8)) }

  /// Changes how long reading and writing wait.
  public func limit(_ timeout: Duration) {
    let (seconds, attoseconds) = timeout.withPatience.components
    var limit = timeval(tv_sec: Int(seconds), tv_usec: Int(attoseconds / 1_000_000_000_000))
    let size = socklen_t(MemoryLayout<timeval>.size)
    unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, size)
    unsafe setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, size)
  }

  /// Says that nothing more will be sent (half-close).
  public func finishSending() { shutdown(descriptor, Int32(SHUT_WR)) }

  /// Closes with a reset instead of a farewell, as a phone that loses its network does.
  public func reset() {
    var linger = linger(l_onoff: 1, l_linger: 0)
    unsafe setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<Glibc.linger>.size))
    close()
  }

  /// Closes; again is allowed.
  public func close() {
    if descriptor >= 0 { _ = Glibc.close(descriptor) }
    descriptor = -1
  }

  // MARK: Reading

  /// The next answer. `toHead`: it answers a HEAD request and so has no body.
  public func readAnswer(toHead: Bool = false) throws -> Answer {
    var answer = try readHead()
    answer.body = try readBody(of: answer, toHead: toHead)
    return answer
  }

  /// The next answer's status line and header fields.
  public func readHead() throws -> Answer {
    let line = try readLine()
    let parts = line.split(separator: " ", maxSplits: 2)
    guard parts.count >= 2, parts[0].hasPrefix("HTTP/1."), let status = Int(parts[1]) else {
      throw Failure.malformed(line)
    }
    var answer = Answer(status: status)
    while case let field = try readLine(), !field.isEmpty {
      guard let colon = field.firstIndex(of: ":") else { throw Failure.malformed(field) }
      let value = field[field.index(after: colon)...].drop { $0 == " " }
      answer.headers.append((String(field[..<colon]).lowercased(), String(value)))
    }
    // What goes before the answer proper, such as 100 Continue.
    return status / 100 == 1 ? try readHead() : answer
  }

  /// The next chunk of a chunked body; empty for the last one.
  public func readChunk() throws -> [UInt8] {
    let line = try readLine()
    guard let size = Int(line.prefix { $0 != ";" }, radix: 16) else { throw Failure.malformed(line) }
    let chunk = try readExactly(size)
    guard try readLine().isEmpty else { throw Failure.malformed("no line end after a chunk") }
    return chunk
  }

  /// What has come of a body that ends with the connection; waits while nothing has, and is empty at the end.
  public func readSome() throws -> [UInt8] {
    if position == buffer.count { guard try fill() else { return [] } }
    defer { position = buffer.count }
    return Array(buffer[position...])
  }

  /// Whether the other end has closed: waits for it.
  public func isClosedByPeer() -> Bool {
    do {
      while try fill() { buffer.removeAll(keepingCapacity: true) }
      return true
    } catch Failure.reset {
      return true
    } catch {
      return false
    }
  }

  /// Everything until the other end closes, or cuts the connection where that will do.
  public func readToEnd(orReset: Bool = false) throws -> [UInt8] {
    do { while try fill() {} } catch Failure.reset where orReset {}
    defer { (buffer, position) = ([], 0) }
    return Array(buffer[position...])
  }

  private func readBody(of answer: Answer, toHead: Bool) throws -> [UInt8] {
    if toHead || answer.status == 204 || answer.status == 304 { return [] }
    if answer.header("transfer-encoding") == "chunked" {
      var body: [UInt8] = []
      while case let chunk = try readChunk(), !chunk.isEmpty { body += chunk }
      return body
    }
    guard let length = answer.header("content-length").flatMap({ Int($0) }) else { return try readToEnd() }
    return try readExactly(length)
  }

  private func readExactly(_ count: Int) throws -> [UInt8] {
    while buffer.count - position < count { guard try fill() else { throw Failure.endedEarly } }
    defer { position += count }
    return Array(buffer[position..<position + count])
  }

  private func readLine() throws -> String {
    var searched = position
    while true {
      if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        defer { position = end + 1 }
        let line = buffer[position..<end]
        return String(decoding: line.last == UInt8(ascii: "\r") ? line.dropLast() : line, as: UTF8.self)
      }
      let pending = buffer.count - position
      guard try fill() else { throw pending == 0 ? Failure.reset : Failure.endedEarly }
      searched = position + pending
    }
  }

  /// Reads more; false at the end of the stream.
  private func fill() throws -> Bool {
    if position > 0 {
      buffer.removeFirst(position)
      position = 0
    }
    var bytes = [UInt8](repeating: 0, count: Self.readByteCount)
    while true {
      let count = unsafe recv(descriptor, &bytes, bytes.count, 0)
      if count < 0, errno == EINTR { continue }
      if count < 0 { throw errno == EAGAIN || errno == EWOULDBLOCK ? Failure.timedOut : Failure.reset }
      buffer += bytes[..<count]
      return count > 0
    }
  }

  private func set(_ level: Int32, _ option: Int32, _ value: Int32) {
    var value = value
    unsafe setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
  }
}
