import Contracts
import Core
import Kiosk
import Web

extension Serve {
  /// How long is waited, as a service, for an address or a port that is not to be had yet. Less than systemd waits for a start
  /// (90 s) or a stop (30 s), and long enough that it never sees five failed starts within ten seconds, after which it would
  /// give the hall up (StartLimitBurst=).
  private static let patience = Duration.seconds(20)

  /// Starts the web face with every module's routes, on the sockets passed in or the configured addresses. The hall's is
  /// the one on its port; the first other one is the portal's.
  ///
  /// - Parameter signals: which may ask to end meanwhile.
  /// - Throws: `ListenProblem`.
  func startServer(on passed: [Systemd.PassedSocket], unless signals: Signals) async throws -> WebServer {
    let web = composition.settings.web
    let facing = composition.modules.compactMap { $0 as? any WebFacing }
    let front = FrontDoor(composition: composition)
    let server = try WebServer(
      WebServer.Parts(
        configuration: web.configuration,
        office: WebOffice(
          composition.office, composition.services.find((any OpeningTimesService).self),
          snapshots: composition.services.find((any QueueSnapshotService).self)),
        locales: composition.locales,
        routes: front.routes() + facing.flatMap { $0.routes() },
        navigation: facing.flatMap { $0.navigation() },
        assets: try Assets(directory: composition.places.assets),
        signer: FormSigner(hash: composition.services.require((any KeyedHash).self)),
        gatekeeper: composition.services.find((any Gatekeeper).self), clock: composition.clock, log: composition.log,
        isDataDamaged: { [damage = composition.damage] in damage.report != nil },
        space: composition.space))
    front.server.set(server)
    let hall = passed.first { $0.listens(on: web.hall.port) }
    let portal = passed.first { $0.descriptor != hall?.descriptor }
    var descriptors: [Listener: Int32] = [:]
    descriptors[.portal] = portal?.descriptor
    descriptors[.hall] = hall?.descriptor
    try await listen(server, adopting: descriptors, unless: signals)
    sayWhoIsKeptOut(adopting: descriptors)
    return server
  }

  /// Where people cannot connect, the reason stands in the unit and nowhere else.
  private func sayWhoIsKeptOut(adopting descriptors: [Listener: Int32]) {
    let own = composition.settings.web.networkAddresses(besides: Set(descriptors.keys))
    guard isService, !own.isEmpty else { return }
    composition.log.notice(
      "listens on a network by itself, where the unit keeps everybody out whom its IPAddressAllow= does not name",
      ["web.address": own.joined(separator: ", "), "mend": "systemctl edit gapura, or let gapura.socket listen there"])
  }

  /// Whether a service manager has started it.
  private var isService: Bool { environment["NOTIFY_SOCKET"] != nil }

  private func listen(
    _ server: WebServer, adopting descriptors: [Listener: Int32], unless signals: Signals
  ) async throws {
    let deadline = ContinuousClock.now + Self.patience
    while true {
      do throws(WebServer.Failure) {
        return try server.start(adopting: descriptors)
      } catch {
        // A person at a terminal is told at once.
        guard isService, error.mayPass, !signals.haveAskedToEnd, ContinuousClock.now < deadline else {
          if let problem = ListenProblem(error, in: composition.places.configuration.appending("gapura.json5")) {
            throw problem
          }
          throw error
        }
        Systemd.status("Waiting: \(error.inLog)")
      }
      try await Task.sleep(for: .milliseconds(500))
    }
  }

