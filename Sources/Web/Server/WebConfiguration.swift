/// How the web face listens and whom it believes; comes from `gapura.json5`.
public struct WebConfiguration: Sendable {
  /// The PEM files for TLS in this process; without them a reverse proxy does it, or nobody.
  public struct TLS: Sendable, Equatable {
    public var certificatePath: String
    public var keyPath: String

    public init(certificatePath: String, keyPath: String) {
      self.certificatePath = certificatePath
      self.keyPath = keyPath
    }
  }

  /// A second listener, which a flood at the first one does not reach.
  public struct Hall: Sendable, Equatable {
    public var address: String
    /// 0 for any free port.
    public var port: UInt16
    public var limits: WebLimits

    public init(address: String = "127.0.0.1", port: UInt16, limits: WebLimits = .ofHall) {
      self.address = address
      self.port = port
      self.limits = limits
    }
  }

  /// The header field in which reverse proxies name their clients.
  public enum ForwardedField: String, Sendable, CaseIterable {
    case xForwardedFor = "X-Forwarded-For"
    /// RFC 7239.
    case forwarded = "Forwarded"
  }

  /// An IPv4 or IPv6 address of this machine, `0.0.0.0` or `::`.
  public var address = "127.0.0.1"
  /// 0 for any free port.
  public var port: UInt16 = 8080
  /// What people type: `https://antrean.example.go.id`. With `https:` cookies are `Secure`, and
  /// browsers are told to stay with TLS (HSTS).
  public var publicBaseURL: String?
  public var tls: TLS?
  /// Whether it listens without TLS where others than this machine can connect.
  public var allowsPlainTextOnNetwork = false
  /// Reverse proxies that are believed when they say for whom they ask; none by default.
  public var trustedProxies: [RemoteAddress] = []
  /// Where they say it. Only one is read: a proxy that writes one of them may pass on what a client wrote into the other.
  public var forwardedField = ForwardedField.xForwardedFor
  public var limits = WebLimits()
  /// The hall's own listener; none unless it is configured.
  public var hall: Hall?
  /// What one sender may do; kinds that are not named are not limited.
  public var rates: [RateClass: Rate] = [
    .signIn: Rate(burst: 10, perMinute: 10),
    .lookUp: Rate(burst: 60, perMinute: 60),
    .submit: Rate(burst: 60, perMinute: 60),
  ]

  public init() {}

  /// Whether people reach it only through TLS.
  var isSecure: Bool { tls != nil || publicBaseURL?.hasPrefix("https://") == true }
}
