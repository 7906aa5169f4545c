/// Header fields that every answer carries.
enum SecurityHeaders {
  /// Everything comes from this host, no script is inline and no style but the one with a first page's nonce, no site
  /// frames us, and forms lead back here.
  private static let contentPolicy: StaticString = """
    default-src 'none'; script-src 'self'; img-src 'self' data:; font-src 'self'; \
    media-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; \
    base-uri 'none'; style-src 'self'
    """
  /// A foreign file gets an origin of its own and loads nothing; the browser's own page around a picture has styles.
  private static let foreignPolicy: StaticString =
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
  /// Likewise for a PDF in a page of ours. It runs in the browser's own viewer, which no sandboxed document starts.
  private static let shownForeignPolicy: StaticString =
    "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'"
  /// What a page that shows such files may do besides.
  private static let showing: StaticString = "; object-src 'self'; frame-src 'self'"
  private static let permissions: StaticString =
    "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()"
  /// Two years, as hstspreload.org asks.
  private static let transport: StaticString = "max-age=63072000; includeSubDomains"

  private static func policy(of response: Response) -> String {
    switch response.foreignUse {
    case .saved, .picture: foreignPolicy.description
    case .document: shownForeignPolicy.description
    case nil:
      contentPolicy.description + (response.styleNonce.map { " 'nonce-\($0)'" } ?? "")
        + (response.showsForeign ? showing.description : "")
    }
  }

  /// The response with all of them; `Cache-Control: no-store` unless the response says another.
  static func added(to response: Response, isSecure: Bool) -> Response {
    var response = response
    response.setHeader("Content-Security-Policy", policy(of: response))
    response.setHeader("X-Content-Type-Options", "nosniff")
    // Addresses name no person, and still are no other site's business.
    response.setHeader("Referrer-Policy", "same-origin")
    response.setHeader("Permissions-Policy", permissions.description)
    response.setHeader("Cross-Origin-Opener-Policy", "same-origin")
    response.setHeader("Cross-Origin-Resource-Policy", "same-origin")
    if isSecure { response.setHeader("Strict-Transport-Security", transport.description) }
    if response.header("Cache-Control") == nil { response.setHeader("Cache-Control", "no-store") }
    return response
  }
}
