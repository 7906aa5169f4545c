internal import CMicrohttpd

#if canImport(Glibc)
  internal import Glibc
#endif

/// A connection of libmicrohttpd that may be named from another thread.
///
/// Its holder must know that the connection lives: while it is suspended libmicrohttpd neither
/// closes nor frees it (microhttpd.h, MHD_suspend_connection).
@safe struct ConnectionHandle: SuspendableConnection {
  private let address: UInt
  /// Where bytes can be sent past the event loop; -1 where they cannot.
  private var socket: Int32 = -1

  init(_ connection: OpaquePointer) { address = UInt(bitPattern: connection) }

  /// The connection itself, for a call on its own thread.
  var connection: OpaquePointer? { unsafe OpaquePointer(bitPattern: address) }

  /// The same, to send through past the event loop where nothing is encrypted. On the connection's own thread.
  var sending: ConnectionHandle {
    var handle = self
    unsafe handle.socket = gapura_plain_socket(connection)
    return handle
  }

  func suspend() { unsafe MHD_suspend_connection(connection) }

  func resume() { unsafe MHD_resume_connection(connection) }

  func sendAtOnce(_ bytes: [UInt8]) -> Int {
    guard socket >= 0 else { return 0 }
    return max(0, unsafe send(socket, bytes, bytes.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT)))
  }
}
