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
  public enum Failure: ErrorForLog, Equatable {
    /// A listener's address and port cannot be had.
    case cannotListen(Listener, address: String, port: UInt16, Hindrance)
    /// A certificate or its key cannot be read.
    case cannotRead(path: String)
    /// The library does not start.
    case cannotStart
    /// Others than this machine could connect without TLS, which the configuration does not allow.
    case inClear
    /// A listener does not answer its own probe.
    case silent

    /// What failed and what to do about it, for the sysadmin.
    public var description: String {
      switch self {
      case .cannotListen(_, let address, let port, let hindrance):
        "cannot listen on \(address) port \(port): \(hindrance)"
      case .cannotRead(let path): "cannot read \(path)"
      case .cannotStart: "libmicrohttpd does not start: no memory, no threads, or a certificate that it cannot read"
      case .inClear:
        "others than this machine could connect in clear: let gapura.socket listen on 127.0.0.1 behind a proxy with TLS, "
          + "or write web: { plainTextOnNetwork: true } in gapura.json5 where the line is safe"
      case .silent: "the listener does not answer"
      }
    }
  }

  /// Why an address and port cannot be listened at.
  public enum Hindrance: Error, Equatable, CustomStringConvertible {
    /// It is no address of this machine, or not yet one.
    case notHere
    /// Another program listens there.
    case taken
    /// The port is among those that only root opens.
    case forbidden
    /// Anything else, as the kernel says it.
    case other(String)

    /// The hindrance as a clause within a sentence.
    public var description: String {
      switch self {
      case .notHere: "no address of this machine"
      case .taken: "another program listens there"
      case .forbidden: "not allowed"
      case .other(let reason): reason
      }
    }
  }

  /// What it is made of.
  public struct Parts: Sendable {
    /// How it listens and whom it believes.
    public var configuration: WebConfiguration
    /// What pages say of the office.
    public var office: WebOffice
    /// The words of every language.
    public var locales: Locales
    /// What it answers; two routes may not have the same method and shape.
    public var routes: [Route]
    /// What stands in the menus.
    public var navigation: [NavigationEntry]
    /// Style sheets, scripts and pictures.
    public var assets: Assets
    /// Signs form tokens.
    public var signer: any RequestSigner
    /// Knows who is signed in; nil where no module keeps accounts.
    public var gatekeeper: (any Gatekeeper)?
    /// The clock for what pages say.
    public var clock: any WallClock
    /// Where nonces and tokens come from.
    public var random: any RandomSource
    /// Where refusals and failures are told.
    public var log: any Log
    /// Whether officers are to be told that data is damaged.
    public var isDataDamaged: @Sendable () -> Bool
    /// What gives way while the disk is nearly full; nil where nothing needs to.
    public var space: Space?

    /// The parts of a server; those that may be missing have a stand-in.
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
    let endpoints: [Listener: Endpoint]
    let housekeeping: Periodic
  }

  private static let housekeepingInterval = Duration.seconds(1)
  /// How long answers that were cut short at the stop may take to reach their readers.
  private static let farewellMax = Duration.seconds(1)

  let handler: RequestHandler
  /// One for each listener, the portal's first.
  private let engines: [any Serving]
  private let running = Mutex<Running?>(nil)

  /// - Throws: an error that names both routes when two answer the same requests.
  public init(_ parts: Parts) throws {
    handler = try RequestHandler(parts)
    engines = Self.engines(handler, parts)
  }

  /// With so many connections at most as there are descriptors for.
  private static func engines(_ handler: RequestHandler, _ parts: Parts) -> [any Serving] {
    let configuration = parts.configuration
    var listeners: [(listener: Listener, limits: WebLimits)] = [(.portal, configuration.limits)]
    if let hall = configuration.hall { listeners.append((.hall, hall.limits)) }
    let wanted = listeners.map(\.limits.connectionCountMax)
    let fitted = Descriptors.fitted(wanted)
    if fitted != wanted {
      parts.log.warning(
        "fewer connections than configured: the limit of file descriptors is too low; raise LimitNOFILE= of the service",
        [
          "web.descriptors-max": String(Descriptors.countMax),
          "web.connections": fitted.map(String.init).joined(separator: "+"),
          "web.connections-configured": wanted.map(String.init).joined(separator: "+"),
        ])
    }
    let forwarded = ForwardedFor(field: configuration.forwardedField, proxies: configuration.trustedProxies)
    return zip(listeners, fitted).map { entry, connectionCountMax in
      Engine(
        entry.listener, limits: entry.limits.shrunk(to: connectionCountMax), receiver: handler, forwarded: forwarded,
        log: parts.log)
    }
  }

  /// Listens and serves.
  ///
  /// - Parameter descriptors: sockets that listen already, as systemd passes them (sd_listen_fds(3)); they are
  ///   closed with the server. Where there is none the configured address and port are bound.
  /// - Throws: `Failure`; nothing listens then.
  public func start(adopting descriptors: [Listener: Int32] = [:]) throws(Failure) {
    let certificates = try handler.configuration.tls.map { tls throws(Failure) in try Self.certificates(tls) }
    let sockets = try sockets(adopting: descriptors)
    var endpoints: [Listener: Endpoint] = [:]
    var started: [any Serving] = []
    do throws(Failure) {
      for (engine, socket) in zip(engines, sockets) {
        // A line inside the machine has no eavesdroppers, and no certificate names it.
        try engine.start(on: socket, certificates: engine.listener == .portal ? certificates : nil)
        started.append(engine)
        endpoints[engine.listener] = socket.endpoint
      }
    } catch {
      for engine in started {
        engine.quiesce()
        engine.stop()
      }
      // The one that did not start has closed its own.
      for socket in sockets.dropFirst(started.count + 1) { socket.close() }
      throw error
    }
    let engines = engines
    let housekeeping = Periodic(every: Self.housekeepingInterval, from: .afterInterval)
    housekeeping.start { for engine in engines { engine.tend(at: .now) } }
    running.withLock { $0 = Running(endpoints: endpoints, housekeeping: housekeeping) }
  }

  /// The sockets of all listeners, all of them bound before one serves. Where one cannot be had, those that were passed in
  /// stay open, for another try.
  private func sockets(adopting descriptors: [Listener: Int32]) throws(Failure) -> [ListeningSocket] {
    let configuration = handler.configuration
    var sockets: [ListeningSocket] = []
    do throws(Failure) {
      for listener in engines.map({ $0.listener }) {
        let socket = try socket(of: listener, adopting: descriptors[listener])
        sockets.append(socket)
        let isSecure = listener == .portal && configuration.tls != nil
        guard isSecure || configuration.allowsPlainTextOnNetwork || socket.endpoint?.isLoopback ?? true else {
          throw Failure.inClear
        }
      }
    } catch {
      for socket in sockets where socket.isOurs { socket.close() }
      throw error
    }
    return sockets
  }

  private func socket(of listener: Listener, adopting descriptor: Int32?) throws(Failure) -> ListeningSocket {
    if let descriptor { return ListeningSocket(adopting: descriptor) }
    let configuration = handler.configuration
    var (address, port) = (configuration.address, configuration.port)
    if listener == .hall, let hall = configuration.hall { (address, port) = (hall.address, hall.port) }
    do throws(Hindrance) {
      return try ListeningSocket(address: address, port: port)
    } catch {
      throw .cannotListen(listener, address: address, port: port, error)
    }
  }

  /// The port that it listens on; 0 before the start and for a socket without one.
  public var port: UInt16 { port(of: .portal) }

  /// The port of one listener; 0 where there is none.
  public func port(of listener: Listener) -> UInt16 { running.withLock { $0?.endpoints[listener]?.port } ?? 0 }

  /// Stops: accepts no new connection, ends event streams, lets requests in flight finish for `patience`,
  /// answers the rest that the service is away, and joins the threads.
  public func stop(patience: Duration = .seconds(10)) async {
    guard let running = running.withLock({ running in running.take() }) else { return }
    for engine in engines {
      engine.quiesce()
      engine.closeStreams()
    }
    await settle(within: patience)
    for engine in engines {
      engine.close()
      engine.closeStreams()
    }
    await settle(within: Self.farewellMax)
    running.housekeeping.cancel()
    let engines = engines
    await OwnThread.run { for engine in engines { engine.stop() } }
  }

  /// Changes what pages say of the office, from the next request on.
  public func update(_ office: WebOffice) { handler.currentOffice = office }

  /// How it does.
  public var statistics: WebStatistics {
    engines.map { $0.currentStatistics }.reduce(WebStatistics(), +)
  }

  /// How one listener does.
  public func statistics(of listener: Listener) -> WebStatistics {
    engines.first { $0.listener == listener }?.currentStatistics ?? WebStatistics()
  }

  /// Proves that each listener answers, over a connection of its own; for the watchdog.
  ///
  /// A server at its limit of connections answers no new one and is alive all the same: then it is enough that
  /// another client was answered meanwhile.
  ///
  /// - Throws: `Failure.silent`.
  public func probe(timeout: Duration = .seconds(2)) async throws(Failure) {
    guard let endpoints = running.withLock({ $0?.endpoints }), endpoints[.portal] != nil else { throw .silent }
    for (listener, endpoint) in endpoints {
      let answersBefore = statistics(of: listener).answerCount
      let isSecure = listener == .portal && handler.configuration.tls != nil
      let answered = await OwnThread.run { Probe(endpoint.reachable, isSecure: isSecure).succeeds(within: timeout) }
      guard answered || statistics(of: listener).answerCount > answersBefore else { throw .silent }
    }
  }

  /// Waits until no request is open.
  private func settle(within patience: Duration) async {
    let deadline = ContinuousClock.now + patience
    while engines.contains(where: { $0.openCount > 0 }), ContinuousClock.now < deadline {
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
