internal import CMicrohttpd

/// What a request says before its body.
struct RequestHead: Sendable {
  let method: String
  let target: String
  var headers = RequestHeaders()
  /// Whether it is of HTTP/1.0.
  let isOfOldVersion: Bool
  /// The other end of the connection.
  let peer: RemoteAddress

  /// The bytes of all header fields, names and values.
  var headerByteCount: Int { headers.fields.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count + 4 } }

  /// The body's announced size; nil when it comes in chunks or there is none.
  var contentLength: UInt64? { headers["content-length"].flatMap { UInt64($0) } }

  var hasBody: Bool { (contentLength ?? 0) > 0 || headers["transfer-encoding"] != nil }
}

extension RequestHead {
  /// Copies the head out of a connection; nothing in it points into libmicrohttpd's memory.
  init(of connection: OpaquePointer, method: UnsafePointer<CChar>, target: String, version: UnsafePointer<CChar>?) {
    unsafe self.init(
      method: String(cString: method), target: target,
      isOfOldVersion: version.map { unsafe String(cString: $0) } == "HTTP/1.0",
      peer: RemoteAddress(gapura_client_address(connection)))
    unsafe withUnsafeMutablePointer(to: &headers) { headers in
      _ = unsafe MHD_get_connection_values_n(
        connection, .HEADER_KIND,
        { context, _, name, nameSize, value, valueSize in
          guard let name = unsafe name, let context = unsafe context else { return .YES }
          unsafe context.assumingMemoryBound(to: RequestHeaders.self).pointee.append(
            text(name, nameSize), text(value, valueSize))
          return .YES
        }, headers)
    }
  }
}

private func text(_ start: UnsafePointer<CChar>?, _ count: Int) -> String {
  guard let start = unsafe start else { return "" }
  return unsafe String(decoding: UnsafeRawBufferPointer(start: start, count: count), as: UTF8.self)
}
