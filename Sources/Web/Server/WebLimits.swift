/// What one client, and all together, may take from the server.
public struct WebLimits: Sendable, Equatable {
  /// Connections at once: a full hall's displays and consoles, and a release day's visitors.
  public var connectionCountMax = 4096
  /// Connections at once from one address that is no reverse proxy. Whole neighbourhoods share one at mobile networks, and
  /// so do the phones and displays of a full hall on its own wireless network, each with an event stream.
  public var connectionsPerAddressMax = 1200
  /// Event streams at once: a quarter of the connections stays for pages.
  public var streamCountMax = 3072
  /// Event streams at once of one client, as far as a reverse proxy names it.
  public var streamsPerClientMax = 1000
  /// After how many seconds a reader whose stream was ended for another may come back.
  public var streamRetrySeconds = 30
  /// Requests at once that handlers are at work on. More at once are no faster: the store has one writer.
  public var workCountMax = 128
  /// Requests at once of one client that handlers are at work on.
  public var workPerClientMax = 16
  /// Requests of one client that may wait for their turn; beyond them it is told to come back.
  public var waitingPerClientMax = 240
  /// Files at once that are received and sealed.
  public var uploadCountMax = 64
  /// Files at once of one client.
  public var uploadsPerClientMax = 16
  /// How long a client that asks too often waits to be told so: else it would ask again at once.
  public var lateRefusal = Duration.seconds(1)
  /// How long an open connection may be silent: a phone's keep-alive, not a squatter's.
  public var idleSecondsMax = 30
  /// How long a request's head may take after the connection fell idle, whatever trickles in.
  public var headSecondsMax = 20
  /// The slowest line that is waited for, in bytes per second: below GPRS.
  public var bytesPerSecondMin = 500
  /// How long a handler may take before the reader is told to come back.
  public var answerSecondsMax = 60
  /// The longest request target: path and query of any page of ours fit ten times.
  public var targetByteCountMax = 2048
  /// All header fields together, as other servers have it: cookies of ours are a few hundred bytes.
  public var headerByteCountMax = 8 * 1024
  /// The largest request body where a route names no other: the longest form is 20 kB.
  public var bodyByteCountMax = 256 * 1024
  /// How much of a body that is refused is still read, so that the refusal reaches a sender who
  /// reads only after writing. Beyond it the connection is cut.
  public var discardedByteCountMax = 8 * 1024 * 1024
  /// Fields in one form.
  public var fieldCountMax = 300
  /// After how many seconds of silence an event stream says that it lives; looked after once a second, so that no reader
  /// waits 15 s. Mobile networks, and proxies as they are shipped, forget a connection after a minute.
  public var heartbeatSeconds = 12
  /// Threads that read and write sockets; handlers run elsewhere.
  public var threadCount = 2

  /// The limits of a portal for one office.
  public init() {}

  /// A connection's memory in libmicrohttpd: the head with an entry for each field, which for very short ones takes more than
  /// they do, and a buffer to write from. Where it does not suffice the head is refused as too large. It costs what is used
  /// of it.
  var connectionMemoryByteCount: Int { 16 * headerByteCountMax + targetByteCountMax + 18 * 1024 }
}

extension WebLimits {
  /// These limits with fewer connections, in the same proportion.
  func shrunk(to connectionCount: Int) -> WebLimits {
    guard connectionCount < connectionCountMax else { return self }
    func part(_ count: Int) -> Int { max(1, count * connectionCount / connectionCountMax) }
    var limits = self
    limits.connectionCountMax = connectionCount
    limits.connectionsPerAddressMax = part(connectionsPerAddressMax)
    limits.streamCountMax = part(streamCountMax)
    limits.streamsPerClientMax = part(streamsPerClientMax)
    return limits
  }

  /// For a listener of the hall's own: as many as one hall has of officers, displays and kiosks, with their pages.
  public static var ofHall: WebLimits {
    var limits = WebLimits()
    limits.connectionCountMax = 1024
    limits.connectionsPerAddressMax = 256
    limits.streamCountMax = 768
    limits.streamsPerClientMax = 192
    return limits
  }
}
