public import Foundation

#if canImport(Glibc)
  internal import Glibc
#endif

/// What the service manager listens on (`NOTIFY_SOCKET`, sd_notify(3)), or another that takes messages of lines.
public final class NotifySocket {
  public let path: String
  private let descriptor: Int32

  /// - Throws: `POSIXError` when the socket cannot be bound.
  public init(in directory: URL, named name: String = "notify") throws {
    path = directory.appendingPathComponent(name).path
    descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path.utf8) }
    let size = socklen_t(MemoryLayout<sockaddr_un>.size)
    let bound = unsafe withUnsafePointer(to: &address) { address in
      unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe bind(descriptor, $0, size) }
    }
    guard bound == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
    // A silent server fails the test instead of hanging it.
    var limit = timeval(tv_sec: 20, tv_usec: 0)
    unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
  }

  deinit { close(descriptor) }

  /// The next message's lines; nil when none has come for 20 s.
  public func next() -> [String]? {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = unsafe recv(descriptor, &buffer, buffer.count, 0)
    guard count > 0 else { return nil }
    return String(decoding: buffer[..<count], as: UTF8.self).split(separator: "\n").map(String.init)
  }

  /// Whether a message with that line comes that is not on its way already.
  public func hearsAnew(_ line: String) -> Bool {
    var byte: UInt8 = 0
    while unsafe recv(descriptor, &byte, 1, Int32(MSG_DONTWAIT)) >= 0 {}
    return hears(line)
  }

  /// Whether a message with that line comes.
  public func hears(_ line: String) -> Bool {
    while let message = next() {
      if message.contains(line) { return true }
    }
    return false
  }
}
