/// A body that is made while it is sent.
protocol OutgoingStream: AnyObject, Sendable {
  /// Moves what is pending into `buffer`, or puts the connection to sleep. On the connection's own thread.
  func fill(_ buffer: UnsafeMutableRawBufferPointer, of connection: ConnectionHandle) -> StreamFilling
  /// The connection is gone: called once by the server, after which it is never touched again.
  func detach()
  /// Ends it at once and wakes the connection.
  func cut()
}

/// What `fill` found.
enum StreamFilling: Equatable {
  case bytes(Int)
  case sleeping
  case end
  /// It cannot go on; the reader learns so by the connection's end.
  case overrun
}
