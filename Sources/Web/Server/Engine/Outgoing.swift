internal import CMicrohttpd
internal import CRefusals

/// A response in libmicrohttpd's own form.
@safe struct Outgoing: ~Copyable {
  /// What is read from an event stream at once.
  private static let blockByteCount = 4096
  /// What is read at once of a body of known length.
  private static let chunkByteCount = 32 * 1024

  private let response: OpaquePointer
  private let status: UInt32
  private let source: StreamSource?
  /// Whether nothing of libmicrohttpd's stands between the body's bytes, so that others may be sent in between.
  private let isBare: Bool

  /// - Returns: nil when there is no memory for it.
  init?(_ answer: Response, closesConnection: Bool) {
    status = UInt32(answer.status.rawValue)
    let made: OpaquePointer?
    if let stream = answer.stream {
      let source = StreamSource(stream)
      self.source = source
      // MHD_SIZE_UNKNOWN for events.
      unsafe made = MHD_create_response_from_callback(
        answer.isEndless ? UInt64.max : UInt64(answer.byteCount),
        answer.isEndless ? Self.blockByteCount : Self.chunkByteCount,
        { context, _, buffer, size in
          guard let context = unsafe context, let buffer = unsafe buffer else { return -2 }
          let source = unsafe Unmanaged<StreamSource>.fromOpaque(context).takeUnretainedValue()
          return unsafe source.read(into: UnsafeMutableRawBufferPointer(start: buffer, count: size))
        },
        Unmanaged.passRetained(source).toOpaque(),
        { context in
          if let context = unsafe context { unsafe Unmanaged<StreamSource>.fromOpaque(context).release() }
        })
    } else {
      source = nil
      unsafe made = answer.bytes.withUnsafeBytes { bytes in
        // MHD_RESPMEM_MUST_COPY: the bytes are only read, and only during the call.
        unsafe MHD_create_response_from_buffer(
          bytes.count, UnsafeMutableRawPointer(mutating: bytes.baseAddress), .RESPMEM_MUST_COPY)
      }
    }
    guard let made = unsafe made else { return nil }
    unsafe response = made
    isBare = unsafe answer.isEndless && gapura_end_with_connection(made) != 0
    for (name, value) in answer.headers { unsafe MHD_add_response_header(made, name, value) }
    for line in answer.cookieLines { unsafe MHD_add_response_header(made, "Set-Cookie", line) }
    if closesConnection { unsafe MHD_add_response_header(made, "Connection", "close") }
  }

  /// Hands it to the connection. On the connection's own thread, in a callback.
  consuming func queue(on connection: ConnectionHandle) -> Bool {
    source?.connection = isBare ? connection.sending : connection
    return unsafe gapura_queue_response(connection.connection, status, response) != 0
  }

  // The connection holds a reference of its own.
  deinit { unsafe MHD_destroy_response(response) }
}

/// Where a streamed response reads from; used on the thread of its connection only.
private final class StreamSource {
  private let stream: any OutgoingStream
  var connection: ConnectionHandle?

  init(_ stream: any OutgoingStream) { self.stream = stream }

  func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    guard let connection else { return MHD.endWithError }
    return switch unsafe stream.fill(buffer, of: connection) {
    case .bytes(let count): count
    case .sleeping: 0
    case .end: MHD.endOfStream
    case .overrun: MHD.endWithError
    }
  }
}

/// Cast macros of microhttpd.h, which Swift does not see.
private enum MHD {
  /// MHD_CONTENT_READER_END_OF_STREAM.
  static let endOfStream = -1
  /// MHD_CONTENT_READER_END_WITH_ERROR.
  static let endWithError = -2
}
