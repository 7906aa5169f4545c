internal import CMicrohttpd

/// A connection of libmicrohttpd that may be named from another thread.
///
/// Its holder must know that the connection lives: while it is suspended libmicrohttpd neither
/// closes nor frees it (microhttpd.h, MHD_suspend_connection).
@safe struct ConnectionHandle: SuspendableConnection {
  private let address: UInt

  init(_ connection: OpaquePointer) { address = UInt(bitPattern: connection) }

  /// The connection itself, for a call on its own thread.
  var connection: OpaquePointer? { unsafe OpaquePointer(bitPattern: address) }

  func suspend() { unsafe MHD_suspend_connection(connection) }

  func resume() { unsafe MHD_resume_connection(connection) }
}
