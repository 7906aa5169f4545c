internal import CMicrohttpd
internal import Dispatch
internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#endif

/// Takes new connections from a listening socket, on a thread of its own.
///
/// libmicrohttpd could listen by itself, but not stop it: `MHD_quiesce_daemon` marks each of its loops and then takes the
/// socket out of that loop's epoll set. Where the loop has seen the mark first and has taken it out already, the second
/// removal ends the whole process ("Failed to remove listen FD from epoll set", 0.9.75).
final class Acceptor: Sendable {
  /// How long to wait where the kernel has no descriptor or no memory for a connection; it waits in the queue meanwhile.
  private static let pauseMilliseconds: Int32 = 50
  /// How many connections may wait for the daemon's loops: idle ones make room for the next, and a connection can be idle
  /// once a loop has begun with it.
  private static let aheadMax = 64
  /// How long the loops have for that; a connection that failed on the way is never begun.
  private static let patienceMilliseconds: Int32 = 1000

  private let socket: ListeningSocket
  private let daemon: UInt
  private let engine: Engine
  /// Two ends: what is written into the second one wakes the thread, which waits at the first.
  private let bell: [Int32]
  private let isEnding = Atomic(false)
  private let hasEnded = DispatchGroup()

  /// - Parameters:
  ///   - daemon: the address of the daemon that serves what is accepted; it must stay until `end`.
  ///   - engine: decides who is let in.
  /// - Returns: nil where the kernel has no descriptor for it.
  init?(_ socket: ListeningSocket, for daemon: UInt, of engine: Engine) {
    self.socket = socket
    self.daemon = daemon
    self.engine = engine
    var bell: [Int32] = [-1, -1]
    guard unsafe socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0, &bell) == 0 else {
      return nil
    }
    self.bell = bell
    // Another holder of the same socket may take the connection that was announced here.
    let flags = fcntl(socket.descriptor, F_GETFL)
    guard flags >= 0, fcntl(socket.descriptor, F_SETFL, flags | O_NONBLOCK) == 0 else { return nil }
    // A queue of its own has a thread of its own.
    DispatchQueue(label: "web.acceptor").async(group: hasEnded) { self.run() }
  }

  deinit { for end in bell { close(end) } }

  /// Accepts nothing more; what was accepted is the daemon's when this returns. May be called again.
  func end() {
    isEnding.store(true, ordering: .sequentiallyConsistent)
    unsafe _ = send(bell[1], [1], 1, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
    hasEnded.wait()
  }

  private func run() {
    var handedCount = 0
    while !isEnding.load(ordering: .sequentiallyConsistent) {
      var watched = [
        pollfd(fd: bell[0], events: Int16(POLLIN), revents: 0),
        pollfd(fd: socket.descriptor, events: Int16(POLLIN), revents: 0),
      ]
      guard unsafe poll(&watched, nfds_t(watched.count), -1) > 0, watched[1].revents != 0 else { continue }
      guard acceptAll(&handedCount) == .lacksMeans else { continue }
      repeat { unsafe _ = poll(&watched, 1, Self.pauseMilliseconds) } while !mayGoOn
    }
  }

  /// Whether it is worth another try.
  private var mayGoOn: Bool { isEnding.load(ordering: .sequentiallyConsistent) || Descriptors.areLeft }

  private enum Outcome {
    case nobodyWaits
    case lacksMeans
  }

  /// Until no client waits.
  private func acceptAll(_ handedCount: inout Int) -> Outcome {
    while !isEnding.load(ordering: .sequentiallyConsistent) {
      waitForLoops(&handedCount)
      var address = sockaddr_storage()
      var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
      let taken = unsafe withUnsafeMutablePointer(to: &address) { storage in
        unsafe storage.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
          unsafe accept(from: address, &length, &handedCount)
        }
      }
      if let taken {
        if Descriptors.isOfSpare(taken) { return .lacksMeans }
        continue
      }
      switch errno {
      // What the other end or the network did to one that waited (accept(2)) is not about the next one.
      case EINTR, ECONNABORTED, EPROTO, ENOPROTOOPT, ENETDOWN, ENETUNREACH, EHOSTDOWN, EHOSTUNREACH, ENONET, EOPNOTSUPP,
        EPERM:
        continue
      case EAGAIN: return .nobodyWaits
      default: return .lacksMeans
      }
    }
    return .nobodyWaits
  }

  /// Lets the loops come nearer than `aheadMax`.
  private func waitForLoops(_ handedCount: inout Int) {
    var waited: Int32 = 0
    while handedCount - engine.begunCount >= Self.aheadMax, !isEnding.load(ordering: .sequentiallyConsistent) {
      guard waited < Self.patienceMilliseconds else {
        handedCount = engine.begunCount
        return
      }
      waited += 1
      _ = poll(nil, 0, 1)
    }
  }

  /// The descriptor of a client that was there; for nil errno says why.
  private func accept(
    from address: UnsafeMutablePointer<sockaddr>, _ length: inout socklen_t, _ handedCount: inout Int
  ) -> Int32? {
    let connection = unsafe gapura_accept(socket.descriptor, address, &length)
    guard connection >= 0 else { return nil }
    guard unsafe engine.admits(connection, of: RemoteAddress(address)) else {
      close(connection)
      return connection
    }
    // Closed by the library where it does not take it.
    if unsafe MHD_add_connection(OpaquePointer(bitPattern: daemon), connection, address, length) == .YES {
      handedCount += 1
    } else {
      engine.forget(connection)
    }
    return connection
  }
}