  /// Lets kiosk terminals in, on the socket passed in or at the configured path.
  func startKiosk(on descriptor: Int32?) async throws -> KioskListener {
    let random = composition.services.require((any RandomSource).self)
    let listener = KioskListener(
      flow: KioskFlow(
        locales: composition.locales,
        settings: KioskSettings(
          officeName: composition.office.name, telephone: composition.office.telephone, zone: composition.office.zone,
          ticketAddress: PublicAddress(composition.settings.web.publicAddress).appending("/k/"),
          idle: .seconds(composition.settings.kiosk.idleSeconds),
          keys: composition.settings.kiosk.keys, scanner: composition.settings.kiosk.scanner.shape),
        random: random),
      services: KioskServices(
        services: composition.services, zone: composition.office.zone, clock: composition.clock, random: random,
        log: composition.log, space: composition.space),
      log: composition.log,
      hall: composition.services.find((any HallBoardService).self).map {
        HallTerminal.Source(
          boards: $0, officeName: composition.office.name, locales: composition.locales, zone: composition.office.zone,
          clock: composition.clock)
      })
    if let descriptor {
      await listener.listen(on: descriptor)
    } else {
      try await listener.listen(at: composition.kioskSocket)
      // Elsewhere than in the unit's directory it is no service of this machine's units.
      if isService, composition.places.runtime == Places.runtimeOfUnit {
        composition.entrance.note(ownSocket: composition.kioskSocket)
      }
    }
    return listener
  }
}

extension Composition {
  /// Where kiosk terminals reach the daemon.
  var kioskSocket: String { places.socket(settings.kiosk.socket) }
}

extension WebOffice {
  init(_ office: Office, _ openings: (any OpeningTimesService)?, snapshots: (any QueueSnapshotService)?) {
    self.init(
      name: office.name, zone: office.zone, telephone: office.telephone,
      contact: OfficeContact(
        address: office.address, email: office.email,
        place: office.location.map { ($0.latitude, $0.longitude) }),
      hours: openings.map { openings in
        CalendarHours(
          openings: openings, zone: office.zone, office: { snapshots?.latest.office },
          stops: { [snapshots?.latest.closureToday].compactMap { $0 } + (snapshots?.latest.closures ?? []) }
        ).hours
      })
  }
}

/// Signs the tokens of forms with a key under the root key, so that a form survives a restart.
private struct FormSigner: RequestSigner {
  let hash: any KeyedHash

  func sign(_ bytes: [UInt8]) -> [UInt8] { hash.authenticate(bytes, for: "web-forms") }
}

extension TerminalSettings {
  var keys: KeyTiming {
    KeyTiming(repeatMax: .milliseconds(repeatMilliseconds), resultMin: .milliseconds(resultMilliseconds))
  }
}

extension TerminalScannerSettings {
  var shape: ScannerShape {
    ScannerShape(
      characterCountMin: characters, gapMax: .milliseconds(gapMilliseconds), pauseMax: .milliseconds(pauseMilliseconds),
      prefix: prefix, suffix: suffix)
  }
}

extension WebSettings {
  /// The addresses of a network at which it listens by itself, and not by a socket of systemd's.
  func networkAddresses(besides passed: Set<Listener>) -> [String] {
    let all: [(listener: Listener, address: String)] = [(.portal, address), (.hall, hall.address)]
    return all.filter { !passed.contains($0.listener) && RemoteAddress($0.address)?.isLoopback == false }.map(\.address)
  }

  var configuration: WebConfiguration {
    var configuration = WebConfiguration()
    configuration.address = address
    configuration.port = UInt16(port)
    configuration.allowsPlainTextOnNetwork = plainTextOnNetwork
    configuration.publicBaseURL = publicAddress
    configuration.trustedProxies = trustedProxies.compactMap(RemoteAddress.init)
    configuration.forwardedField = forwardedField
    configuration.rates = [
      .signIn: Rate(burst: perMinute.signIn, perMinute: perMinute.signIn),
      .lookUp: Rate(burst: perMinute.lookUp, perMinute: perMinute.lookUp),
      .submit: Rate(burst: perMinute.submit, perMinute: perMinute.submit),
      .request: Rate(burst: perMinute.request, perMinute: perMinute.request),
      .kilobyte: Rate(burst: perMinute.megabytes * 1024, perMinute: perMinute.megabytes * 1024),
    ]
    configuration.limits = budget.limits
    configuration.hall = WebConfiguration.Hall(address: hall.address, port: UInt16(hall.port))
    return configuration
  }
}
