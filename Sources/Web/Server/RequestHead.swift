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
  /// Whether nothing of it is missing here: libmicrohttpd hands out what ends at the first NUL.
  var isWhole = true

  /// The bytes of all header fields, names and values.
  var headerByteCount: Int { headers.fields.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count + 4 } }

  /// The body's announced size; nil when it comes in chunks or there is none.
  var contentLength: UInt64? { headers["content-length"].flatMap { UInt64($0) } }

  var hasBody: Bool { (contentLength ?? 0) > 0 || headers["transfer-encoding"] != nil }
}

extension RequestHead {
  /// Whether the method is a word, and no white space or control character stands in the target (RFC 9112, section 3).
  var hasSoundLine: Bool {
    !method.isEmpty && method.utf8.allSatisfy(\.isTokenCharacter) && target.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7f }
  }

  /// Whether it says once, and as a host can be called, for whom it is (RFC 9112, section 3.2); HTTP/1.0 need not say it.
  var hasSoundHost: Bool {
    let hosts = headers.all("host")
    guard let host = hosts.first else { return isOfOldVersion }
    return hosts.count == 1 && host.utf8.allSatisfy(\.isHostCharacter)
  }

  /// Whether it waits for something that this server will not say (RFC 9110, section 10.1.1).
  var expectsTheUnknown: Bool {
    !isOfOldVersion && headers.all("expect").contains { $0.lowercased() != "100-continue" }
  }

  /// Whether every field has a name that is one and a value without control characters (RFC 9110, sections 5.1 and 5.5).
  /// `Content-Length : 5` has a name that ends with a space: a proxy that reads it as a length sees another
  /// end than one that does not.
  var hasSoundFields: Bool {
    headers.fields.allSatisfy { field in
      !field.name.isEmpty && field.name.utf8.allSatisfy(\.isTokenCharacter)
        && field.value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7f || $0 == 0x09 }
    }
  }
}

extension String {
  /// Digits and nothing else, also no sign (RFC 9110, section 8.6).
  var isDecimal: Bool { !isEmpty && utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } }
}

extension UInt8 {
  /// `tchar` of RFC 9110, section 5.6.2.
  var isTokenCharacter: Bool { isLetterOrDigit || "!#$%&'*+-.^_`|~".utf8.contains(self) }

  /// What stands in a host and a port (RFC 3986, sections 3.2.2 and 3.2.3).
  fileprivate var isHostCharacter: Bool { isLetterOrDigit || "-._~%!$&'()*+,;=:[]".utf8.contains(self) }

  private var isLetterOrDigit: Bool {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"):
      true
    default: false
    }
  }
}
