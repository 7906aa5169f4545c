/// How the web face listens and whom it believes; comes from `gapura.json5`.
public struct WebConfiguration: Sendable {
  /// The PEM files for TLS in this process; without them a reverse proxy does it, or nothing does.
  public struct TLS: Sendable, Equatable {
    /// The file with the certificate and those that lead to its root.
    public var certificatePath: String
    /// The file with the private key.
    public var keyPath: String

    /// A certificate and its key, read when the server starts.
    public init(certificatePath: String, keyPath: String) {
      self.certificatePath = certificatePath
      self.keyPath = keyPath
    }
  }

  /// A second listener, which a flood at the first one does not reach.
  public struct Hall: Sendable, Equatable {
    /// An IPv4 or IPv6 address of this machine.
    public var address: String
    /// 0 for any free port.
    public var port: UInt16
    /// What one client, and all together, may take there.
    public var limits: WebLimits

    /// A listener of the hall; inside the machine unless an address is given.
    public init(address: String = "127.0.0.1", port: UInt16, limits: WebLimits = .ofHall) {
      self.address = address
      self.port = port
      self.limits = limits
    }
  }

  /// The header field in which reverse proxies name their clients.
  public enum ForwardedField: String, Sendable, CaseIterable {
    /// The field that most proxies write, of no standard.
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
  /// The certificate and key for TLS in this process; nil where a proxy does it, or nothing does.
  public var tls: TLS?
  /// Whether it listens without TLS where others than this machine can connect.
  public var allowsPlainTextOnNetwork = false
  /// Reverse proxies that are believed when they say for whom they ask; none by default.
  public var trustedProxies: [RemoteAddress] = []
  /// Where they say it. Only one is read: a proxy that writes one of them may pass on what a client wrote into the other.
  public var forwardedField = ForwardedField.xForwardedFor
  /// What one client, and all together, may take.
  public var limits = WebLimits()
  /// The hall's own listener; none unless it is configured.
  public var hall: Hall?
  /// What one sender may do; kinds that are not named are not limited.
  public var rates: [RateClass: Rate] = [
    .signIn: Rate(burst: 10, perMinute: 10),
    .lookUp: Rate(burst: 60, perMinute: 60),
    .submit: Rate(burst: 60, perMinute: 60),
  ]

  /// The configuration of a portal inside the machine, without TLS.
  public init() {}

  /// Whether people reach it only through TLS.
  var isSecure: Bool { tls != nil || publicBaseURL?.hasPrefix("https://") == true }
}
