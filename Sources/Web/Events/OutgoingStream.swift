/// A body that is made while it is sent.
protocol OutgoingStream: AnyObject, Sendable {
  /// Moves what is pending into `buffer`, or puts the connection to sleep. On the connection's own thread.
  func fill(_ buffer: UnsafeMutableRawBufferPointer, of connection: any SuspendableConnection) -> StreamFilling
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

/// A connection that takes no part in its event loop while there is nothing to send.
protocol SuspendableConnection: Sendable {
  /// Takes the connection out of its event loop. Only on the thread of that loop, in a callback.
  func suspend()
  /// Gives it back to its event loop. From any thread, once for each `suspend`.
  func resume()
  /// Sends what the line takes at once, past the event loop. From any thread, while it is suspended.
  ///
  /// - Returns: how many bytes went out. The others are for the event loop, which also notices a line that is broken.
  func sendAtOnce(_ bytes: [UInt8]) -> Int
}
