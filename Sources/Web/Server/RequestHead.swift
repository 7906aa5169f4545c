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
  /// Where it came in.
  let listener: Listener
  /// On whose account it goes: the other end, or whom a believed proxy names.
  var client: RemoteAddress

  /// The bytes of all header fields, names and values.
  var headerByteCount: Int { headers.fields.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count + 4 } }

  /// The body's announced size; nil when it comes in chunks or there is none.
  var contentLength: UInt64? { headers["content-length"].flatMap { UInt64($0) } }

  var hasBody: Bool { (contentLength ?? 0) > 0 || headers["transfer-encoding"] != nil }
}

extension RequestHead {
  /// Whether every field has a name that is one and a value without control characters (RFC 9110, sections 5.1 and 5.5).
  /// `Content-Length : 5` has a name that ends with a space: who reads it as a length sees another end than who does not.
  var hasSoundFields: Bool {
    headers.fields.allSatisfy { field in
      !field.name.isEmpty && field.name.utf8.allSatisfy(\.isTokenCharacter)
        && field.value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7f || $0 == 0x09 }
    }
  }
}

extension String {
  /// Digits and nothing else, also no sign (RFC 9110, section 8.6).
  var isContentLength: Bool {
    !isEmpty && utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } && UInt64(self) != nil
  }
}

extension UInt8 {
  /// `tchar` of RFC 9110, section 5.6.2.
  fileprivate var isTokenCharacter: Bool {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"):
      true
    default: "!#$%&'*+-.^_`|~".utf8.contains(self)
    }
  }
}

extension RequestHead {
  /// Copies the head out of a connection; nothing in it points into libmicrohttpd's memory.
  init(
    of connection: OpaquePointer, on listener: Listener, method: UnsafePointer<CChar>, target: String,
    version: UnsafePointer<CChar>?
  ) {
    let peer = unsafe RemoteAddress(gapura_client_address(connection))
    unsafe self.init(
      method: String(cString: method), target: target,
      isOfOldVersion: version.map { unsafe String(cString: $0) } == "HTTP/1.0",
      peer: peer, listener: listener, client: peer)
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
