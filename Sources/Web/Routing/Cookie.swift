/// A cookie to be set. Path `/` and `HttpOnly` always, `SameSite=Lax` unless it is stricter; under TLS also `Secure` and
/// the name prefix `__Host-`, which the server adds and takes away again.
public struct Cookie: Sendable, Equatable {
  /// The name without the prefix that TLS adds.
  public let name: String
  /// The value as it is sent, of characters that need no quoting.
  public let value: String
  /// In seconds; nil for as long as the browser is open.
  public let secondsToLive: Int?
  /// Not sent with a request that another site's page starts, not even by a link.
  let isStrict: Bool

  /// The value may hold letters, digits, `-`, `_`, `.` and `~`; whatever else is left out.
  public init(_ name: StaticString, _ value: String, secondsToLive: Int? = nil) {
    self.init(name, value, secondsToLive: secondsToLive, isStrict: false)
  }

  private init(_ name: StaticString, _ value: String, secondsToLive: Int?, isStrict: Bool) {
    self.name = name.description
    self.value = String(value.filter { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.~".contains($0)) })
    self.secondsToLive = secondsToLive
    self.isStrict = isStrict
  }

  /// Removes the cookie.
  public static func removing(_ name: StaticString) -> Cookie { Cookie(name, "", secondsToLive: 0) }

  /// The cookie that holds an officer's session token, as `Gatekeeper` knows it.
  public static func officer(token: String) -> Cookie {
    Cookie("petugas", token, secondsToLive: nil, isStrict: true)
  }

  /// Takes the officer's session token away.
  public static var officerGone: Cookie { .removing("petugas") }

  /// The line that sets it (RFC 6265 section 4.1).
  func line(secure: Bool) -> String {
    var line =
      "\(Self.fullName(name, secure: secure))=\(value); Path=/; HttpOnly; SameSite=\(isStrict ? "Strict" : "Lax")"
    if let secondsToLive { line += "; Max-Age=\(secondsToLive)" }
    if secure { line += "; Secure" }
    return line
  }

  static func fullName(_ name: String, secure: Bool) -> String { secure ? "__Host-\(name)" : name }
}
