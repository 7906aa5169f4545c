internal import CMicrohttpd
internal import CRefusals

extension RequestHead {
  /// Copies the head out of a connection; nothing in it points into libmicrohttpd's memory.
  init(
    of connection: OpaquePointer, on listener: Listener, method: UnsafePointer<CChar>, url: UnsafePointer<CChar>,
    target: String, version: UnsafePointer<CChar>
  ) {
    let peer = unsafe RemoteAddress(gapura_client_address(connection))
    unsafe self.init(
      method: String(cString: method), target: target, isOfOldVersion: String(cString: version) == "HTTP/1.0",
      peer: peer, listener: listener, client: peer)
    isWhole = unsafe gapura_is_head_whole(connection, method, url, target.utf8.count, version) != 0
    unsafe readFields(of: connection)
  }

  /// What is known of a request that libmicrohttpd refuses; the target is empty where the request line was not read.
  init(ofRefused connection: OpaquePointer, on listener: Listener, target: String) {
    let peer = unsafe RemoteAddress(gapura_client_address(connection))
    self.init(method: "", target: target, isOfOldVersion: false, peer: peer, listener: listener, client: peer)
    unsafe readFields(of: connection)
  }

  private mutating func readFields(of connection: OpaquePointer) {
    unsafe withUnsafeMutablePointer(to: &headers) { headers in
      _ = unsafe MHD_get_connection_values_n(
        connection, .HEADER_KIND,
        { context, _, name, nameSize, value, valueSize in
          guard let name = unsafe name, let context = unsafe context else { return .YES }
          unsafe context.assumingMemoryBound(to: RequestHeaders.self).pointee.append(
            text(name, nameSize), trimmed(text(value, valueSize)))
          return .YES
        }, headers)
    }
  }
}

extension String {
  /// A length that libmicrohttpd is told of: what is none for us must be none for it.
  var isContentLength: Bool { isDecimal && utf8.count <= Int(GAPURA_LENGTH_DIGIT_COUNT_MAX) }
}

/// Without the white space behind a value, which is not part of it (RFC 9110, section 5.5).
private func trimmed(_ value: String) -> String {
  var value = value
  while value.last == " " || value.last == "\t" { value.removeLast() }
  return value
}

private func text(_ start: UnsafePointer<CChar>?, _ count: Int) -> String {
  guard let start = unsafe start else { return "" }
  return unsafe String(decoding: UnsafeRawBufferPointer(start: start, count: count), as: UTF8.self)
}
