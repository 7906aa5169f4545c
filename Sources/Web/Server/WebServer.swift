public import Core
internal import FoundationEssentials
internal import Synchronization

/// The web face: it listens, finds the route of each request, and sends what the route's module answers.
///
///     let server = try WebServer(parts)
///     try server.start()
///     …
///     await server.stop()
public final class WebServer: Sendable {
  /// Why it does not serve.
  public enum Failure: Error, Equatable, CustomStringConvertible {
    case cannotListen(address: String, port: UInt16, reason: String)
    case cannotRead(path: String)
    case cannotStart
    /// Others than this machine could connect without TLS, which the configuration does not allow.
    case inClear
    case silent

    public var description: String {
      switch self {
      case .cannotListen(let address, let port, let reason): "cannot listen on \(address) port \(port): \(reason)"
      case .cannotRead(let path): "cannot read \(path)"
      case .cannotStart: "libmicrohttpd does not start: no memory, no threads, or a certificate that it cannot read"
      case .inClear:
        "others than this machine could connect in clear: let gapura.socket listen on 127.0.0.1 behind a proxy with TLS, "
          + "or write web: { plainTextOnNetwork: true } in gapura.json5 where the line is safe"
      case .silent: "the listener does not answer"
      }
    }
  }

  /// What it is made of.
  public struct Parts: Sendable {
    public var configuration: WebConfiguration
    public var office: WebOffice
    public var locales: Locales
    public var routes: [Route]
    public var navigation: [NavigationEntry]
    public var assets: Assets
    public var signer: any RequestSigner
    public var gatekeeper: (any Gatekeeper)?
    public var clock: any WallClock
    public var random: any RandomSource
    public var log: any Log
    /// Whether officers are to be told that data is damaged.
    public var isDataDamaged: @Sendable () -> Bool
    /// Who gives way while the disk is nearly full; nil where nobody needs to.
    public var space: Space?

    public init(
      configuration: WebConfiguration, office: WebOffice, locales: Locales, routes: [Route],
      navigation: [NavigationEntry] = [], assets: Assets = Assets(), signer: any RequestSigner,
      gatekeeper: (any Gatekeeper)? = nil, clock: any WallClock = SystemClock(),
      random: any RandomSource = SystemRandom(), log: any Log = SilentLog(),
      isDataDamaged: @escaping @Sendable () -> Bool = { false }, space: Space? = nil
    ) {
      self.configuration = configuration
      self.office = office
      self.locales = locales
      self.routes = routes
      self.navigation = navigation
      self.assets = assets
      self.signer = signer
      self.gatekeeper = gatekeeper
      self.clock = clock
      self.random = random
      self.log = log
      self.isDataDamaged = isDataDamaged
      self.space = space
    }
  }

  private struct Running {
    let place: SocketPlace?
    let housekeeping: Task<Void, Never>
  }

  private static let housekeepingInterval = Duration.seconds(1)
  /// How long answers that were cut short at the stop may take to reach their readers.
  private static let farewellMax = Duration.seconds(1)

  let desk: FrontDesk
  let engine: Engine
  private let running = Mutex<Running?>(nil)

  /// - Throws: an error that names both routes when two answer the same requests.
  public init(_ parts: Parts) throws {
    desk = try FrontDesk(parts)
    engine = Engine(limits: parts.configuration.effectiveLimits, desk: desk)
  }

  /// Listens and serves.
  ///
  /// - Parameter descriptor: a socket that listens already, as systemd passes it (sd_listen_fds(3)); it is
  ///   closed with the server. Without it the configured address and port are bound.
  /// - Throws: `Failure`.
  public func start(adopting descriptor: Int32? = nil) throws(Failure) {
    let configuration = desk.configuration
    let certificates = try configuration.tls.map { tls throws(Failure) in try Self.certificates(tls) }
    let socket: ListeningSocket
    if let descriptor {
      socket = ListeningSocket(adopting: descriptor)
    } else {
      socket = try ListeningSocket(address: configuration.address, port: configuration.port)
    }
    guard certificates != nil || configuration.allowsPlainTextOnNetwork || socket.place?.isLoopback ?? true else {
      socket.close()
      throw .inClear
    }
    try engine.start(on: socket, certificates: certificates)
    let engine = engine
    let housekeeping = Task.detached {
      while (try? await Task.sleep(for: Self.housekeepingInterval)) != nil { engine.keepHouse(at: .now) }
    }
    running.withLock { $0 = Running(place: socket.place, housekeeping: housekeeping) }
  }

  /// The port that it listens on; 0 before the start and for a socket without one.
  public var port: UInt16 { running.withLock { $0?.place?.port } ?? 0 }

  /// Stops: accepts nobody new, ends event streams, lets requests in flight finish for `patience`,
  /// answers the rest that the service is away, and joins the threads.
  public func stop(patience: Duration = .seconds(10)) async {
    guard let running = running.withLock({ running in running.take() }) else { return }
    engine.quiesce()
    engine.closeStreams()
    await settle(within: patience)
    engine.close()
    engine.closeStreams()
    await settle(within: Self.farewellMax)
    running.housekeeping.cancel()
    let engine = engine
    await OwnThread.run { engine.stop() }
  }

  /// Changes what pages say of the office, from the next request on.
  public func update(_ office: WebOffice) { desk.currentOffice = office }

  /// How it does.
  public var statistics: WebStatistics {
    var statistics = engine.statistics.current
    let exchanges = engine.openExchanges
    statistics.connectionCount = engine.connectionCount
    statistics.answeringCount = exchanges.count(where: \.isAnswering)
    statistics.streamCount = exchanges.count { $0.stream != nil }
    return statistics
  }

  /// Proves that the listener answers, over a connection of its own; for the watchdog.
  ///
  /// A server at its limit of connections answers nobody new and is yet alive: then it is enough that
  /// somebody else was answered meanwhile.
  ///
  /// - Throws: `Failure.silent`.
  public func probe(timeout: Duration = .seconds(2)) async throws(Failure) {
    guard let place = running.withLock({ $0?.place }) else { throw .silent }
    let answersBefore = statistics.answerCount
    let isSecure = desk.configuration.tls != nil
    let answered = await OwnThread.run { Probe(place.reachable, isSecure: isSecure).succeeds(within: timeout) }
    guard answered || statistics.answerCount > answersBefore else { throw .silent }
  }

  /// Waits until no request is open.
  private func settle(within patience: Duration) async {
    let deadline = ContinuousClock.now + patience
    while !engine.openExchanges.isEmpty, ContinuousClock.now < deadline {
      // Looked at again and again: what ends a request is a callback for each, on threads of their own.
      try? await Task.sleep(for: .milliseconds(5))
    }
  }

  private static func certificates(_ tls: WebConfiguration.TLS) throws(Failure) -> Certificates {
    func text(_ path: String) throws(Failure) -> String {
      guard let data = FileManager.default.contents(atPath: path) else { throw .cannotRead(path: path) }
      return String(decoding: data, as: UTF8.self)
    }
    return Certificates(certificate: try text(tls.certificatePath), key: try text(tls.keyPath))
  }
}
